import { slotBounds } from '#domain/dates.ts';
import type { Edition } from '#domain/programme.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ItemKind, Scope } from '#protocol/scope.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { personalAnswers, unsignAnswers } from '../programme/question-persons.ts';
import { emptyScope, ERASED_LIKE, eraseRatings, eraseRegistration, forget } from '../people/erasing.ts';
import { storedEvent } from '../programme/events.ts';
import { personalProposals, purgeProposals } from '../proposing/proposal-persons.ts';

/** Days after an edition's end for which personal data are kept, unless the edition says otherwise. */
export const KEEP_DAYS = 365;
const DAY = 86_400_000;

export interface Purged {
  readonly editionId: string;
  readonly keepDays: number;
  /** `YYYY-MM-DD`: from then on nothing personal is kept. */
  readonly due: string;
  readonly counts: PurgeCounts;
}

interface PurgeCounts {
  events: number;
  registrations: number;
  arrivals: number;
  notes: number;
  scans: number;
  letters: number;
  ratings: number;
  answers: number;
  phones: number;
  /** Lines of the journal. */
  deeds: number;
  proposals: number;
}

/**
 * Erases what editions whose time is over still know of persons: registrations become parties without a name, and devices and
 * doors forget. Numbers stay: how many asked, had a place, came, and what walks were rated.
 * @param options `editionId`: that one alone; `dryRun`: counts, and changes nothing
 * @returns the editions of which there was something to erase
 */
export async function purge(
  ctx: Context,
  options: { readonly editionId?: string; readonly dryRun: boolean },
): Promise<Purged[]> {
  const purged: Purged[] = [];
  for (const edition of await endedEditions(ctx, options.editionId)) {
    const counts: PurgeCounts = {
      events: 0,
      registrations: 0,
      arrivals: 0,
      notes: 0,
      scans: 0,
      letters: 0,
      ratings: 0,
      answers: 0,
      phones: 0,
      deeds: 0,
      proposals: await personalProposals(ctx, edition.editionId),
    };
    const events = await ctx.db.read
      .selectFrom('event')
      .select('id')
      .where('edition_id', '=', edition.editionId)
      .execute();
    for (const { id } of events) {
      const found = await countOf(ctx, id);
      if (Object.values(found).every((count) => count === 0)) continue;
      counts.events++;
      for (const key of Object.keys(found) as (keyof typeof found)[]) counts[key] += found[key];
      if (!options.dryRun) await purgeEvent(ctx, id);
    }
    if (counts.proposals > 0 && !options.dryRun) {
      const { value } = await ctx.db.units.one((tx) => purgeProposals(tx, edition.editionId));
      await forget(ctx, value);
    }
    if (counts.events > 0 || counts.proposals > 0) purged.push({ ...edition, counts });
  }
  return purged;
}

/** Sets for how long an edition keeps personal data after its end; null: as long as is usual. @returns false when there is none */
export async function keepEdition(ctx: Context, editionId: string, days: number | null): Promise<boolean> {
  const { value } = await ctx.db.units.one((tx) =>
    tx.db.updateTable('edition').set({ keep_days: days }).where('id', '=', editionId).returning('id').execute(),
  );
  return value.length > 0;
}

async function endedEditions(ctx: Context, only: string | undefined): Promise<Omit<Purged, 'counts'>[]> {
  const rows = await ctx.db.read
    .selectFrom('edition')
    .selectAll()
    .$if(only !== undefined, (q) => q.where('id', '=', only!))
    .orderBy('id')
    .execute();
  const ended: Omit<Purged, 'counts'>[] = [];
  for (const row of rows) {
    const keepDays = row.keep_days ?? KEEP_DAYS;
    const due = (await endOf(ctx, JSON.parse(row.data) as Edition)) + keepDays * DAY;
    if (due <= ctx.clock()) ended.push({ editionId: row.id, keepDays, due: new Date(due).toISOString().slice(0, 10) });
  }
  return ended;
}

