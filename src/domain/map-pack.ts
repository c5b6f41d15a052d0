import type { Bounds } from './bounds.ts';
import type { Instant } from './dates.ts';
import { instantOf, lastDay } from './dates.ts';
import type { Position, ProgrammeEvent } from './programme.ts';

/** A street-level map of one area, in one file. */
export interface MapPack {
  /** Of the area: a newer map of it keeps the id. */
  readonly id: string;
  readonly name: string;
  readonly bounds: Bounds;
  readonly bytes: number;
  /** Of its bytes, hexadecimal: what names them, and what a device checks before it believes them. */
  readonly sha256: string;
  /** Of the tiles in it; it is drawn larger beyond the last. */
  readonly minZoom: number;
  readonly maxZoom: number;
  /** When the streets were so: a year, a month or a day, as far as it is known. */
  readonly dataDate?: string;
  readonly licence: string;
  /** What the licence asks to be shown on the map. */
  readonly attribution: string;
  readonly attributionUrl?: string;
}

/** A larger one is cut into several: a phone checks it in memory, and has other things to keep. */
export const MAX_PACK_BYTES = 128 * 1024 * 1024;

/** A pack that an event brought stays so long after the event's last day began, milliseconds. */
const KEPT_AFTER = 3 * 86_400_000;

/** Until when a pack is kept for an event; undefined, for as long as nobody takes it away, for what is over or has no day. */
export function keptUntil(event: Pick<ProgrammeEvent, 'sessions'>, now: Instant): Instant | undefined {
  const ends = event.sessions.map(({ slot }) => instantOf(lastDay(slot), '00:00', slot.zone) + KEPT_AFTER);
  const until = Math.max(0, ...ends);
  return until > now ? until : undefined;
}

/** Where an event takes place: its venues and the stops of its walk. */
export function pointsOf(event: Pick<ProgrammeEvent, 'venues' | 'tour'>): Position[] {
  const stops = event.tour?.stops.map((stop) => stop.position) ?? [];
  return [...event.venues.flatMap((venue) => venue.position ?? []), ...stops];
}
