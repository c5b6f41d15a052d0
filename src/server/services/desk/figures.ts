import { localOf } from '#domain/dates.ts';
import type { LocalDate } from '#domain/dates.ts';
import type { Figures } from '#domain/figures.ts';
import type { RegionCode } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import type { DeskFigures } from '#protocol/figures.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { countApart } from './figures-apart.ts';
import type { FiguresQuestion } from './figures-count.ts';
import { countFigures } from './figures-count.ts';
import { ProblemError } from '../problem-error.ts';

export interface FiguresRequest {
  readonly edition: string;
  readonly region?: RegionCode;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

interface Counted {
  readonly at: number;
  readonly figures: Promise<Figures>;
}

/** Milliseconds for which an answer is given again: a dashboard is looked at, and a filter put on and off. */
const KEPT_MS = 10_000;
/** Answers kept; the oldest go first. */
const KEPT = 40;
const counted = new WeakMap<Context, Map<string, Counted>>();
/** Counts wait for one another: a room full of dashboards takes no more of the machine than one. */
const turns = new WeakMap<Context, Promise<unknown>>();

/**
 * What an edition comes to: for the national team and the auditor all of it, for a correspondent their regions, for an organiser the
 * events that they run. Sums alone; whoever reads one may read the lists that it was added up from.
 * @throws ProblemError `forbidden` for a region that is not the correspondent's; `not_found` when there is no such edition
 */
export async function deskFigures(ctx: Context, who: Account, request: FiguresRequest): Promise<DeskFigures> {
  const all = regionsAndNational.map((region) => region.code);
  const mine = who.role === 'regional' ? all.filter((code) => who.regions.includes(code)) : all;
  if (request.region !== undefined && !mine.includes(request.region)) throw new ProblemError('forbidden');
  const edition = await ctx.db.read
    .selectFrom('edition')
    .select('id')
    .where('id', '=', request.edition)
    .executeTakeFirst();
  if (!edition) throw new ProblemError('not_found');
  const now = ctx.clock();
  const question: FiguresQuestion = {
    editionId: request.edition,
    regions: request.region === undefined ? mine : [request.region],
    ...(who.role === 'organiser' ? { accountId: who.id } : {}),
    ...(request.from === undefined ? {} : { from: request.from }),
    ...(request.to === undefined ? {} : { to: request.to }),
    today: localOf(now, 'Europe/Paris').date,
  };
  const { at, figures } = answerFor(ctx, question, now);
  return {
    reach: who.role === 'organiser' ? 'own' : who.role === 'regional' ? 'regions' : 'all',
    regions: mine,
    countedAt: new Date(at).toISOString(),
    figures: await figures,
  };
}

function answerFor(ctx: Context, question: FiguresQuestion, now: number): Counted {
  const kept = counted.get(ctx) ?? new Map<string, Counted>();
  counted.set(ctx, kept);
  const key = JSON.stringify(question);
  const known = kept.get(key);
  if (known && now - known.at < KEPT_MS) return known;
  const before = turns.get(ctx) ?? Promise.resolve();
  const figures = before.then(() =>
    // SQLite counts in the thread that asks; PostgreSQL counts elsewhere by itself.
    ctx.db.kind === 'sqlite' ? countApart(ctx.db.address, question) : countFigures(ctx.db.read, question),
  );
  turns.set(
    ctx,
    figures.catch(() => undefined),
  );
  const answer = { at: now, figures };
  kept.delete(key);
  kept.set(key, answer);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  // What failed is asked anew.
  figures.catch(() => kept.get(key) === answer && kept.delete(key));
  return answer;
}
