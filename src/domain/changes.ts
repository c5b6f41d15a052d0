import type { Slot } from './dates.ts';
import { compareSlots } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { EventStatus, ProgrammeEvent } from './programme.ts';
import { venueOf } from './programme.ts';
import type { LocalizedText } from './text.ts';

/** Of an event only what its followers would want to be told of when it changes. */
export interface EventFacts {
  readonly title: LocalizedText;
  readonly status: EventStatus;
  readonly sessions: readonly SessionFacts[];
  /** Of an event without sessions. */
  readonly place?: string;
}

export interface SessionFacts {
  readonly id: Uuid;
  readonly title?: LocalizedText;
  readonly slot: Slot;
  readonly status?: EventStatus;
  /** Venue and town, as they are read. */
  readonly place?: string;
  readonly room?: string;
}

/** One thing that is different, of the event as a whole or of one of its sessions. */
export type EventChange =
  | { readonly kind: 'status'; readonly from: EventStatus; readonly to: EventStatus; readonly session?: SessionFacts }
  | { readonly kind: 'time'; readonly from: Slot; readonly to: Slot; readonly session: SessionFacts }
  | { readonly kind: 'place' | 'room'; readonly from?: string; readonly to?: string; readonly session?: SessionFacts }
  | { readonly kind: 'added' | 'removed'; readonly session: SessionFacts }
  /** It is no longer in the programme. */
  | { readonly kind: 'withdrawn' };

export function factsOf(event: ProgrammeEvent): EventFacts {
  const placeOf = (session?: ProgrammeEvent['sessions'][number]): { place?: string } => {
    const venue = venueOf(event, session);
    const place = [venue?.name, venue?.city].filter(Boolean).join(', ');
    return place ? { place } : {};
  };
  return {
    title: event.title,
    status: event.status,
    sessions: event.sessions.map((session) => ({
      id: session.id,
      slot: session.slot,
      ...(session.title ? { title: session.title } : {}),
      ...(session.status ? { status: session.status } : {}),
      ...placeOf(session),
      ...(session.room ? { room: session.room } : {}),
    })),
    ...(event.sessions.length === 0 ? placeOf() : {}),
  };
}

/**
 * What is different now from what somebody last knew; nothing for what they would not act upon (texts, links, free places).
 * @param now undefined: the event has left the programme
 */
export function changesBetween(known: EventFacts, now: EventFacts | undefined): EventChange[] {
  if (!now) return [{ kind: 'withdrawn' }];
  const changes: EventChange[] = [];
  if (tells(known.status, now.status)) changes.push({ kind: 'status', from: known.status, to: now.status });
  if (known.sessions.length === 0 && now.sessions.length === 0)
    changes.push(...differs('place', known.place, now.place));
  for (const session of now.sessions) {
    const before = known.sessions.find((one) => one.id === session.id);
    if (!before) {
      changes.push({ kind: 'added', session });
      continue;
    }
    const [from, to] = [before.status ?? 'scheduled', session.status ?? 'scheduled'];
    if (tells(from, to)) changes.push({ kind: 'status', from, to, session });
    if (!sameSlot(before.slot, session.slot))
      changes.push({ kind: 'time', from: before.slot, to: session.slot, session });
    changes.push(...differs('place', before.place, session.place, session));
    changes.push(...differs('room', before.room, session.room, session));
  }
  for (const session of known.sessions) {
    if (!now.sessions.some((one) => one.id === session.id)) changes.push({ kind: 'removed', session });
  }
  return changes;
}

/** Full or not is told by the places; a status that only says what the times say already tells nothing more. */
function tells(from: EventStatus, to: EventStatus): boolean {
  const plain = (status: EventStatus): EventStatus =>
    status === 'full' || status === 'rescheduled' ? 'scheduled' : status;
  return plain(from) !== plain(to);
}

function differs(kind: 'place' | 'room', from?: string, to?: string, session?: SessionFacts): EventChange[] {
  if (from === to) return [];
  return [
    {
      kind,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(session ? { session } : {}),
    },
  ];
}

function sameSlot(a: Slot, b: Slot): boolean {
  return compareSlots(a, b) === 0 && a.endDate === b.endDate && a.zone === b.zone;
}
