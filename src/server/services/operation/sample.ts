import type { LocalDate } from '#domain/dates.ts';
import { daysBetween, lastDay, localOf } from '#domain/dates.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { NATIONAL, zoneOfRegion } from '#domain/regions.ts';
import type { Envelope } from '#protocol/mutation.ts';
import { mutations } from '#protocol/mutation.ts';
import { PROTOCOL } from '#protocol/version.ts';
import { isUniqueViolation } from '../../db/transient.ts';
import type { Tx } from '../../db/units.ts';
import { archiveArticles } from '../../sample/archive-articles.ts';
import { archiveEditions } from '../../sample/archive-editions.ts';
import { archiveEvents } from '../../sample/archive-events.ts';
import { demoAccounts } from '../../sample/demo-accounts.ts';
import { demoEdition, demoEditionId } from '../../sample/demo-edition.ts';
import { generatedEvents } from '../../sample/demo-events.ts';
import type { DemoFrame } from '../../sample/demo-events.ts';
import { demoFeatured, highlightEvents } from '../../sample/demo-highlights.ts';
import type { DemoRegistration } from '../../sample/demo-registrations.ts';
import { demoRegistrations } from '../../sample/demo-registrations.ts';
import { ensureAccount, grantEvents } from '../people/accounts.ts';
import { addArticles } from '../programme/content.ts';
import type { Context } from '../context.ts';
import { secretHash } from '../people/identity.ts';
import { featureSample } from '../programme/featured.ts';
import { dropLetters } from '../mail/letters.ts';
import { addSamplePack } from '../programme/packs.ts';
import { addDemoProposals, moveDemoProposals } from './sample-proposals.ts';
import { publishEvents, saveEdition } from '../programme/publishing.ts';
import { push } from '../sync/push.ts';

/** The row of `meta` that says how far the sample has come; `loading` is taken up again by the next start. */
const KEY = 'sample';

interface SampleState {
  readonly state: 'loading' | 'loaded';
  readonly editionId: string;
  /** The day around which the demonstration edition lies. */
  readonly today: LocalDate;
}

/**
 * Puts the archive and the demonstration edition into an empty database. A load that was cut off is finished by the next
 * start; every step of it can be done twice, so processes that start together do no harm to each other.
 * `not_empty`: there is a programme that is not the sample, and nothing was touched.
 */
export async function loadSample(ctx: Context): Promise<'loaded' | 'present' | 'not_empty'> {
  const claimed = await claim(ctx);
  if (claimed === 'not_empty') return 'not_empty';
  if (claimed.state === 'loaded') return 'present';
  const at = new Date(ctx.clock()).toISOString();
  const frame = { editionId: claimed.editionId, today: claimed.today, at };
  for (const edition of archiveEditions) await again(() => saveEdition(ctx, edition));
  await again(() => saveEdition(ctx, demoEdition(frame.editionId, frame.today)));
  await again(() => publishEvents(ctx, [...archiveEvents(at), ...demoEvents(frame)]));
  await again(() => addArticles(ctx, archiveArticles()));
  for (const { place, events } of demoFeatured) await again(() => featureSample(ctx, frame.editionId, place, events));
  for (const one of demoRegistrations()) await registerOne(ctx, one, at);
  await dropLetters(ctx);
  await ensureDemoAccounts(ctx);
  await addDemoProposals(ctx, frame);
  await addSamplePack(ctx);
  await ctx.db.units.one((tx) => saveStateIn(tx, { ...claimed, state: 'loaded' }));
  return 'loaded';
}

/**
 * Moves the demonstration edition along once all of its events are past: the same events, with their ids, addresses,
 * registrations and tickets, dated around today. Without that, and without the sample, it does nothing.
 */
