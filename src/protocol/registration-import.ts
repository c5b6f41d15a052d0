import * as v from 'valibot';
import type { RegistrationState } from '#domain/registration.ts';
import { problemAt } from './exchange.ts';

/**
 * Why a row is not taken: what is in its cells (`bad_cells`: more of them than the header has names; `twice`: the same address and
 * session higher up; `ended`: the file says that it was refused or cancelled), or what the rule of registering says.
 */
export const rowProblems = [
  'no_name',
  'bad_email',
  'bad_party',
  'too_long',
  'no_session',
  'unknown_session',
  'twice',
  'ended',
  'bad_cells',
  'event_unknown',
  'event_cancelled',
  'event_over',
  'not_open',
  'closed',
  'external',
  'full',
  'party_too_large',
] as const;
export type RowProblem = (typeof rowProblems)[number];

const count = v.number();

/**
 * `POST /api/v1/desk/events/{eventId}/registrations/imports?language=[&subject=][&dryRun=1]` with a table as `application/octet-stream`, as
 * who runs the event: people who registered elsewhere. `language`: of the mails to those whose row says none. `subject`: the session of rows
 * that name none. Who is registered for a session already stays as they are, so that the same file twice, or after a lost answer,
 * registers nobody twice. `refused`: nothing was written. Problems are cut at `LISTED`; counts are whole.
 */
export const registrationImportAnswer = v.variant('kind', [
  v.object({ kind: v.literal('refused'), problem: problemAt }),
  v.object({
    kind: v.literal('read'),
    dryRun: v.boolean(),
    read: count,
    /** Registrations by the state that they have, or would have. */
    states: v.object({ confirmed: count, waitlisted: count, requested: count } satisfies Partial<
      Record<RegistrationState, unknown>
    >),
    /** All who come with them. */
    people: count,
    unchanged: count,
    refused: count,
    problems: v.array(v.object({ line: v.number(), name: v.string(), reason: v.picklist(rowProblems) })),
    /** Columns of the file that say nothing to us. */
    aside: v.array(v.string()),
    /** Cells under a question that are no answer to it. */
    answersAside: count,
  }),
]);
export type RegistrationImportAnswer = v.InferOutput<typeof registrationImportAnswer>;

/** Rows of one file: more people than most halls seat, and a few seconds of writing. */
export const MAX_LISTED_PEOPLE = 2000;
/** Bytes. */
export const MAX_REGISTRATION_FILE = 2_000_000;
