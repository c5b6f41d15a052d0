import { createHash } from 'node:crypto';
import { lastDay } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import { placesOf } from '#domain/registration.ts';
import { DIRECTORY, programmeScope, rosterScope } from '#protocol/scope.ts';
import { headsOf } from '../../db/heads.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { hidingNames } from '../door/door-rules.ts';
import { logEvent, storedEvent, withPlaces } from './events.ts';
import { queueChange } from '../mail/letters.ts';
import { retellAnswers } from '../registration/registration-forms.ts';
import type { SubjectRow } from '../registration/seats.ts';
import { moveUp } from '../registration/seats.ts';

/** Keeps an edition; a current one takes that over from the others. True when something changed. */
export async function saveEdition(ctx: Context, edition: Edition): Promise<boolean> {
  return (await ctx.db.units.one((tx) => saveEditionIn(tx, edition))).value;
}

/** The same as a part of something larger. */
export async function saveEditionIn(tx: Tx, edition: Edition): Promise<boolean> {
  const data = JSON.stringify(edition);
  const rows = await tx.db.selectFrom('edition').selectAll().execute();
  const before = rows.find((row) => row.id === edition.id);
  if (before && canonical(JSON.parse(before.data)) === canonical(edition)) return false;
  const row = { id: edition.id, data, current: edition.current ? 1 : 0 };
  await tx.db
    .insertInto('edition')
    .values(row)
    .onConflict((c) => c.column('id').doUpdateSet({ data: row.data, current: row.current }))
    .execute();
  tx.log(DIRECTORY, 'edition', edition.id, edition);
  for (const other of edition.current ? rows : []) {
    if (other.id === edition.id || other.current === 0) continue;
    const past: Edition = { ...(JSON.parse(other.data) as Edition), current: false };
    const change = { data: JSON.stringify(past), current: 0 };
    await tx.db.updateTable('edition').set(change).where('id', '=', other.id).execute();
    tx.log(DIRECTORY, 'edition', other.id, past);
  }
  return true;
}

