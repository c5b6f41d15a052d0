import type { EventChange, EventFacts } from '#domain/changes.ts';
import { changesBetween, factsOf } from '#domain/changes.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { programmeScope } from '#protocol/scope.ts';
import type { EscaleDatabase, FollowedRow } from './database.ts';
import { database } from './database.ts';
import { findEvent } from './events.ts';
import { live, watch } from './live.ts';

/**
 * What somebody follows, and what they last knew of it. The difference to the programme that is on the device is what they are
 * told; it stays until they say that they have seen it, so neither a restart nor ten more changes lose any of it.
 */
export interface FollowedChange {
  readonly eventId: Uuid;
  readonly title: EventFacts['title'];
  /** Absent when the event has left the programme. */
  readonly event?: ProgrammeEvent;
  readonly changes: readonly EventChange[];
}

/** The events of the agenda and of the registrations that stand. */
export async function followedIds(db: EscaleDatabase): Promise<Set<Uuid>> {
  const [noted, items, outbox] = await Promise.all([
    db.favourites.toArray(),
    db.items.where('[scope+kind+id]').between(['person/', '', ''], ['person0', '', '']).toArray(),
    db.outbox.where('state').anyOf('waiting', 'answered').toArray(),
  ]);
  const ids = new Set(noted.map((row) => row.id));
  for (const { kind, value } of items) {
    if (kind !== 'registration') continue;
    const { eventId, state } = value as Registration;
    if (state !== 'refused' && state !== 'cancelled') ids.add(eventId);
  }
  for (const { name, args } of outbox) if (name === 'register') ids.add((args as { eventId: Uuid }).eventId);
  return ids;
}

/** Undefined until the device's store was read. */
export const followedChanges = live<readonly FollowedChange[] | undefined>(
  async () => changesOf(database()),
  undefined,
);

export async function changesOf(db: EscaleDatabase): Promise<FollowedChange[]> {
  const [rows, ids] = await Promise.all([db.followed.toArray(), followedIds(db)]);
  const told: FollowedChange[] = [];
  for (const row of rows) {
    if (!ids.has(row.id)) continue;
    const event = await findEvent(db, 'id', row.id);
    // A region that is not kept any more says nothing of its events.
    if (!event && !(await isKept(db, row))) continue;
    const changes = changesBetween(row.facts, event && factsOf(event));
    if (changes.length > 0)
      told.push({ eventId: row.id, title: event?.title ?? row.facts.title, ...(event ? { event } : {}), changes });
  }
  return told;
}

async function isKept(db: EscaleDatabase, row: FollowedRow): Promise<boolean> {
  const scope = await db.scopes.get(row.scope);
  return scope !== undefined && !scope.void;
}

interface Pass {
  readonly fresh: readonly FollowedRow[];
  readonly over: readonly Uuid[];
}

/** What is followed and not noted yet, and what is noted and not followed any more. */
async function passOf(db: EscaleDatabase): Promise<Pass> {
  const [ids, known] = await Promise.all([followedIds(db), db.followed.toCollection().primaryKeys()]);
  const fresh: FollowedRow[] = [];
  for (const id of ids) {
    const event = known.includes(id) ? undefined : await findEvent(db, 'id', id);
    if (event) fresh.push(rowOf(event));
  }
  return { fresh, over: known.filter((id) => !ids.has(id)) };
}

async function note(db: EscaleDatabase, { fresh, over }: Pass): Promise<void> {
  if (fresh.length === 0 && over.length === 0) return;
  await db.transaction('rw', db.followed, async () => {
    await db.followed.bulkDelete([...over]);
    // Another tab may have noted it, or seen a change of it, a moment ago.
    for (const row of fresh) if (!(await db.followed.get(row.id))) await db.followed.add(row);
  });
}

/** Notes once what is followed: from now on its changes are told. */
export async function noteFollowed(db: EscaleDatabase): Promise<void> {
  await note(db, await passOf(db));
}

/** Notes what is followed for as long as the tab lives. */
export function keepFollowing(): () => void {
  const db = database();
  return watch(
    () => passOf(db),
    (pass) => void note(db, pass).catch(() => undefined),
  );
}

/** The person has seen these changes, as they were shown. */
export async function markSeen(seen: readonly FollowedChange[], db = database()): Promise<void> {
  await db.transaction('rw', db.followed, async () => {
    for (const { eventId, event } of seen) {
      if (event) await db.followed.put(rowOf(event));
      else await db.followed.delete(eventId);
    }
  });
}

function rowOf(event: ProgrammeEvent): FollowedRow {
  return { id: event.id, scope: programmeScope(event.editionId, event.region), facts: factsOf(event) };
}
