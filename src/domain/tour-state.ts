import type { Direction } from './bearing.ts';
import type { Instant } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { Fix, FixState } from './tour-fixes.ts';

/** How it is known that somebody was at a stop: by the phone's position, by their own word, by the code that hangs there. */
export const arrivedBy = ['position', 'hand', 'code'] as const;
export type ArrivedBy = (typeof arrivedBy)[number];

export interface StopRecord {
  readonly at: Instant;
  /** `missed`: gone past, or left out by the person's own choice. */
  readonly how: ArrivedBy | 'missed';
}

/** Something that goes on for a while before it counts. */
export interface Spell {
  readonly since: Instant;
  readonly fixes: number;
}

export interface Astray extends Spell {
  /** Away from the line, or on it in the wrong direction. */
  readonly how: 'off' | 'backwards';
  /** To where the line is met again. */
  readonly metres: number;
  readonly direction: Direction;
  /** Metres when it was last said. */
  readonly told?: number;
}

/** What the phone does about its position. `lost`: nothing heard for a while; `denied`: the person or the browser said no. */
export const positionStates = ['off', 'waiting', 'on', 'lost', 'denied', 'unavailable'] as const;
export type PositionState = (typeof positionStates)[number];

/** Where somebody is in a tour; plain data, written down after every event, so that a dead phone costs nothing. */
export interface TourState {
  readonly startedAt: Instant;
  /** When the programme has it begin; absent for a walk of one's own. */
  readonly plannedStart?: Instant;
  /** `walking` to `stop`, or standing `at_stop`. */
  readonly phase: 'walking' | 'at_stop' | 'finished';
  readonly paused: boolean;
  readonly stop: Uuid;
  readonly stops: Readonly<Record<Uuid, StopRecord>>;
  /** Metres along the line; it grows, save at the person's own `back`. */
  readonly progress: number;
  readonly position: PositionState;
  /** The latest measurement, however inexact: for the display. */
  readonly heard?: { readonly at: Instant; readonly accuracy: number };
  readonly fixes: FixState;
  /** Somewhere further on where the fixes now say one is, and from where on they have said so. */
  readonly leap?: Spell & { readonly from: number; readonly along: number; readonly at: Instant };
  /** Inside of the circle of the stop that is walked to. */
  readonly near?: Spell;
  /** Outside of the circle of the stop that one was at. */
  readonly away?: Spell;
  /** Inside of the circle of a stop that comes later. */
  readonly elsewhere?: Spell & { readonly stop: Uuid };
  readonly astray?: Astray;
  /** Minutes late when it was last said, for the present stop. */
  readonly toldLate?: number;
  readonly endedAt?: Instant;
}

/** What happens to somebody on a tour. `at` and `now` are the device's clock. */
export type TourEvent =
  | { readonly kind: 'fix'; readonly fix: Fix; readonly now: Instant }
  | { readonly kind: 'arrived'; readonly at: Instant; readonly by: 'hand' | 'code'; readonly stop?: Uuid }
  | { readonly kind: 'next' | 'back' | 'paused' | 'resumed' | 'ended' | 'tick'; readonly at: Instant }
  | { readonly kind: 'position'; readonly at: Instant; readonly state: 'off' | 'waiting' | 'denied' | 'unavailable' };

/** What is said aloud, shown and felt, each once. */
export type TourAnnouncement =
  | { readonly kind: 'leg'; readonly stop: Uuid }
  | { readonly kind: 'arrived'; readonly stop: Uuid; readonly by: ArrivedBy }
  | { readonly kind: 'missed'; readonly stop: Uuid }
  | { readonly kind: 'astray'; readonly how: Astray['how']; readonly metres: number; readonly direction: Direction }
  | { readonly kind: 'back_on_route' }
  | { readonly kind: 'late'; readonly stop: Uuid; readonly minutes: number }
  | { readonly kind: 'position_lost' | 'position_found' | 'finished' };

export interface TourStep {
  readonly state: TourState;
  readonly announcements: readonly TourAnnouncement[];
}
