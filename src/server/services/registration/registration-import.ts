import { randomBytes, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Subject } from '#domain/programme.ts';
import type { RegistrationState, Seats } from '#domain/registration.ts';
import { decideRegistration, emailKey } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import type { ListedPerson } from '#interop/registration-table.ts';
import { readRegistrationTable } from '#interop/registration-table.ts';
import { LISTED } from '#protocol/exchange.ts';
import type { Register } from '#protocol/register.ts';
import { registrationByHand } from '#protocol/registration-decision.ts';
import type { RegistrationImportAnswer, RowProblem } from '#protocol/registration-import.ts';
import { MAX_LISTED_PEOPLE, MAX_REGISTRATION_FILE, rowProblems } from '#protocol/registration-import.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { note } from '../desk/audit.ts';
import { requireEvent } from '../desk/desk.ts';
import { lockSeats } from '../door/allotments.ts';
import { readTableText } from '../exchange/reading.ts';
import { secretHash } from '../people/identity.ts';
import { storedEvent } from '../programme/events.ts';
import { place } from './registrations.ts';
import { isActive } from './seats.ts';

export interface RegistrationImport {
  readonly language: Language;
  /** The session of rows that name none. */
  readonly subject?: string | undefined;
  readonly dryRun: boolean;
}

/** Registered in one go: a door that waits for the database waits no longer than for this. */
const AT_ONCE = 25;

interface Wanted {
  readonly line: number;
  readonly name: string;
  readonly subject: Subject;
  readonly args: Register;
}

/** The state that a row has got or would get, that it has one already, or why not. */
type Outcome = Exclude<RegistrationState, 'refused' | 'cancelled'> | 'unchanged' | RowProblem;

/**
 * Registers the people of a table, each by the rule and in a unit of its own, or says what that would do.
 * @throws ProblemError `not_found`, `forbidden`: the account may not run the event; `too_large` from `bytes`
 */
export async function importRegistrations(
  ctx: Context,
  account: Account,
  eventId: string,
  bytes: AsyncIterable<Uint8Array>,
  { language, subject: otherwise, dryRun }: RegistrationImport,
): Promise<RegistrationImportAnswer> {
  await requireEvent(ctx, account, eventId);
  const text = await readTableText(bytes, MAX_REGISTRATION_FILE);
  if (typeof text !== 'string') return { kind: 'refused', problem: text };
  const row = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'data'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow();
  const event = storedEvent(row);
  const read = readRegistrationTable(text, event, { most: MAX_LISTED_PEOPLE, otherwise });
  if (read.kind === 'refused') return { kind: 'refused', problem: { ...read.problem } };
  const problems: { line: number; name: string; reason: RowProblem }[] = [];
  const wanted = wantedOf(read.people, eventId, language, problems);
  const outcomes = dryRun ? await tryOut(ctx, row, wanted) : await carryOut(ctx, account, eventId, wanted);
  const states = { confirmed: 0, waitlisted: 0, requested: 0 };
  let [people, unchanged] = [0, 0];
  for (const [at, outcome] of outcomes.entries()) {
    const { line, name, args } = wanted[at]!;
    if (outcome === 'unchanged') unchanged++;
    else if (outcome === 'confirmed' || outcome === 'waitlisted' || outcome === 'requested') {
      states[outcome]++;
      people += args.party;
    } else problems.push({ line, name, reason: outcome });
  }
  return {
    kind: 'read',
    dryRun,
    read: read.people.length,
    states,
    people,
    unchanged,
    refused: problems.length,
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, LISTED),
    aside: [...read.aside],
    answersAside: read.answersAside,
  };
}

