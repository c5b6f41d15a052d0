import type { EventView } from '#client/store/events.ts';
import { EVENT_LOADING, eventById, eventBySlug } from '#client/store/events.ts';
import type { Live } from '#client/store/live.ts';
import { Cell } from '#client/store/live.ts';
import { useLive } from './use-live.ts';

const nothing: Live<EventView> = new Cell(EVENT_LOADING);

/** An event in full, of whatever edition the device keeps. */
export function useEvent(slug: string | undefined): EventView {
  return useLive(slug ? eventBySlug(slug) : nothing);
}

export function useEventById(id: string | undefined): EventView {
  return useLive(id ? eventById(id) : nothing);
}
