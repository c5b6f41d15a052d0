import { readCode } from '#domain/ticket.ts';

const start = crypto.getRandomValues(new Uint32Array(1))[0]!;

/** What may be kept of a text that was read at the door. */
export function markIfForeign(text: string): string {
  return readCode(text).kind === 'foreign' ? markOf(text) : text;
}

/**
 * What may be kept of a text that is none of ours. It may be somebody's health certificate or the key of their
 * Wi-Fi: in its place stands a mark that tells it from others until the page is left, and says nothing about it (FNV-1a from a
 * random start).
 */
export function markOf(text: string): string {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return `?${value >>> 0}`;
}
