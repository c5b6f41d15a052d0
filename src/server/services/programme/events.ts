import type { Places, ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { Uuid } from '#domain/ids.ts';
import { subjectsOf } from '#domain/programme.ts';
import { programmeScope, rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';

/** Events parsed and kept, with the text that they were read from: a filling session asks for the same one thousands of times. */
const KEPT = 500;
const parsed = new Map<Uuid, { readonly data: string; readonly event: ProgrammeEvent }>();

/** The event of a row, without places. */
export function storedEvent(row: { readonly id: Uuid; readonly data: string }): ProgrammeEvent {
  const kept = parsed.get(row.id);
  if (kept?.data === row.data) return kept.event;
  const event = JSON.parse(row.data) as ProgrammeEvent;
  if (parsed.size >= KEPT) parsed.delete(parsed.keys().next().value!);
  parsed.set(row.id, { data: row.data, event });
  return event;
}

/** The event with what the public may know of its places; what a source said about them is left out. */
export function withPlaces(event: ProgrammeEvent, places: ReadonlyMap<Uuid, Places>): ProgrammeEvent {
  const policy = (policy: RegistrationPolicy, subjectId: Uuid): RegistrationPolicy => {
    const { places: _, ...rest } = policy;
    const known = places.get(subjectId);
    return known && takesHere(policy) ? { ...rest, places: known } : rest;
  };
  return {
    ...event,
    registration: policy(event.registration, event.id),
    sessions: event.sessions.map((s) => (s.registration ? { ...s, registration: policy(s.registration, s.id) } : s)),
  };
}

/** Whether registrations are made here and not elsewhere or nowhere. */
export function takesHere(policy: RegistrationPolicy): boolean {
  return policy.mode === 'open' || policy.mode === 'approval';
}

/**
 * Puts an event into its region's programme, and into its doors' roster when people register for it here.
 * @param hasRoster a door was enrolled all the same
 */
export function logEvent(tx: Tx, event: ProgrammeEvent, places: ReadonlyMap<Uuid, Places>, hasRoster: boolean): void {
  const value = withPlaces(event, places);
  tx.log(programmeScope(event.editionId, event.region), 'event', event.id, value);
  if (hasRoster || subjectsOf(event).some((s) => takesHere(s.policy))) {
    tx.log(rosterScope(event.id), 'event', event.id, value);
  }
}

/**
 * Puts an event again into the scopes that show it, after the places of one of its subjects changed. Its row is locked first,
 * so that of two subjects changing at once the later one to be logged has seen the other.
 */
export async function relogEvent(tx: Tx, eventId: Uuid): Promise<void> {
  const query = tx.db.selectFrom('event').select(['id', 'data', 'withdrawn_at']).where('id', '=', eventId);
  const row = await (tx.kind === 'postgres' ? query.forNoKeyUpdate() : query).executeTakeFirstOrThrow();
  if (row.withdrawn_at !== null) return;
  const event = storedEvent(row);
  const subjects = await tx.db.selectFrom('subject').select(['id', 'places']).where('event_id', '=', eventId).execute();
  logEvent(tx, event, new Map(subjects.map((s) => [s.id, s.places])), true);
}

/** Gives the roster of an event that nobody registers for here its event, so that a door of it knows what it is the door of. */
export async function openRoster(tx: Tx, eventId: Uuid): Promise<void> {
  const there = await tx.db
    .selectFrom('scope_head')
    .select('scope')
    .where('scope', '=', rosterScope(eventId))
    .executeTakeFirst();
  if (there) return;
  const row = await tx.db
    .selectFrom('event')
    .select(['id', 'data'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow();
  tx.log(rosterScope(eventId), 'event', eventId, storedEvent(row));
}