export async function refreshSample(ctx: Context): Promise<'moved' | 'unchanged' | 'absent'> {
  const state = await readState(ctx);
  if (state?.state !== 'loaded') return 'absent';
  await ensureDemoAccounts(ctx);
  const today = todayOf(ctx);
  const stored = await readEdition(ctx, state.editionId);
  if (!stored) return 'absent';
  const at = new Date(ctx.clock()).toISOString();
  const past = demoEvents({ editionId: state.editionId, today: state.today, at }).every((e) => isPast(e, today));
  if (!past) return 'unchanged';
  // An operator may have made another edition the current one.
  await saveEdition(ctx, { ...demoEdition(state.editionId, today), current: stored.current });
  await publishEvents(ctx, demoEvents({ editionId: state.editionId, today, at }));
  await dropLetters(ctx);
  await ctx.db.units.one(async (tx) => {
    const row = tx.db.selectFrom('meta').select('value').where('key', '=', KEY);
    const stored = await (tx.kind === 'postgres' ? row.forUpdate() : row).executeTakeFirstOrThrow();
    // Proposals move by so many days: once, whoever else has just started and whatever was cut off before.
    if ((JSON.parse(stored.value) as SampleState).today !== state.today) return;
    await moveDemoProposals(tx, state.editionId, daysBetween(state.today, today));
    await saveStateIn(tx, { ...state, today });
  });
  return 'moved';
}

function demoEvents(frame: DemoFrame): ProgrammeEvent[] {
  return [...highlightEvents(frame), ...generatedEvents(frame)];
}

function isPast(event: ProgrammeEvent, today: LocalDate): boolean {
  return event.sessions.every((s) => lastDay(s.slot) < today);
}

function todayOf(ctx: Context): LocalDate {
  return localOf(ctx.clock(), zoneOfRegion(NATIONAL)).date;
}

/** Says in the database that the sample is being loaded, if there is nothing else in it. */
async function claim(ctx: Context): Promise<SampleState | 'not_empty'> {
  const today = todayOf(ctx);
  const fresh: SampleState = { state: 'loading', editionId: demoEditionId(today), today };
  const { value } = await ctx.db.units.one(async (tx) => {
    const found = await tx.db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
    if (found) return JSON.parse(found.value) as SampleState;
    const edition = await tx.db.selectFrom('edition').select('id').limit(1).executeTakeFirst();
    if (edition) return 'not_empty';
    await tx.db
      .insertInto('meta')
      .values({ key: KEY, value: JSON.stringify(fresh) })
      .onConflict((c) => c.column('key').doNothing())
      .execute();
    return fresh;
  });
  return value;
}

async function readState(ctx: Context): Promise<SampleState | undefined> {
  const row = await ctx.db.read.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
  return row && (JSON.parse(row.value) as SampleState);
}

async function saveStateIn(tx: Tx, state: SampleState): Promise<void> {
  await tx.db
    .updateTable('meta')
    .set({ value: JSON.stringify(state) })
    .where('key', '=', KEY)
    .execute();
}

async function readEdition(ctx: Context, id: string): Promise<Edition | undefined> {
  const row = await ctx.db.read.selectFrom('edition').select('data').where('id', '=', id).executeTakeFirst();
  return row && (JSON.parse(row.data) as Edition);
}

/** Another process that loads the same sample has just written the same row: the second time it is there. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return work();
  }
}

async function ensureDemoAccounts(ctx: Context): Promise<void> {
  if (!ctx.config.loopback) return;
  for (const { email, role, region, bodies, events } of demoAccounts) {
    const { id } = await ensureAccount(ctx, {
      email,
      role,
      demo: true,
      ...(region ? { region } : {}),
      ...(bodies ? { bodies } : {}),
    });
    await grantEvents(ctx, id, events);
  }
}

/** The way of everybody: a holder's replica pushes, the server decides. What was applied by an earlier try is so only once. */
async function registerOne(ctx: Context, one: DemoRegistration, at: string): Promise<void> {
  const { replicaId, holder, registerId, args, cancelId } = one;
  const list: Envelope[] = [
    { seq: 1, mutationId: registerId, name: 'register', version: mutations.register.version, args, clientAt: at },
  ];
  if (cancelId) {
    list.push({
      seq: 2,
      mutationId: cancelId,
      name: 'cancel-registration',
      version: mutations['cancel-registration'].version,
      args: { registrationId: args.registrationId },
      clientAt: at,
    });
  }
  const who = { kind: 'holder', holderId: secretHash(holder) } as const;
  const { results } = await push(ctx, who, { protocol: PROTOCOL, replicaId, mutations: list });
  for (const { outcome, reason } of results) {
    if (outcome === 'refused') ctx.log.warn({ reason }, 'a registration of the sample was refused');
  }
}
