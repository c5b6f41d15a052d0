import { describe, expect, test } from 'vitest';
import type { RegistrationPolicy, Subject } from '#domain/programme.ts';
import type { Seats } from '#domain/registration.ts';
import { decideRegistration, emailKey, isOver, maxPartyOf, placesOf, promoted } from '#domain/registration.ts';
import { anEvent, id } from './an-event.ts';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const slot = { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' };
const event = anEvent({ sessions: [{ id: id(101), slot }] });
const NONE: Seats = { confirmed: 0, waiting: 0 };
const FULL: Seats = { confirmed: 10, waiting: 0 };
const decide = (policy: RegistrationPolicy, party = 1, seats = NONE, now = NOW, of = event) =>
  decideRegistration(of, { id: of.id, eventId: of.id, policy }, party, seats, now);
const refused = (reason: string) => ({ state: 'refused', reason });

describe('a registration', () => {
  const open: RegistrationPolicy = { mode: 'open', capacity: 10, maxParty: 4 };
  test('is confirmed while it fits', () => {
    expect(decide(open, 4, { confirmed: 6, waiting: 0 })).toEqual({ state: 'confirmed' });
    expect(decide({ mode: 'open' }, 1, { confirmed: 1_000_000, waiting: 0 })).toEqual({ state: 'confirmed' });
  });
  test('is refused, or waits where there is a list, once it does not', () => {
    expect(decide(open, 1, FULL)).toEqual(refused('full'));
    expect(decide(open, 4, { confirmed: 7, waiting: 0 })).toEqual(refused('full'));
    expect(decide({ ...open, waitingList: true }, 1, FULL)).toEqual({ state: 'waitlisted' });
  });
  test('does not overtake those who wait, even where it would fit', () => {
    const waiting: Seats = { confirmed: 8, waiting: 4 };
    expect(decide({ ...open, waitingList: true }, 1, waiting)).toEqual({ state: 'waitlisted' });
    expect(decide(open, 1, waiting)).toEqual(refused('full'));
  });
  test('of a party that never fits does not wait for ever', () => {
    expect(decide({ mode: 'open', capacity: 3, maxParty: 9, waitingList: true }, 4)).toEqual(
      refused('party_too_large'),
    );
    expect(decide({ mode: 'open', capacity: 0, waitingList: true })).toEqual(refused('party_too_large'));
  });
  test('of more than the largest party is refused; one person where nothing is said', () => {
    expect(decide(open, 5)).toEqual(refused('party_too_large'));
    expect(decide({ mode: 'open' }, 2)).toEqual(refused('party_too_large'));
    expect(maxPartyOf({ mode: 'open', maxParty: 8, capacity: 6 })).toBe(6);
  });
  test('awaits the organiser where they approve', () => {
    expect(decide({ mode: 'approval', capacity: 1 }, 1, FULL)).toEqual({ state: 'requested' });
  });
  test('is not taken here, or not at all', () => {
    expect(decide({ mode: 'none' })).toEqual(refused('not_open'));
    expect(decide({ mode: 'external', url: 'https://example.org' })).toEqual(refused('external'));
  });
  test('closes at the moment that is said, and once the last slot has ended', () => {
    const closesAt = '2026-11-23T17:00:00Z';
    expect(decide({ ...open, closesAt }, 1, NONE, Date.parse(closesAt) - 1)).toEqual({ state: 'confirmed' });
    expect(decide({ ...open, closesAt }, 1, NONE, Date.parse(closesAt))).toEqual(refused('closed'));
    expect(decide(open, 1, NONE, Date.parse('2026-11-24T10:59:59Z'))).toEqual({ state: 'confirmed' });
    expect(decide(open, 1, NONE, Date.parse('2026-11-24T11:00:00Z'))).toEqual(refused('event_over'));
  });
  test('to something cancelled is refused, whichever of the two is', () => {
    expect(decide(open, 1, NONE, NOW, anEvent({ ...event, status: 'cancelled' }))).toEqual(refused('event_cancelled'));
    const subject: Subject = {
      id: id(101),
      eventId: event.id,
      session: { id: id(101), slot, status: 'cancelled' },
      policy: open,
    };
    expect(decideRegistration(event, subject, 1, NONE, NOW)).toEqual(refused('event_cancelled'));
  });
});

describe('over', () => {
  const subject: Subject = { id: event.id, eventId: event.id, policy: { mode: 'open' } };
  test('is what has ended on its last day, and never what has no session', () => {
    const later = { id: id(102), slot: { ...slot, date: '2026-11-26' } };
    const both = anEvent({ sessions: [...event.sessions, later] });
    expect(isOver(both, subject, Date.parse('2026-11-25T00:00:00Z'))).toBe(false);
    expect(isOver(both, subject, Date.parse('2026-11-27T00:00:00Z'))).toBe(true);
    expect(isOver(anEvent(), subject, Date.parse('2199-01-01T00:00:00Z'))).toBe(false);
  });
  test('overseas it ends by its own clock', () => {
    const there = anEvent({ sessions: [{ id: id(101), slot: { date: '2026-11-24', zone: 'America/Martinique' } }] });
    expect(isOver(there, subject, Date.parse('2026-11-25T03:59:00Z'))).toBe(false);
    expect(isOver(there, subject, Date.parse('2026-11-25T04:00:00Z'))).toBe(true);
  });
});

describe('the waiting list', () => {
  const parties = (...sizes: number[]) => sizes.map((party, n) => ({ party, n }));
  test('moves up in order, as far as seats go', () => {
    expect(promoted(parties(1, 2, 1), 7, 10).map((p) => p.n)).toEqual([0, 1]);
    expect(promoted(parties(1, 1), 10, 10)).toEqual([]);
    expect(promoted(parties(5, 5), 0, undefined)).toHaveLength(2);
  });
  test('is held back by the first party that does not fit', () => {
    expect(promoted(parties(4, 1), 7, 10)).toEqual([]);
  });
});

test('the public is told a class, never a number', () => {
  const of = (capacity: number, confirmed: number, waiting = 0) =>
    placesOf({ mode: 'open', capacity }, { confirmed, waiting });
  expect(of(100, 89)).toBe('open');
  expect(of(100, 90)).toBe('few');
  expect(of(20, 14)).toBe('open');
  expect(of(20, 15)).toBe('few');
  expect(of(20, 20)).toBe('full');
  expect(of(20, 12, 3)).toBe('full');
  expect(of(10, 12)).toBe('full');
  expect(placesOf({ mode: 'open' }, FULL)).toBe('open');
});

test('one address is one person whatever the case and the spaces', () => {
  expect(emailKey('  Helene.O@Example.ORG ')).toBe('helene.o@example.org');
});
