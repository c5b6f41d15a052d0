import type { Uuid } from './ids.ts';
import { isUuid } from './ids.ts';

const BEGIN = '#etape=';
const SHAPE = /(?:\/balades\/([\w-]{1,200}))?#etape=([0-9a-f-]{36})$/;

/** What hangs at a stop: an address of ours, so that any camera opens it. */
export function stopCode(origin: string, tourSlug: string, stopId: Uuid): string {
  return `${origin}/balades/${tourSlug}${BEGIN}${stopId}`;
}

/** The stop that such an address names, and the tour that it says; undefined for anything else. */
export function readStopCode(text: string): { readonly tour?: string; readonly stop: Uuid } | undefined {
  const [, tour, stop] = SHAPE.exec(text) ?? [];
  if (stop === undefined || !isUuid(stop)) return undefined;
  return { stop, ...(tour === undefined ? {} : { tour }) };
}
