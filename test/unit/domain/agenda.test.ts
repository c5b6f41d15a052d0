import { expect, test } from 'vitest';
import { agendaOf, nextSlot, travelMinutes } from '#domain/agenda.ts';
import type { Slot } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function event(n: number, slots: readonly Partial<Slot>[], part: Partial<ProgrammeEvent> = {}): ProgrammeEvent {
  return {
    id: id(n),
    editionId: '2026',
    slug: `e${n}`,
    region: '76',
    title: { fr: `E${n}` },
    format: 'talk',
    themes: [],
    audiences: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [],
    venues: [],
    sessions: slots.map((slot, i) => ({
      id: id(n * 100 + i),
      slot: { date: '2026-11-24', zone: 'Europe/Paris', ...slot },
    })),
    accessibility: [],
    registration: { mode: 'open' },
    publishedAt: '2026-10-01T00:00:00Z',
    updatedAt: '2026-10-01T00:00:00Z',
    ...part,
  };
}

function registration(n: number, eventN: number, part: Partial<Registration> = {}): Registration {
  return {
    id: id(n),
    eventId: id(eventN),
    subjectId: id(eventN),
    firstName: 'Hélène',
    lastName: 'Ö',
    email: 'h@example.org',
    party: 1,
    state: 'confirmed',
    requestedAt: '2026-11-01T00:00:00Z',
    ...part,
  };
}

const names = (of: readonly ProgrammeEvent[]) => of.map((e) => e.title['fr']);

test('days in order, without hours first, then by start', () => {
  const events = [
    event(1, [{ start: '14:00', end: '15:00' }]),
    event(2, [{}]),
    event(3, [{ date: '2026-11-23', start: '09:00' }]),
  ];
  const { days } = agendaOf(events, new Set([id(1), id(2), id(3)]), []);
  expect(days.map((d) => [d.date, ...names(d.entries.map((e) => e.event))])).toEqual([
    ['2026-11-23', 'E3'],
    ['2026-11-24', 'E2', 'E1'],
  ]);
});

test('a noted event of several sessions is one entry a day, from the first start to the last end', () => {
  const programme = event(1, [
    { start: '10:40', end: '11:30' },
    { start: '10:00', end: '10:30' },
    { date: '2026-11-25', start: '09:00', end: '10:00' },
  ]);
  const { days } = agendaOf([programme], new Set([id(1)]), []);
  expect(days.map((d) => d.entries.map((e) => `${e.slot.start}-${e.slot.end}`))).toEqual([
    ['10:00-11:30'],
    ['09:00-10:00'],
  ]);
});

test('a registration stands for its session, and its event is not there twice', () => {
  const programme = event(1, [
    { start: '10:00', end: '11:00' },
    { start: '15:00', end: '16:00' },
  ]);
  const { days } = agendaOf([programme], new Set([id(1)]), [registration(9, 1, { subjectId: id(101) })]);
  expect(days[0]!.entries).toHaveLength(1);
  expect(days[0]!.entries[0]).toMatchObject({ slot: { start: '15:00' }, registration: { id: id(9) } });
});

test('what was given back or refused is there only if it is noted', () => {
  const one = event(1, [{ start: '10:00', end: '11:00' }]);
  const gone = [registration(9, 1, { state: 'cancelled' }), registration(8, 1, { state: 'refused' })];
  expect(agendaOf([one], new Set(), gone).days).toEqual([]);
  expect(agendaOf([one], new Set([id(1)]), gone).days[0]!.entries[0]!.registration).toBeUndefined();
});

test('overlaps are pointed out on both sides, across zones, and never for hours that nobody gave', () => {
  const events = [
    event(1, [{ start: '10:00', end: '11:00' }]),
    event(2, [{ start: '10:30', end: '12:00' }]),
    event(3, [{ start: '11:00', end: '12:00' }]),
    event(4, [{}]),
    event(5, [{ start: '13:00', end: '14:00', zone: 'Indian/Reunion' }]),
    event(6, [{ start: '10:00', end: '11:00' }], { status: 'cancelled' }),
  ];
  const { days } = agendaOf(events, new Set(events.map((e) => e.id)), []);
  const clashes = Object.fromEntries(
    days[0]!.entries.map((e) => [
      e.event.title['fr'],
      names(e.clashes).toSorted((a, b) => String(a).localeCompare(String(b))),
    ]),
  );
  expect(clashes).toEqual({
    E1: ['E2', 'E5'],
    E2: ['E1', 'E3', 'E5'],
    E3: ['E2'],
    E4: [],
    E5: ['E1', 'E2'],
    E6: [],
  });
});

test('what has no session is kept apart', () => {
  const podcast = event(1, []);
  expect(agendaOf([podcast], new Set([id(1)]), [])).toEqual({ days: [], undated: [podcast] });
});

test('the next slot is the first that is not over, and the first of all when all are', () => {
  const slots = [
    { date: '2026-11-28', zone: 'Europe/Paris' },
    { date: '2026-11-21', start: '14:00', end: '16:00', zone: 'Europe/Paris' },
  ];
  expect(nextSlot(slots, Date.parse('2026-11-21T14:59:00Z'))?.date).toBe('2026-11-21');
  expect(nextSlot(slots, Date.parse('2026-11-21T15:00:00Z'))?.date).toBe('2026-11-28');
  expect(nextSlot(slots, Date.parse('2026-12-21T15:00:00Z'))?.date).toBe('2026-11-21');
  expect(nextSlot([], 0)).toBeUndefined();
});

test('too little time for the way is said, with when else the event takes place', () => {
  const at = (lat: number) => ({ venues: [{ id: id(9), name: 'Lieu', position: { lat, lon: 2 } }] });
  const events = [
    event(1, [{ start: '10:00', end: '11:00' }], at(48)),
    event(
      2,
      [
        { start: '11:10', end: '12:00' },
        { start: '15:00', end: '16:00', date: '2026-11-25' },
      ],
      at(48.1),
    ),
    event(3, [{ start: '14:00', end: '15:00' }], at(48.1)),
  ];
  const { days } = agendaOf(events, new Set([id(1), id(2), id(3)]), []);
  const [first, second, third] = days[0]!.entries;
  expect(first!.tight).toBeUndefined();
  expect(second!.tight).toMatchObject({ from: { id: id(1) }, have: 10, need: travelMinutes(11_119) });
  expect(second!.others).toMatchObject([{ date: '2026-11-25', start: '15:00' }]);
  expect(third).toMatchObject({ clashes: [], others: [] });
  expect(third!.tight).toBeUndefined();
});

test('a way is walked when it is short, and takes a start when it is long', () => {
  expect([travelMinutes(0), travelMinutes(750), travelMinutes(2000), travelMinutes(10_000)]).toEqual([0, 10, 27, 32]);
});
