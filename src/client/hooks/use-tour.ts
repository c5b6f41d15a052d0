import type { EventView } from '#client/store/events.ts';
import { EVENT_LOADING } from '#client/store/events.ts';
import type { Live } from '#client/store/live.ts';
import { Cell } from '#client/store/live.ts';
import { eventByTour } from '#client/store/tours.ts';
import { useLive } from './use-live.ts';

const nothing: Live<EventView> = new Cell(EVENT_LOADING);

/** The event of a tour, by the tour's own slug. */
export function useTour(slug: string | undefined): EventView {
  return useLive(slug ? eventByTour(slug) : nothing);
}