export interface Published {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What else is done with a publication, all or none. */
export interface Publication {
  /** Whose programme it is, when it is not ours. */
  readonly source?: { readonly name: string };
  /** `content_hash` of the events that were looked at: when one of them is another by now, nothing is done. */
  readonly expected?: ReadonlyMap<Uuid, string>;
  /** Done in the same unit, before the events: their edition. */
  readonly before?: (tx: Tx) => Promise<void>;
  /** Done in the same unit, after the events. */
  readonly after?: (tx: Tx) => Promise<void>;
}

/** An event was changed by somebody else since it was looked at; nothing was done. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/**
 * Publishes events, all or none; a second time with the same content changes nothing. Registrations stay, a raised capacity
 * moves the waiting list up, and a slug that another event has gets a number. Each edition exists already.
 * @throws ChangedMeanwhile
 */
export async function publishEvents(
  ctx: Context,
  events: readonly ProgrammeEvent[],
  { before, after, ...publication }: Publication = {},
): Promise<Published> {
  const { value } = await ctx.db.units.one(async (tx) => {
    await before?.(tx);
    const published = await publishEventsIn(ctx, tx, events, publication);
    await after?.(tx);
    return published;
  });
  return value;
}

/**
 * The same as a part of something larger.
 * @throws ChangedMeanwhile
 */
export async function publishEventsIn(
  ctx: Context,
  tx: Tx,
  events: readonly ProgrammeEvent[],
  { source, expected }: Pick<Publication, 'source' | 'expected'>,
): Promise<Published> {
  const hashes = new Map(events.map((event) => [event.id, hashOf(event)]));
  const isFresh = (event: ProgrammeEvent, row: KnownEvent | undefined): boolean =>
    row === undefined || row.content_hash !== hashes.get(event.id) || row.withdrawn_at !== null;
  if (tx.kind === 'postgres') {
    const seen = await rowsById(tx, events, false);
    const likely = events.filter((event) => isFresh(event, seen.get(event.id)));
    await lockSubjectsOf(
      tx,
      likely.map((event) => event.id),
    );
  }
  const known = await rowsById(tx, events, true);
  for (const [id, hash] of expected ?? []) if (known.get(id)?.content_hash !== hash) throw new ChangedMeanwhile(id);
  const fresh = events
    .map((event) => ({ event, hash: hashes.get(event.id)!, row: known.get(event.id) }))
    .filter(({ event, row }) => isFresh(event, row));
  const slugs = await slugsFor(tx, fresh);
  const added = fresh.filter((one) => !one.row);
  const rows = fresh.map(({ event, hash, row }, i) => {
    const stored: ProgrammeEvent = {
      ...withPlaces(event, new Map()),
      slug: slugs[i]!,
      publishedAt: row?.published_at ?? event.publishedAt,
    };
    return { stored, row: eventRow(stored, event.slug, hash, source?.name) };
  });
  const insert = rows.filter(({ row }) => !known.has(row.id)).map(({ row }) => row);
  for (const part of parts(insert, 100)) await tx.db.insertInto('event').values(part).execute();
  for (const { row, stored } of rows) {
    const before = known.get(row.id);
    if (!before) continue;
    await tellRegistered(ctx, tx, row.id, stored);
    const { id, ...rest } = row;
    await tx.db.updateTable('event').set(rest).where('id', '=', id).execute();
    if (before.edition_id !== stored.editionId || before.region !== stored.region)
      tx.log(programmeScope(before.edition_id, before.region), 'event', id, undefined);
  }
  await saveSubjects(
    ctx,
    tx,
    rows.map(({ stored }) => stored),
  );
  return { added: added.length, changed: fresh.length - added.length, unchanged: events.length - fresh.length };
}

/** Takes events out of the programme, leaving tombstones; their registrations and rosters stay. Returns how many were there. */
export async function withdrawEvents(ctx: Context, ids: readonly Uuid[]): Promise<number> {
  const { value } = await ctx.db.units.one(async (tx) => {
    let gone = 0;
    if (tx.kind === 'postgres') await lockSubjectsOf(tx, ids);
    for (const id of ids) await tellRegistered(ctx, tx, id, undefined);
    for (const part of parts(ids, 500)) {
      const rows = await tx.db
        .updateTable('event')
        .set({ withdrawn_at: ctx.clock() })
        .where('id', 'in', part)
        .where('withdrawn_at', 'is', null)
        .returning(['id', 'edition_id', 'region'])
        .execute();
      for (const row of rows) tx.log(programmeScope(row.edition_id, row.region), 'event', row.id, undefined);
      gone += rows.length;
    }
    return gone;
  });
  return value;
}

/** Tells those registered for an event, those who follow it and its doors what changes for them; to be called before the change. */
async function tellRegistered(ctx: Context, tx: Tx, id: Uuid, after: ProgrammeEvent | undefined): Promise<void> {
  const row = await tx.db
    .selectFrom('event')
    .select(['id', 'data'])
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where((e) =>
      e.or([
        e.exists(e.selectFrom('registration').select('id').where('event_id', '=', id)),
        e.exists(e.selectFrom('follower_event').select('event_id').where('event_id', '=', id)),
      ]),
    )
    .executeTakeFirst();
  if (!row) return;
  const before = storedEvent(row);
  await queueChange(ctx, tx, before, after);
  if (after && canonical(before.registrationForm) !== canonical(after.registrationForm))
    await retellAnswers(tx, id, after.registrationForm);
}

type KnownEvent = Awaited<ReturnType<typeof rowsById>> extends Map<Uuid, infer R> ? R : never;

/**
 * Waits for the registrations under way and holds the next ones back, so that each is decided wholly before the change or
 * wholly after it. Subjects come before their event, as in a registration; what the write lock does on SQLite.
 */
async function lockSubjectsOf(tx: Tx, eventIds: readonly Uuid[]): Promise<void> {
  for (const part of parts([...eventIds].sort(), 500)) {
    await tx.db
      .selectFrom('subject')
      .select('id')
      .where('event_id', 'in', part)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
  }
}

async function rowsById(tx: Tx, events: readonly ProgrammeEvent[], toChange: boolean) {
  const rows = [];
  for (const part of parts(events, 500)) {
    const query = tx.db
      .selectFrom('event')
      .select(['id', 'edition_id', 'region', 'slug', 'wanted_slug', 'content_hash', 'published_at', 'withdrawn_at'])
      .where(
        'id',
        'in',
        part.map((e) => e.id),
      )
      .orderBy('id');
    rows.push(...(await (toChange && tx.kind === 'postgres' ? query.forNoKeyUpdate() : query).execute()));
  }
  return new Map(rows.map((row) => [row.id, row]));
}

/** Slugs are unique across editions; an event keeps the one that it was given for as long as it asks for the same. */
async function slugsFor(
  tx: Tx,
  fresh: readonly { event: ProgrammeEvent; row: KnownEvent | undefined }[],
): Promise<string[]> {
  const owners = new Map<string, Uuid>();
  const learn = async (slugs: readonly string[]): Promise<void> => {
    const rows = await tx.db.selectFrom('event').select(['id', 'slug']).where('slug', 'in', slugs).execute();
    for (const row of rows) owners.set(row.slug, row.id);
  };
  for (const part of parts(fresh, 500)) await learn(part.map(({ event }) => event.slug));
  const slugs: string[] = [];
  for (const { event, row } of fresh) {
    let slug = row && row.wanted_slug === event.slug ? row.slug : event.slug;
    for (let n = 2; (owners.get(slug) ?? event.id) !== event.id; n++) {
      slug = `${event.slug.slice(0, 110)}-${n}`;
      if (!owners.has(slug)) await learn([slug]);
    }
    owners.set(slug, event.id);
    slugs.push(slug);
  }
  return slugs;
}

function eventRow(event: ProgrammeEvent, wantedSlug: string, hash: string, source: string | undefined) {
  return {
    id: event.id,
    edition_id: event.editionId,
    slug: event.slug,
    wanted_slug: wantedSlug,
    region: event.region,
    department: event.department ?? null,
    data: JSON.stringify(event),
    content_hash: hash,
    source: source ?? event.source?.name ?? null,
    published_at: event.publishedAt,
    withdrawn_at: null,
    format: event.format,
    audiences: event.audiences.join(' '),
    status: event.status,
    first_day: event.sessions.map((s) => s.slot.date).toSorted()[0] ?? null,
    last_day:
      event.sessions
        .map((s) => lastDay(s.slot))
        .toSorted()
        .at(-1) ?? null,
  };
}

/** Keeps the subjects in step with the policies of events that have just been written, and puts those into the log. */
async function saveSubjects(ctx: Context, tx: Tx, events: readonly ProgrammeEvent[]): Promise<void> {
  for (const part of parts(events, 200)) {
    const wanted = part.flatMap((event) => subjectsOf(event).map((subject) => ({ event, subject })));
    const query = tx.db
      .selectFrom('subject')
      .selectAll()
      .where((e) =>
        e.or([
          e(
            'event_id',
            'in',
            part.map((event) => event.id),
          ),
          ...parts(wanted, 5000).map((some) =>
            e(
              'id',
              'in',
              some.map(({ subject }) => subject.id),
            ),
          ),
        ]),
      )
      .orderBy('id');
    const rows = await (tx.kind === 'postgres' ? query.forNoKeyUpdate() : query).execute();
    const known = new Map(rows.map((row) => [row.id, row]));
    const hiding = await hidingNames(
      tx,
      part.map((event) => event.id),
    );
    const after = new Map<Uuid, SubjectRow>();
    for (const { event, subject } of wanted) {
      const before = known.get(subject.id) ?? newSubject(subject.id, event.id);
      const row = { ...before, event_id: event.id, capacity: subject.policy.capacity ?? null, offered: 1 };
      const hiddenNames = hiding.has(event.id);
      const seats = await moveUp(ctx, tx, { row, hiddenNames, offer: { event, subject } }, Number.POSITIVE_INFINITY);
      after.set(subject.id, { ...seats, places: placesOf(subject.policy, seats) });
    }
    for (const row of rows) if (!after.has(row.id)) after.set(row.id, { ...row, offered: 0 });
    const added = [...after.values()].filter((row) => !known.has(row.id));
    for (const some of parts(added, 200)) await tx.db.insertInto('subject').values(some).execute();
    for (const { id, ...row } of after.values()) {
      if (known.has(id)) await tx.db.updateTable('subject').set(row).where('id', '=', id).execute();
    }
    const places = new Map([...after].map(([id, row]) => [id, row.places]));
    const rosters = await headsOf(
      tx.db,
      part.map((event) => rosterScope(event.id)),
    );
    for (const event of part) logEvent(tx, event, places, rosters.has(rosterScope(event.id)));
  }
}

function newSubject(id: Uuid, eventId: Uuid): SubjectRow {
  return {
    id,
    event_id: eventId,
    capacity: null,
    confirmed: 0,
    waiting: 0,
    waiting_parties: 0,
    waiting_drawn: 0,
    held: 0,
    held_until: null,
    places: 'open',
    offered: 1,
  };
}

/** What makes two versions of an event the same: all but the moments of publication and what the server writes. */
function hashOf(event: ProgrammeEvent): string {
  const { publishedAt: _, updatedAt: __, ...content } = withPlaces(event, new Map());
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** JSON with sorted keys: the order in which a source wrote them means nothing. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function parts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}
