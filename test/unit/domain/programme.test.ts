import { describe, expect, test } from 'vitest';
import { cardOf } from '#domain/event-card.ts';
import type { ProgrammeEvent, RegistrationPolicy, Session } from '#domain/programme.ts';
import { slotsOf, subjectsOf, venueOf } from '#domain/programme.ts';
import { anEvent, id } from './an-event.ts';

const OPEN: RegistrationPolicy = { mode: 'open', capacity: 10 };
const session = (n: number, more: Partial<Session> = {}): Session => ({
  id: id(100 + n),
  slot: { date: `2026-11-2${n}`, start: '10:00', end: '11:00', zone: 'Europe/Paris' },
  ...more,
});

describe('what one registers for', () => {
  test('is the event as a whole when no session takes registrations', () => {
    const event = anEvent({
      registration: OPEN,
      sessions: [session(1), session(2, { registration: { mode: 'none' } })],
    });
    expect(subjectsOf(event)).toEqual([{ id: event.id, eventId: event.id, policy: OPEN }]);
    expect(slotsOf(event, event.id)).toHaveLength(2);
  });
  test('is each session that does, and the event no more', () => {
    const event = anEvent({ registration: OPEN, sessions: [session(1, { registration: OPEN }), session(2)] });
    expect(subjectsOf(event).map((s) => s.id)).toEqual([id(101)]);
    expect(slotsOf(event, id(101)).map((s) => s.date)).toEqual(['2026-11-21']);
  });
  test('is nothing where nobody registers', () => {
    expect(subjectsOf(anEvent({ registration: { mode: 'none' } }))).toEqual([]);
  });
});

test("a session's venue is its own, else the event's first, else none", () => {
  const venues = [
    { id: id(1), name: 'Un' },
    { id: id(2), name: 'Deux' },
  ];
  const event = anEvent({ venues });
  expect(venueOf(event, session(1, { venueId: id(2) }))?.name).toBe('Deux');
  expect(venueOf(event, session(1, { venueId: id(9) }))?.name).toBe('Un');
  expect(venueOf(event)?.name).toBe('Un');
  expect(venueOf(anEvent({ venues: [] }))).toBeUndefined();
  expect(venueOf(anEvent({ venues, attendanceMode: 'online', status: 'moved_online' }))).toBeUndefined();
});

describe('the card of an event', () => {
  const withPlaces = (...places: NonNullable<RegistrationPolicy['places']>[]): ProgrammeEvent =>
    anEvent({ sessions: places.map((p, n) => session(n + 1, { registration: { ...OPEN, places: p } })) });

  test('says the best of the free places, and nothing where nobody registers', () => {
    expect(cardOf(withPlaces('full', 'few')).places).toBe('few');
    expect(cardOf(withPlaces('full', 'open')).places).toBe('open');
    expect(cardOf(withPlaces('full')).places).toBe('full');
    expect(cardOf(anEvent({ registration: { mode: 'none' } }))).not.toHaveProperty('places');
  });
  test('has the room that all its sessions share', () => {
    const inRooms = (...rooms: (string | undefined)[]): ProgrammeEvent =>
      anEvent({ sessions: rooms.map((room, n) => session(n + 1, room === undefined ? {} : { room })) });
    expect(cardOf(inRooms('Janson')).room).toBe('Janson');
    expect(cardOf(inRooms('Janson', 'Janson')).room).toBe('Janson');
    for (const event of [inRooms(), inRooms(undefined), inRooms('Janson', 'K.1.105'), inRooms('Janson', undefined)])
      expect(cardOf(event)).not.toHaveProperty('room');
    expect(cardOf({ ...inRooms('Janson'), attendanceMode: 'online' })).not.toHaveProperty('room');
  });
  test('has the slots in order and only venues that can be put on a map', () => {
    const card = cardOf(
      anEvent({
        sessions: [session(3), session(1)],
        venues: [
          { id: id(1), name: 'Sans position', city: 'Albi' },
          { id: id(2), name: 'Avec', position: { lat: 43.6, lon: 3.9, approximate: true } },
        ],
      }),
    );
    expect(card.slots.map((s) => s.date)).toEqual(['2026-11-21', '2026-11-23']);
    expect(card.venues).toEqual([{ name: 'Avec', position: { lat: 43.6, lon: 3.9, approximate: true } }]);
    expect(card.city).toBe('Albi');
  });
  test('leaves out what the event does not say', () => {
    const card = cardOf(anEvent({ organisers: [], venues: [] }));
    expect(Object.values(card)).not.toContain(undefined);
    expect(card).not.toHaveProperty('organiser');
    expect(card.tour).toBe(false);
  });
});
