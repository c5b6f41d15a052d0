import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agendaOf } from '#domain/agenda.ts';
import { agendaFrames, readAgendaFrame } from '#domain/agenda-code.ts';
import { dueReminders } from '#domain/reminder.ts';
import { anEvent } from './an-event.ts';

const id = (n: number): string => `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`;

describe('an agenda in codes', () => {
  test('comes back whole from its codes, in any order and read twice', () => {
    const ids = Array.from({ length: 50 }, (_, n) => id(n));
    const frames = agendaFrames(ids);
    expect(frames).toHaveLength(4);
    const read = [...frames, frames[0]!].toReversed().map((frame) => readAgendaFrame(frame)!);
    expect(read.every((frame) => frame.parts === 4)).toBe(true);
    expect([...new Set(read.flatMap((frame) => frame.events))].toSorted()).toEqual(ids);
    // A phone's camera reads a code of this many characters at arm's length.
    for (const frame of frames) expect(frame.length).toBeLessThan(450);
  });

  test('anything else is no code, and breaks nothing', () => {
    const [whole] = agendaFrames([id(1), id(2)]);
    for (const wrong of ['', '#', '#ajouter=', '#ajouter=1.1.', '#ajouter=0.1.00', '#ajouter=2.1.00', `${whole}0`])
      expect(readAgendaFrame(wrong), wrong).toBeUndefined();
    expect(readAgendaFrame(whole!.slice(0, -1))).toBeUndefined();
    expect(readAgendaFrame(`#ajouter=1.1.${'0'.repeat(5000)}`)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readAgendaFrame(`#ajouter=1.1.${text}`);
        return read === undefined || read.events.every((one) => one.length === 36);
      }),
    );
  });
});

describe('reminders', () => {
  const slot = { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' };
  const event = anEvent({ sessions: [{ id: id(9), slot }] });
  const { days } = agendaOf([event], new Set([event.id]), []);
  const at = (text: string): number => Date.parse(`${text}+01:00`);
  const keys = (...args: [lead: 'none' | 'hour' | 'day', now: number, said?: string[]]): string[] =>
    dueReminders(days, args[0], new Set(args[2]), args[1]).map((one) => one.key);

  test('come from so long before until it begins, once', () => {
    const [key] = keys('day', at('2026-11-24T09:30:00'));
    expect(key).toBeDefined();
    expect(keys('day', at('2026-11-23T09:59:00'))).toEqual([]);
    expect(keys('day', at('2026-11-23T10:00:00'))).toEqual([key]);
    expect(keys('hour', at('2026-11-24T08:59:00'))).toEqual([]);
    expect(keys('hour', at('2026-11-24T09:00:00'))).toEqual([key]);
    expect(keys('hour', at('2026-11-24T10:00:00'))).toEqual([]);
    expect(keys('none', at('2026-11-24T09:30:00'))).toEqual([]);
    expect(keys('day', at('2026-11-24T09:30:00'), [key!])).toEqual([]);
  });

  test('never of what one has just added: at the next time, or not at all', () => {
    const due = (now: string, added: string): number =>
      dueReminders(days, 'day', new Set(), at(now), () => at(added)).length;
    expect(due('2026-11-23T18:00:00', '2026-11-22T18:00:00')).toBe(1);
    expect(due('2026-11-23T18:00:00', '2026-11-23T17:59:00')).toBe(0);
    expect(due('2026-11-24T09:05:00', '2026-11-23T17:59:00')).toBe(1);
    expect(due('2026-11-24T09:30:00', '2026-11-24T09:29:00')).toBe(0);
  });

  test('never of what was cancelled', () => {
    const off = agendaOf([{ ...event, status: 'cancelled' }], new Set([event.id]), []).days;
    expect(dueReminders(off, 'day', new Set(), at('2026-11-24T09:30:00'))).toEqual([]);
  });
});
