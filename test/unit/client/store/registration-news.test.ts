import { expect, test } from 'vitest';
import type { Registration } from '#domain/registration.ts';
import { newsOf } from '#client/store/registration-news.ts';

const registration: Registration = {
  id: '00000000-0000-4000-8000-000000000001',
  eventId: '00000000-0000-4000-8000-000000000002',
  subjectId: '00000000-0000-4000-8000-000000000002',
  firstName: 'Ana',
  lastName: 'Le Goff',
  email: 'ana@example.org',
  party: 1,
  state: 'confirmed',
  requestedAt: '2026-11-01T08:00:00.000Z',
};
const what = (before: Registration['state'] | undefined, now: Partial<Registration>): string[] =>
  newsOf([{ ...registration, ...now }], before ? { [registration.id]: before } : {}).map((one) => one.what);

test('a place that came free and an answer of the organiser are told; what one knows or did oneself is not', () => {
  expect(what('waitlisted', { state: 'confirmed' })).toEqual(['moved_up']);
  expect(what('requested', { state: 'confirmed' })).toEqual(['approved']);
  expect(what('requested', { state: 'refused', reason: 'by_organiser' })).toEqual(['refused']);
  expect(what('confirmed', { state: 'cancelled', reason: 'by_organiser' })).toEqual(['cancelled']);
  expect(what('confirmed', { state: 'cancelled' })).toEqual([]);
  expect(what('confirmed', { state: 'confirmed' })).toEqual([]);
  expect(what('requested', { state: 'waitlisted' })).toEqual([]);
  // Just asked for, or found again on this phone: it stands in the tickets.
  expect(what(undefined, { state: 'confirmed' })).toEqual([]);
});
