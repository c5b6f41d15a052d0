import { expect, test } from 'vitest';
import type { EventCard } from '#domain/event-card.ts';
import { daysOfWhen, matchesFilter, readFilter, withoutPart, writeFilter } from '#domain/programme-filter.ts';

const card: EventCard = {
  id: '00000000-0000-4000-8000-000000000001',
  slug: 'a',
  editionId: '2026',
  region: '76',
  department: '34',
  title: { fr: 'Balade' },
  format: 'walk',
  themes: ['climat'],
  audiences: ['public', 'agents'],
  accessibility: [],
  attendanceMode: 'on_site',
  status: 'scheduled',
  slots: [{ date: '2026-11-24', endDate: '2026-11-26', zone: 'Europe/Paris' }],
  venues: [],
  tour: true,
};

test('an address that holds nonsense filters nothing', () => {
  const params = new URLSearchParams(
    `region=%3Cscript%3E&department=999&format=toString&public=constructor&theme=&from=2026-02-30&q=${'x'.repeat(300)}`,
  );
  expect(readFilter(params)).toEqual({});
});

test('a filter survives its address', () => {
  const filter = {
    q: 'été à',
    region: '76',
    department: '2A',
    format: 'walk',
    public: 'agents',
    from: '2026-11-01',
  } as const;
  expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
});

test('without its region a filter has no département', () => {
  expect(withoutPart({ region: '76', department: '34', format: 'walk' }, 'region')).toEqual({ format: 'walk' });
  expect(withoutPart({ region: '76', department: '34' }, 'department')).toEqual({ region: '76' });
});

test('each part narrows, and all of them together', () => {
  expect(matchesFilter(card, {})).toBe(true);
  expect(
    matchesFilter(card, { region: '76', department: '34', format: 'walk', public: 'public', theme: 'climat' }),
  ).toBe(true);
  for (const other of [
    { region: '11' },
    { department: '37' },
    { format: 'talk' },
    { public: 'managers' },
    { theme: 'budget' },
  ] as const)
    expect(matchesFilter(card, other)).toBe(false);
});

test('days count from the first to the last of a slot', () => {
  expect(matchesFilter(card, { from: '2026-11-26' })).toBe(true);
  expect(matchesFilter(card, { from: '2026-11-27' })).toBe(false);
  expect(matchesFilter(card, { to: '2026-11-24' })).toBe(true);
  expect(matchesFilter(card, { to: '2026-11-23' })).toBe(false);
  expect(matchesFilter({ ...card, slots: [] }, { from: '2026-11-01' })).toBe(false);
});

test('a search that found nothing leaves nothing, one not yet done leaves all', () => {
  expect(matchesFilter(card, { q: 'zz' }, new Set())).toBe(false);
  expect(matchesFilter(card, { q: 'ba' }, new Set([card.id]))).toBe(true);
  expect(matchesFilter(card, { q: 'ba' })).toBe(true);
});

test('what moves along with the clock: now, today, this week-end', () => {
  const at = (text: string) => ({ now: Date.parse(text), today: text.slice(0, 10) });
  const slot = { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' };
  const one = { ...card, slots: [slot] };
  expect(matchesFilter(one, { when: 'now' }, undefined, at('2026-11-24T09:30:00Z'))).toBe(true);
  expect(matchesFilter(one, { when: 'now' }, undefined, at('2026-11-24T11:00:00Z'))).toBe(false);
  expect(matchesFilter(one, { when: 'today' }, undefined, at('2026-11-24T23:00:00Z'))).toBe(true);
  expect(matchesFilter(one, { when: 'today' }, undefined, at('2026-11-25T08:00:00Z'))).toBe(false);
  expect(daysOfWhen('weekend', '2026-11-24')).toEqual({ from: '2026-11-28', to: '2026-11-29' });
  expect(daysOfWhen('weekend', '2026-11-28')).toEqual({ from: '2026-11-28', to: '2026-11-29' });
  expect(daysOfWhen('weekend', '2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
});

test('where one can be, what has places left, and who is welcomed', () => {
  const mixed = { ...card, attendanceMode: 'mixed' as const };
  expect(matchesFilter(mixed, { mode: 'online' })).toBe(true);
  expect(matchesFilter(mixed, { mode: 'on_site' })).toBe(true);
  expect(matchesFilter({ ...card, attendanceMode: 'online' }, { mode: 'on_site' })).toBe(false);
  expect(matchesFilter({ ...card, places: 'few' }, { places: 'free' })).toBe(true);
  expect(matchesFilter({ ...card, places: 'full' }, { places: 'free' })).toBe(false);
  expect(matchesFilter({ ...card, accessibility: ['mi'] }, { access: 'mi' })).toBe(true);
  expect(matchesFilter({ ...card, accessibility: ['mi'] }, { access: 'hi' })).toBe(false);
  expect(readFilter(new URLSearchParams('when=later&mode=space&places=all&access=zz'))).toEqual({});
});
