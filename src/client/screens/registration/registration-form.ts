import * as v from 'valibot';
import type { Instant } from '#domain/dates.ts';
import type { ProgrammeEvent, Subject } from '#domain/programme.ts';
import type { RegistrationDecision } from '#domain/registration.ts';
import { decideRegistration } from '#domain/registration.ts';
import { register } from '#protocol/register.ts';
import type { PartyDraft } from '#client/components/forms/party-draft.ts';

/** What one can register for, and what the local rule says of it before anything is filled in. */
export interface SubjectOutlook {
  readonly subject: Subject;
  readonly outlook: RegistrationDecision;
}

/** What the form holds, as it was typed. */
export interface Draft extends PartyDraft {
  readonly subjectId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly party: string;
  readonly needs: string;
}

export type DraftField = Exclude<keyof Draft, 'subjectId' | 'names' | 'answers'>;
export type FieldError = 'required' | 'invalid';
export type DraftErrors = Partial<Record<DraftField, FieldError>>;

/** In the order in which they stand in the form, so that the focus goes to the first. */
export const draftFields: readonly DraftField[] = ['firstName', 'lastName', 'email', 'party', 'needs'];

const text = v.pipe(v.string(), v.maxLength(2000));
/** As it is kept on the device. */
export const draftSchema = v.object({
  subjectId: text,
  firstName: text,
  lastName: text,
  email: text,
  party: text,
  needs: text,
  names: v.optional(v.array(text), []),
  answers: v.optional(v.record(text, text), {}),
});
export const identitySchema = v.object({ firstName: text, lastName: text, email: text });

/** What is wrong with one field; by the server's own rules for the message. */
export function errorOf(field: DraftField, draft: Draft, maxParty: number): FieldError | undefined {
  const value = draft[field].trim();
  if (field === 'party') {
    const party = Number(value);
    return Number.isInteger(party) && party >= 1 && party <= maxParty ? undefined : 'invalid';
  }
  if (value === '') return field === 'needs' ? undefined : 'required';
  const schema = field === 'needs' ? register.entries.needs.wrapped : register.entries[field];
  return v.is(schema, value) ? undefined : 'invalid';
}

export function errorsOf(draft: Draft, maxParty: number): DraftErrors {
  const errors: DraftErrors = {};
  for (const field of draftFields) {
    const error = errorOf(field, draft, maxParty);
    if (error) errors[field] = error;
  }
  return errors;
}

/**
 * What would become of a request for one place, by what this device knows: the rule of the server without its numbers.
 * The device knows of places only that they are full; it may be behind, and the server decides.
 */
export function outlook(event: ProgrammeEvent, subject: Subject, now: Instant): RegistrationDecision {
  const { policy } = subject;
  const full = policy.places === 'full' || event.status === 'full' || subject.session?.status === 'full';
  const capacity = policy.capacity ?? 1;
  const known: Subject = full ? { ...subject, policy: { ...policy, capacity } } : subject;
  return decideRegistration(event, known, 1, { confirmed: full ? capacity : 0, waiting: 0 }, now);
}