/** The rows that can be asked for, by the same schema as one by hand; of the others why not. */
function wantedOf(
  people: readonly ListedPerson[],
  eventId: string,
  language: Language,
  problems: { line: number; name: string; reason: RowProblem }[],
): Wanted[] {
  const seen = new Set<string>();
  return people.flatMap(({ line, cells, subject, ended, tooMany, given }): Wanted[] => {
    const name = [cells.firstName, cells.lastName].filter(Boolean).join(' ').slice(0, 120) || cells.email.slice(0, 120);
    const refuse = (reason: RowProblem): [] => {
      problems.push({ line, name, reason });
      return [];
    };
    if (tooMany) return refuse('bad_cells');
    if (ended) return refuse('ended');
    if (cells.firstName === '' || cells.lastName === '') return refuse('no_name');
    if (typeof subject === 'string') return refuse(subject);
    const { firstName, lastName, email, party, needs } = cells;
    const parsed = v.safeParse(registrationByHand, {
      registrationId: randomUUID(),
      subjectId: subject.id,
      firstName,
      lastName,
      email,
      party: Number(party),
      ...(needs === '' ? {} : { needs }),
      ...given,
      language: cells.language === 'fr' || cells.language === 'en' ? cells.language : language,
    });
    if (!parsed.success) {
      const field = parsed.issues[0].path?.[0]?.key;
      return refuse(field === 'email' ? 'bad_email' : field === 'party' ? 'bad_party' : 'too_long');
    }
    const key = `${subject.id} ${emailKey(email)}`;
    if (seen.has(key)) return refuse('twice');
    seen.add(key);
    return [{ line, name, subject, args: { ...parsed.output, eventId } }];
  });
}

/** The rule alone, over the seats as they are, row by row: nothing is written and nobody waits for it. */
async function tryOut(
  ctx: Context,
  row: { readonly id: string; readonly data: string },
  wanted: readonly Wanted[],
): Promise<Outcome[]> {
  const [subjects, registered] = await Promise.all([
    ctx.db.read
      .selectFrom('subject')
      .select(['id', 'confirmed', 'waiting', 'held'])
      .where('event_id', '=', row.id)
      .execute(),
    ctx.db.read
      .selectFrom('registration')
      .select(['subject_id', 'email_key'])
      .where('event_id', '=', row.id)
      .where(isActive)
      .execute(),
  ]);
  const known = new Set(registered.map((one) => `${one.subject_id} ${one.email_key}`));
  const seats = new Map<string, Seats>(subjects.map((one) => [one.id, one]));
  const event = storedEvent(row);
  return wanted.map(({ subject, args: { email, party } }): Outcome => {
    if (known.has(`${subject.id} ${emailKey(email)}`)) return 'unchanged';
    const before = seats.get(subject.id) ?? { confirmed: 0, waiting: 0 };
    const decision = decideRegistration(event, subject, party, before, ctx.clock());
    if (decision.state === 'refused') return problemOf(decision.reason);
    const field =
      decision.state === 'confirmed' ? 'confirmed' : decision.state === 'waitlisted' ? 'waiting' : undefined;
    if (field) seats.set(subject.id, { ...before, [field]: before[field] + party });
    return decision.state;
  });
}

async function carryOut(
  ctx: Context,
  account: Account,
  eventId: string,
  wanted: readonly Wanted[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let people = 0;
  try {
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const part = wanted.slice(from, from + AT_ONCE);
      const done = await ctx.db.units.run(part.map((one) => (tx) => registerListed(ctx, tx, one)));
      for (const [at, one] of done.entries()) {
        if (!one.ok) throw one.error;
        outcomes.push(one.value);
        if (one.value === 'confirmed' || one.value === 'waitlisted' || one.value === 'requested')
          people += part[at]!.args.party;
      }
    }
  } finally {
    if (people > 0)
      await ctx.db.units.one((tx) => note(ctx, tx, account, { kind: 'imported', eventId, count: people }));
  }
  return outcomes;
}

async function registerListed(ctx: Context, tx: Tx, { args }: Wanted): Promise<Outcome> {
  const locked = await lockSeats(ctx, tx, args.subjectId);
  // They have no device that holds it, as one by hand: the ticket comes by mail.
  const holderId = secretHash(randomBytes(32).toString('base64url'));
  const answer = await place(ctx, tx, locked, holderId, args);
  if (answer === 'already_registered') return 'unchanged';
  if (answer !== 'applied') return problemOf(answer);
  const { state } = await tx.db
    .selectFrom('registration')
    .select('state')
    .where('id', '=', args.registrationId)
    .executeTakeFirstOrThrow();
  return state as Outcome;
}

/** The reasons that the rule gives a new registration; no other one comes here. */
function problemOf(reason: string): RowProblem {
  return rowProblems.find((one) => one === reason) ?? 'event_unknown';
}
