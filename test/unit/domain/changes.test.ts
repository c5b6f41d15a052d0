import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventFacts, SessionFacts } from '#domain/changes.ts';
import { changesBetween, factsOf } from '#domain/changes.ts';
import { anEvent } from '../../support/test-app.ts';

const SESSION: SessionFacts = {
  id: '00000000-0000-8000-8001-000000000001',
  slot: { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' },
  place: 'Médiathèque, Nantes',
  room: 'B12',
};
const KNOWN: EventFacts = { title: { fr: 'Atelier' }, status: 'scheduled', sessions: [SESSION] };
const withSession = (part: Partial<SessionFacts>): EventFacts => ({ ...KNOWN, sessions: [{ ...SESSION, ...part }] });

describe('what changed in an event that somebody follows', () => {
  test('nothing, when nothing did', () => {
    expect(changesBetween(KNOWN, KNOWN)).toEqual([]);
    const event = anEvent(1);
    expect(changesBetween(factsOf(event), factsOf({ ...event, description: { fr: 'Autre texte' } }))).toEqual([]);
  });
  test('another hour, another room, another place', () => {
    const slot = { ...SESSION.slot, start: '14:00', end: '16:00' };
    expect(changesBetween(KNOWN, withSession({ slot, room: 'A1', place: 'Mairie, Nantes' }))).toMatchObject([
      { kind: 'time', from: SESSION.slot, to: slot },
      { kind: 'place', from: 'Médiathèque, Nantes', to: 'Mairie, Nantes' },
      { kind: 'room', from: 'B12', to: 'A1' },
    ]);
  });
  test('cancelled, as a whole or one session, and on again', () => {
    expect(changesBetween(KNOWN, { ...KNOWN, status: 'cancelled' })).toMatchObject([
      { kind: 'status', to: 'cancelled' },
    ]);
    expect(changesBetween(KNOWN, withSession({ status: 'cancelled' }))).toMatchObject([
      { kind: 'status', to: 'cancelled', session: { id: SESSION.id } },
    ]);
    expect(changesBetween({ ...KNOWN, status: 'postponed' }, KNOWN)).toMatchObject([
      { kind: 'status', to: 'scheduled' },
    ]);
  });
  test('full, or rescheduled in words, is no news beside the places and the times', () => {
    expect(changesBetween(KNOWN, { ...KNOWN, status: 'full' })).toEqual([]);
    expect(changesBetween(KNOWN, { ...KNOWN, status: 'rescheduled' })).toEqual([]);
  });
  test('a session more, a session less, and gone from the programme', () => {
    const other = { ...SESSION, id: '00000000-0000-8000-8001-000000000002' };
    expect(changesBetween(KNOWN, { ...KNOWN, sessions: [SESSION, other] })).toMatchObject([{ kind: 'added' }]);
    expect(changesBetween({ ...KNOWN, sessions: [SESSION, other] }, KNOWN)).toMatchObject([{ kind: 'removed' }]);
    expect(changesBetween(KNOWN, undefined)).toEqual([{ kind: 'withdrawn' }]);
  });
  test('whoever has seen the changes has none left, whatever they were', () => {
    const slot = fc.record({
      date: fc.constantFrom('2026-11-24', '2026-11-25'),
      start: fc.constantFrom('09:00', '14:00'),
      zone: fc.constantFrom('Europe/Paris', 'Indian/Reunion'),
    });
    const session = fc.record({ id: fc.constantFrom('a', 'b', 'c'), slot, room: fc.constantFrom('1', '2') });
    const facts = fc.record({
      title: fc.constant({ fr: 'x' }),
      status: fc.constantFrom('scheduled' as const, 'cancelled' as const, 'full' as const),
      sessions: fc.uniqueArray(session, { selector: (one) => one.id }),
    });
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        expect(changesBetween(after, after)).toEqual([]);
        const told = changesBetween(before, after);
        const same = JSON.stringify(before) === JSON.stringify(after);
        if (same) expect(told).toEqual([]);
      }),
    );
  });
});
