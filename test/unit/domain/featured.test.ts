import { expect, test } from 'vitest';
import { cardOf } from '#domain/event-card.ts';
import type { Featured } from '#domain/featured.ts';
import { mayFeature, shownOf, unshown } from '#domain/featured.ts';
import { anEvent } from './an-event.ts';

const now = Date.parse('2026-11-20T09:00:00Z');
const moment = { now, today: '2026-11-20' };
const slot = { date: '2026-11-24', start: '10:00', end: '11:00', zone: 'Europe/Paris' };
const card = (id: string, more: object = {}) => cardOf(anEvent({ id, sessions: [{ id: `${id}-s`, slot }], ...more }));

test('an event is shown on its days, as long as it takes place', () => {
  const fine = card('a');
  expect(unshown({ eventId: 'a' }, fine, moment)).toBeUndefined();
  expect(unshown({ eventId: 'a', from: '2026-11-20', to: '2026-11-20' }, fine, moment)).toBeUndefined();
  expect(unshown({ eventId: 'a', from: '2026-11-21' }, fine, moment)).toBe('not_yet');
  expect(unshown({ eventId: 'a', to: '2026-11-19' }, fine, moment)).toBe('no_longer');
  expect(unshown({ eventId: 'a' }, card('a', { status: 'cancelled' }), moment)).toBe('cancelled');
  expect(unshown({ eventId: 'a' }, undefined, moment)).toBe('absent');
  const after = { now: Date.parse('2026-11-24T10:00:00Z'), today: '2026-11-24' };
  expect(unshown({ eventId: 'a' }, fine, after)).toBe('over');
});

test('what is shown keeps the order in which it was chosen, and leaves out what is not', () => {
  const featured: Featured = {
    id: 'e/home',
    editionId: 'e',
    place: 'home',
    events: [{ eventId: 'c' }, { eventId: 'gone' }, { eventId: 'b' }, { eventId: 'a' }],
    updatedAt: '2026-11-20T08:00:00.000Z',
  };
  const cards = [card('a'), card('b', { status: 'cancelled' }), card('c', { sessions: [] })];
  expect(shownOf(featured, cards, moment).map((one) => one.id)).toEqual(['c', 'a']);
  expect(shownOf(undefined, cards, moment)).toEqual([]);
});

test('the national team chooses everywhere, a correspondent for their regions, nobody else', () => {
  const who = (role: 'national' | 'regional' | 'organiser' | 'auditor') => ({ role, regions: ['53'], bodies: [] });
  expect([mayFeature(who('national'), 'home'), mayFeature(who('national'), '76')]).toEqual([true, true]);
  expect(['home', '53', '76'].map((place) => mayFeature(who('regional'), place))).toEqual([false, true, false]);
  expect(mayFeature(who('organiser'), '53') || mayFeature(who('auditor'), 'home')).toBe(false);
});
