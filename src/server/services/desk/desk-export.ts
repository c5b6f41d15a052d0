import { setImmediate as breathe } from 'node:timers/promises';
import type { DoorQuestion } from '#domain/door-rules.ts';
import type { RegistrationForm, RegistrationQuestion } from '#domain/registration-question.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Language, LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import type { CsvSeparator } from '#interop/csv-record.ts';
import { BYTE_ORDER_MARK, csvRecord } from '#interop/csv-record.ts';
import type { AuditEntry, DeskRegistration } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import { note } from './audit.ts';
import type { Context } from '../context.ts';
import { auditPage } from './desk-audit.ts';
import { matching, readRegistrations } from './desk-registrations.ts';
import { requireEvent } from './desk.ts';
import { doorRulesOf } from '../door/door-rules.ts';
import { storedEvent } from '../programme/events.ts';
import { exportTexts } from '../exchange/export-texts.ts';

export const exportKinds = ['registrations', 'arrivals', 'audit'] as const;
export type ExportKind = (typeof exportKinds)[number];

export interface ExportStyle {
  readonly language: Language;
  readonly separator: CsvSeparator;
}

export interface Export {
  /** Of the file, without personal data. */
  readonly name: string;
  /** Texts one after the other, each a whole number of records. */
  readonly parts: AsyncIterable<string>;
}

/** Rows made at once. */
const PART = 500;

/**
 * An event's registrations, arrivals or trail as a table, made while it is sent.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function deskExport(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  kind: ExportKind,
  style: ExportStyle,
): Promise<Export> {
  await requireEvent(ctx, account, eventId, 'reading');
  const { slug, data } = await ctx.db.read
    .selectFrom('event')
    .select(['slug', 'data'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow();
  const names = await namesOf(ctx, { id: eventId, data }, style.language);
  await ctx.db.units.one((tx) => note(ctx, tx, account, { kind: 'exported', eventId, about: kind }));
  const rows = kind === 'registrations' ? registrations(ctx, eventId, names) : trail(ctx, eventId, kind, names);
  return { name: `${slug}-${kind}.csv`, parts: written(rows, style) };
}

type Cells = readonly (string | number | undefined)[];

async function* written(rows: AsyncIterable<readonly Cells[]>, { separator }: ExportStyle): AsyncIterable<string> {
  let mark = BYTE_ORDER_MARK;
  for await (const part of rows) {
    yield mark + part.map((cells) => csvRecord(cells, separator)).join('');
    mark = '';
    await breathe();
  }
}

interface Names {
  readonly language: Language;
  readonly sessions: ReadonlyMap<Uuid, string>;
  readonly lists: ReadonlyMap<Uuid, string>;
  readonly questions: readonly DoorQuestion[];
  /** What is asked at the registration. */
  readonly form: RegistrationForm;
}

async function namesOf(ctx: Context, row: { id: Uuid; data: string }, language: Language): Promise<Names> {
  const text = (of: LocalizedText | undefined): string => textIn(of, language).text;
  const { lists, questions } = await doorRulesOf(ctx.db.read, row.id);
  const event = storedEvent(row);
  return {
    language,
    form: event.registrationForm ?? { questions: [] },
    sessions: new Map(event.sessions.map((s) => [s.id, [s.slot.date, text(s.title)].filter(Boolean).join(' ')])),
    lists: new Map(lists.map((list) => [list.id, text(list.name)])),
    questions,
  };
}

async function* registrations(ctx: Context, eventId: Uuid, names: Names): AsyncIterable<Cells[]> {
  const t = exportTexts[names.language];
  const { questions } = names.form;
  yield [
    [
      t.code,
      t.lastName,
      t.firstName,
      t.email,
      t.session,
      t.party,
      t.state,
      t.arrived,
      t.needs,
      t.requestedAt,
      t.others,
      ...questions.map((question) => textIn(question.text, names.language).text),
    ],
  ];
  const ids = await matching(ctx, eventId, {});
  for (let from = 0; from < ids.length; from += PART) {
    const part = await readRegistrations(ctx, ids.slice(from, from + PART));
    yield part.map((r) => [
      r.code,
      r.lastName,
      r.firstName,
      r.email,
      names.sessions.get(r.subjectId),
      r.party,
      t.states[r.state],
      r.arrived,
      r.needs,
      r.requestedAt,
      (r.people ?? []).flatMap((person) => person.name ?? []).join(', '),
      ...questions.map((question) => registrationAnswer(question, r, names.language)),
    ]);
  }
}

/** Of a question that was asked for each person, every answer with its person. */
function registrationAnswer(
  question: RegistrationQuestion,
  registration: DeskRegistration,
  language: Language,
): string | undefined {
  if (!question.perPerson) return answerText(question, registration.answers?.[question.id], language);
  const said = (registration.people ?? []).flatMap((person, i) => {
    const answer = answerText(question, person.answers?.[question.id], language);
    const name = i === 0 ? `${registration.firstName} ${registration.lastName}` : (person.name ?? String(i + 1));
    return answer === undefined ? [] : [`${name}: ${answer}`];
  });
  return said.join('; ');
}

/** `arrivals`: what counts, once taken back or not let in left out. */
async function* trail(ctx: Context, eventId: Uuid, kind: 'arrivals' | 'audit', names: Names): AsyncIterable<Cells[]> {
  const t = exportTexts[names.language];
  const all = kind === 'audit';
  yield [
    [
      t.at,
      t.what,
      t.name,
      t.code,
      t.people,
      t.door,
      t.list,
      ...names.questions.map((question) => textIn(question.text, names.language).text),
      ...(all ? [t.device, t.undoneAt, t.settled, t.receivedAt] : []),
    ],
  ];
  let before: string | undefined;
  do {
    const page = await auditPage(ctx, eventId, { limit: PART, ...(before === undefined ? {} : { before }) });
    yield page.entries
      .filter(
        (e) =>
          all ||
          (e.kind !== 'not_admitted' && e.kind !== 'desk' && e.undoneAt === undefined && e.settledAs !== 'mistake'),
      )
      .map((e) => [
        e.at,
        whatIn(e, t),
        e.name,
        e.code,
        e.count,
        e.door,
        e.listId && names.lists.get(e.listId),
        ...names.questions.map((question) => answerText(question, e.answers?.[question.id], names.language)),
        ...(all ? [e.device ?? e.by, e.undoneAt, e.settledAs && t.settlements[e.settledAs], e.receivedAt] : []),
      ]);
    before = page.next;
  } while (before !== undefined);
}

function whatIn({ kind, verdict, deed }: AuditEntry, t: (typeof exportTexts)[Language]): string {
  if (kind === 'not_admitted') return t.verdicts[verdict ?? 'unknown'];
  return kind === 'desk' && deed ? t.deeds[deed] : t.kinds[kind];
}

/** What was answered, in words; an option that the organiser has taken away since by its number. */
function answerText(question: DoorQuestion, answer: string | undefined, language: Language): string | undefined {
  if (answer === undefined || question.kind === 'text') return answer;
  if (question.kind === 'yes_no') return exportTexts[language].yesNo[answer] ?? answer;
  const option = question.options?.[Number(answer)];
  return option ? textIn(option, language).text : answer;
}
