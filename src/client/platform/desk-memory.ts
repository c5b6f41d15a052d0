import * as v from 'valibot';
import type { DoorRules } from '#domain/door-rules.ts';
import type { DeskArrivals, DeskEventDetail } from '#protocol/desk.ts';
import { deskArrivals, deskEventDetail } from '#protocol/desk.ts';
import type { Uuid } from '#domain/ids.ts';
import { readStored, writeStored } from './stored.ts';

/**
 * The last numbers of an event's desk, for when the network is gone and the page is opened again. Numbers and doors, no person: a
 * desk's computer is often somebody else's the day after.
 */
const remembered = v.object({ at: v.number(), detail: deskEventDetail, arrivals: v.exactOptional(deskArrivals) });
export type DeskMemory = v.InferOutput<typeof remembered>;

/** What a form holds while it is filled in is not yet what the server takes: the shape is checked, the limits when it is saved. */
const draft = v.looseObject({
  lists: v.array(v.looseObject({ id: v.string(), name: v.record(v.string(), v.string()) })),
  questions: v.array(v.looseObject({ id: v.string(), text: v.record(v.string(), v.string()), kind: v.string() })),
  countsInside: v.boolean(),
  walkIns: v.boolean(),
  allotment: v.nullable(v.number()),
  admitsRequested: v.boolean(),
  hiddenNames: v.boolean(),
});

/** Of what a desk remembers for convenience. */
export const DESK_PREFIX = 'escale.desk.';
const keyOf = (eventId: Uuid): string => `${DESK_PREFIX}${eventId}`;

export function recallDesk(eventId: Uuid): DeskMemory | undefined {
  return readStored(keyOf(eventId), remembered);
}

export function rememberDesk(eventId: Uuid, at: number, detail: DeskEventDetail, arrivals?: DeskArrivals): void {
  const known = arrivals ?? recallDesk(eventId)?.arrivals;
  writeStored(keyOf(eventId), {
    at,
    // A phone is often called after the person who holds it.
    detail: { ...detail, devices: [] },
    ...(known ? { arrivals: { ...known, doubles: [] } } : {}),
  });
}

/** Rules of a door that somebody is changing. */
const draftOf = (eventId: Uuid): string => `${DESK_PREFIX}rules.${eventId}`;

export function recallDraft(eventId: Uuid): DoorRules | undefined {
  return readStored(draftOf(eventId), draft) as DoorRules | undefined;
}

export function keepDraft(eventId: Uuid, rules: DoorRules): void {
  writeStored(draftOf(eventId), rules);
}

export function forgetDraft(eventId: Uuid): void {
  writeStored(draftOf(eventId), undefined);
}

/**
 * Lines of a paper list that somebody has typed in and the server has not answered. They are codes and times, no names; they stay over a
 * sign-out, and wait for the same account.
 */
export const paperKey = (eventId: Uuid, account: string): string => `escale.paper.${eventId}.${account}`;

/** Whoever signs out leaves nothing behind of what the desk remembers for them. */
export function forgetDesk(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(DESK_PREFIX)) localStorage.removeItem(key);
  } catch {
    // Storage is refused here: nothing was kept.
  }
}