/** When the last of an edition is over: its last day, its last session, whichever is later; the end of its year without either. */
async function endOf(ctx: Context, edition: Edition): Promise<number> {
  const ends = edition.to === undefined ? [] : [Date.parse(`${edition.to}T00:00:00Z`) + DAY];
  const events = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'data'])
    .where('edition_id', '=', edition.id)
    .execute();
  for (const row of events) {
    for (const session of storedEvent(row).sessions) ends.push(slotBounds(session.slot).to);
  }
  return ends.length === 0 ? Date.UTC(edition.year + 1, 0, 1) : ends.reduce((a, b) => Math.max(a, b));
}

async function countOf(ctx: Context, eventId: Uuid): Promise<Omit<PurgeCounts, 'events' | 'proposals'>> {
  const db = ctx.db.read;
  const counting = (table: 'door_note' | 'scan' | 'letter' | 'couriered' | 'deed') =>
    db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('event_id', '=', eventId)
      .executeTakeFirstOrThrow();
  const [registrations, arrivals, notes, scans, letters, carried, messages, ratings, phones, answers, done] =
    await Promise.all([
      db
        .selectFrom('registration')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('event_id', '=', eventId)
        .where('email_key', 'not like', ERASED_LIKE)
        .executeTakeFirstOrThrow(),
      db
        .selectFrom('check_in')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('event_id', '=', eventId)
        .where((e) => e.or([e('walk_in_name', 'is not', null), e('answers', 'is not', null)]))
        .executeTakeFirstOrThrow(),
      counting('door_note'),
      counting('scan'),
      counting('letter'),
      counting('couriered'),
      db
        .selectFrom('message')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('event_id', '=', eventId)
        .executeTakeFirstOrThrow(),
      db
        .selectFrom('tour_rating')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('event_id', '=', eventId)
        .where('remark', 'is not', null)
        .executeTakeFirstOrThrow(),
      db
        .selectFrom('device')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('event_id', '=', eventId)
        .where('name', '!=', '')
        .executeTakeFirstOrThrow(),
      personalAnswers(ctx, eventId),
      counting('deed'),
    ]);
  return {
    registrations: registrations.count,
    arrivals: arrivals.count,
    notes: notes.count,
    scans: scans.count + carried.count,
    letters: letters.count + messages.count,
    ratings: ratings.count,
    answers,
    phones: phones.count,
    deeds: done.count,
  };
}

/** What an emptied roster still has: what the event is, and what held at its doors. */
const KEPT: readonly ItemKind[] = ['event', 'door-rules'];
/** Registrations in one unit. */
const BATCH = 200;

async function purgeEvent(ctx: Context, eventId: Uuid): Promise<void> {
  const touched = new Set<Scope>([rosterScope(eventId)]);
  for (;;) {
    const { value } = await ctx.db.units.one(async (tx) => {
      const rows = await tx.db
        .selectFrom('registration')
        .selectAll()
        .where('event_id', '=', eventId)
        .where('email_key', 'not like', ERASED_LIKE)
        .orderBy('id')
        .limit(BATCH)
        .execute();
      for (const row of rows) await eraseRegistration(tx, row);
      return rows.map((row) => row.holder_id);
    });
    for (const holder of value) touched.add(personScope(holder));
    if (value.length < BATCH) break;
  }
  const { value: raters } = await ctx.db.units.one((tx) => purgeRest(tx, eventId));
  const { value: answered } = await ctx.db.units.one((tx) => unsignAnswers(tx, eventId));
  for (const scope of answered) touched.add(scope);
  for (const holder of raters) touched.add(personScope(holder));
  await emptyScope(ctx, rosterScope(eventId), KEPT);
  await forget(ctx, touched);
}

/** What an event knows of persons beside its registrations. @returns the holders whose ratings are nobody's now */
async function purgeRest(tx: Tx, eventId: Uuid): Promise<string[]> {
  for (const table of ['door_note', 'scan', 'letter', 'couriered', 'message', 'revoked_ticket', 'deed'] as const) {
    await tx.db.deleteFrom(table).where('event_id', '=', eventId).execute();
  }
  await tx.db
    .updateTable('check_in')
    .set({ walk_in_name: null, answers: null })
    .where('event_id', '=', eventId)
    .execute();
  await tx.db.updateTable('device').set({ name: '' }).where('event_id', '=', eventId).execute();
  return eraseRatings(tx, { eventId });
}
