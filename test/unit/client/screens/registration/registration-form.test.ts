import { expect, test } from 'vitest';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import type { Draft } from '#client/screens/registration/registration-form.ts';
import { errorOf, errorsOf, outlook } from '#client/screens/registration/registration-form.ts';

const draft: Draft = {
  subjectId: '',
  firstName: 'Hélène',
  lastName: "d'Ördög",
  email: 'helene@example.org',
  party: '2',
  needs: '',
  names: [],
  answers: {},
};

test('a form that the server would take has no mistake', () => {
  expect(errorsOf(draft, 4)).toEqual({});
  expect(errorsOf({ ...draft, firstName: ' Hélène ', email: ' a.b+c@example.org ' }, 4)).toEqual({});
});

test('what is missing and what is wrong are told apart', () => {
  expect(errorsOf({ ...draft, firstName: '', lastName: '   ', email: '' }, 4)).toEqual({
    firstName: 'required',
    lastName: 'required',
    email: 'required',
  });
  for (const email of ['helene', 'helene@', 'helene@example', 'a b@example.org'])
    expect(errorOf('email', { ...draft, email }, 4)).toBe('invalid');
  for (const party of ['0', '5', '1.5', '', 'deux', '-1', '1e9'])
    expect(errorOf('party', { ...draft, party }, 4)).toBe('invalid');
  expect(errorOf('firstName', { ...draft, firstName: 'x'.repeat(101) }, 4)).toBe('invalid');
  expect(errorOf('needs', { ...draft, needs: 'x'.repeat(501) }, 4)).toBe('invalid');
});

const NOW = Date.parse('2026-11-20T09:00:00Z');
function event(policy: Partial<RegistrationPolicy>, part: Partial<ProgrammeEvent> = {}): ProgrammeEvent {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    editionId: '2026',
    slug: 'e',
    region: '76',
    title: { fr: 'E' },
    format: 'talk',
    themes: [],
    audiences: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [],
    venues: [],
    sessions: [
      {
        id: '00000000-0000-4000-8000-000000000002',
        slot: { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' },
      },
    ],
    accessibility: [],
    registration: { mode: 'open', ...policy },
    publishedAt: '2026-10-01T00:00:00Z',
    updatedAt: '2026-10-01T00:00:00Z',
    ...part,
  };
}
const look = (of: ProgrammeEvent, now = NOW) => outlook(of, subjectsOf(of)[0]!, now);

test('what cannot be is said before anything is filled in', () => {
  expect(look(event({ capacity: 10 }))).toEqual({ state: 'confirmed' });
  expect(look(event({ capacity: 10, places: 'few' }))).toEqual({ state: 'confirmed' });
  expect(look(event({ mode: 'approval' }))).toEqual({ state: 'requested' });
  expect(look(event({ capacity: 10, places: 'full', waitingList: true }))).toEqual({ state: 'waitlisted' });
  expect(look(event({ capacity: 10, places: 'full' }))).toEqual({ state: 'refused', reason: 'full' });
  expect(look(event({}, { status: 'full' }))).toEqual({ state: 'refused', reason: 'full' });
  expect(look(event({}, { status: 'cancelled' }))).toEqual({ state: 'refused', reason: 'event_cancelled' });
  expect(look(event({ mode: 'external' }))).toEqual({ state: 'refused', reason: 'external' });
  expect(look(event({ closesAt: '2026-11-20T08:59:00Z' }))).toEqual({ state: 'refused', reason: 'closed' });
  expect(look(event({}), Date.parse('2026-11-24T11:00:00Z'))).toEqual({ state: 'refused', reason: 'event_over' });
});
