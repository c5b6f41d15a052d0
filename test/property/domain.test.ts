import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckIn } from '#domain/check-in.ts';
import { verdicts } from '#domain/check-in.ts';
import { verdictOf } from '#domain/verdict.ts';
import { base32Decode, base32Encode } from '#domain/base32.ts';
import {
  addDays,
  daysBetween,
  instantOf,
  isLocalDate,
  isLocalTime,
  lastDay,
  localOf,
  slotBounds,
} from '#domain/dates.ts';
import { isUuid, uuidFromBytes, uuidToBytes, uuidV7, uuidV8 } from '#domain/ids.ts';
import type { RegistrationPolicy } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import { decideRegistration, placesOf, promoted } from '#domain/registration.ts';
import { fold, slugOf } from '#domain/text.ts';
import { readCode, shortCodeOf, ticketBody, ticketText } from '#domain/ticket.ts';
import { anEvent } from '../unit/domain/an-event.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const uuid = bytes(16).map((b) => uuidFromBytes(b));
const date = fc
  .integer({ min: Date.UTC(1972, 0, 1) / 86_400_000, max: Date.UTC(2199, 11, 30) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((p) => p.map((n) => String(n).padStart(2, '0')).join(':'));
const zone = fc.constantFrom(
  ...new Set(regionsAndNational.map((r) => r.zone)),
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
);
const slot = fc
  .record({ date, zone, start: fc.option(time), end: fc.option(time), days: fc.option(fc.integer({ min: 0, max: 9 })) })
  .map(({ date: day, zone: z, start, end, days }) => ({
    date: day,
    zone: z,
    ...(start === null ? {} : { start }),
    ...(end === null ? {} : { end }),
    ...(days === null ? {} : { endDate: addDays(day, days) }),
  }));

describe('clocks', () => {
  test('a wall clock that exists reads back as it was set; one that is skipped reads later, the same day', () => {
    fc.assert(
      fc.property(date, time, zone, (d, t, z) => {
        const back = localOf(instantOf(d, t, z), z);
        expect(back.date).toBe(d);
        expect(back.time >= t).toBe(true);
        if (back.time !== t) expect(instantOf(d, back.time, z)).toBe(instantOf(d, t, z));
      }),
    );
  });
  test('every moment has one wall clock, a valid one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 0, 1) }), zone, (instant, z) => {
        const { date: d, time: t } = localOf(instant, z);
        expect(isLocalDate(d) && isLocalTime(t)).toBe(true);
        // An hour that comes twice is the first of the two, so the way back is exact or an hour (here half an hour) early.
        const difference = instant - instantOf(d, t, z);
        expect(difference >= 0 && difference < 2 * 3_600_000).toBe(true);
      }),
    );
  });
  test('days add up', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -9999, max: 9999 }), (d, n) => {
        expect(daysBetween(d, addDays(d, n))).toBe(n);
        expect(addDays(addDays(d, n), -n)).toBe(d);
      }),
    );
  });
  test('a slot never ends before it begins, and within its last day and a bit', () => {
    fc.assert(
      fc.property(slot, (s) => {
        const { from, to } = slotBounds(s);
        expect(to >= from).toBe(true);
        expect(to <= Math.max(from, instantOf(addDays(lastDay(s), 1), '00:00', s.zone))).toBe(true);
      }),
    );
  });
});

describe('ids and codes', () => {
  test('bytes survive being a UUID, a UUID being bytes', () => {
    fc.assert(
      fc.property(bytes(16), (b) => {
        expect(uuidToBytes(uuidFromBytes(b))).toEqual(b);
      }),
    );
  });
  test('made ids are canonical, with their version, whatever goes in', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), bytes(10), bytes(32), (now, random, digest) => {
        expect(isUuid(uuidV7(now, random)) && uuidV7(now, random)[14] === '7').toBe(true);
        expect(isUuid(uuidV8(digest)) && uuidV8(digest)[14] === '8').toBe(true);
      }),
    );
  });
  test('bytes survive base 32, and each text stands for one value', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 130 }),
        fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), maxLength: 40 }),
        (b, text) => {
          expect(base32Decode(base32Encode(b))).toEqual(b);
          const decoded = base32Decode(text);
          if (decoded) expect(base32Encode(decoded)).toBe(text);
        },
      ),
    );
  });
  const ticket = fc.record({
    keyId: bytes(4).map((b) => Buffer.from(b).toString('hex')),
    ticketId: uuid,
    eventId: uuid,
    subjectId: uuid,
    party: fc.integer({ min: 1, max: 255 }),
    issuedAt: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  });
  test('a ticket survives its text', () => {
    fc.assert(
      fc.property(ticket, bytes(64), (t, signature) => {
        const code = readCode(ticketText(ticketBody(t), signature));
        expect(code).toMatchObject({ kind: 'ticket', ticket: t });
        if (code.kind === 'ticket') {
          expect(ticketBody(code.ticket)).toEqual(code.body);
          expect(code.signature).toEqual(signature);
        }
        expect(readCode(shortCodeOf(t.ticketId))).toEqual({ kind: 'short', code: shortCodeOf(t.ticketId) });
      }),
    );
  });
  test('no text whatever throws, and only whole tickets are tickets', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ maxLength: 250 }).map((t) => `ESCALE1${t}`),
      fc.tuple(ticket, bytes(64), fc.nat(230), fc.string({ maxLength: 3 })).map(([t, s, at, more]) => {
        const text = ticketText(ticketBody(t), s);
        return text.slice(0, at) + more + text.slice(at + 1);
      }),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const code = readCode(text);
        if (code.kind === 'ticket') expect([code.body.length, code.signature.length]).toEqual([58, 64]);
        if (code.kind === 'short') expect(code.code).toMatch(/^[0-9A-Z]{8}$/);
      }),
    );
  });
});

describe('places', () => {
  const policy: fc.Arbitrary<RegistrationPolicy> = fc.record({
    mode: fc.constant('open' as const),
    capacity: fc.integer({ min: 0, max: 30 }),
    waitingList: fc.boolean(),
    maxParty: fc.integer({ min: 1, max: 8 }),
  });
  const act = fc.record({ cancel: fc.boolean(), party: fc.integer({ min: 1, max: 9 }), which: fc.nat() });

  /** A subject as the server keeps it, by the rules alone. */
  test('11: capacity is never exceeded, nobody overtakes, and no seat stays empty before someone who fits it', () => {
    fc.assert(
      fc.property(policy, fc.array(act, { maxLength: 80 }), (p, acts) => {
        const event = anEvent({ registration: p });
        let inside: { party: number; n: number }[] = [];
        let waiting: { party: number; n: number }[] = [];
        const seats = (of: readonly { party: number }[]): number => of.reduce((sum, one) => sum + one.party, 0);
        acts.forEach(({ cancel, party, which }, n) => {
          if (cancel) {
            const all = [...inside, ...waiting];
            const gone = all[which % Math.max(1, all.length)];
            inside = inside.filter((one) => one !== gone);
            waiting = waiting.filter((one) => one !== gone);
            const up = promoted(waiting, seats(inside), p.capacity);
            expect(up).toEqual(waiting.slice(0, up.length));
            inside.push(...up);
            waiting = waiting.slice(up.length);
          } else {
            const before = { confirmed: seats(inside), waiting: seats(waiting) };
            const decision = decideRegistration(
              event,
              { id: event.id, eventId: event.id, policy: p },
              party,
              before,
              0,
            );
            if (decision.state === 'confirmed') {
              expect(waiting).toEqual([]);
              inside.push({ party, n });
            } else if (decision.state === 'waitlisted') {
              expect(p.waitingList).toBe(true);
              waiting.push({ party, n });
            }
          }
          expect(seats(inside)).toBeLessThanOrEqual(p.capacity!);
          expect(waiting.map((one) => one.n)).toEqual(waiting.map((one) => one.n).toSorted((a, b) => a - b));
          if (waiting[0]) expect(seats(inside) + waiting[0].party).toBeGreaterThan(p.capacity!);
          const told = placesOf(p, { confirmed: seats(inside), waiting: seats(waiting) });
          expect(told === 'full').toBe(seats(inside) >= p.capacity! || waiting.length > 0);
        });
      }),
    );
  });
});

describe('the door', () => {
  const question = fc.record({
    party: fc.integer({ min: 1, max: 9 }),
    counts: fc.array(fc.record({ count: fc.integer({ min: 1, max: 5 }), undone: fc.boolean() }), { maxLength: 6 }),
    revoked: fc.boolean(),
    right: fc.boolean(),
    state: fc.constantFrom('confirmed', 'requested', 'waitlisted', 'refused', 'cancelled', undefined),
    count: fc.option(fc.integer({ min: -3, max: 20 })),
    slots: fc.array(slot, { maxLength: 3 }),
    now: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }),
  });
  test('never lets in more than the party, and says how many are in', () => {
    fc.assert(
      fc.property(
        question,
        uuid,
        uuid,
        ({ party, counts, revoked, right, state, count, slots, now }, ticketId, eventId) => {
          const checkIns = counts.map(({ count: c, undone }, n): CheckIn => ({
            id: eventId,
            eventId,
            ticketId,
            count: c,
            at: new Date(now - n * 1000).toISOString(),
            deviceId: eventId,
            door: 'A',
            ...(undone ? { undoneAt: new Date(now).toISOString() } : {}),
          }));
          const answer = verdictOf({
            presented: { ticketId, eventId: right ? eventId : ticketId, subjectId: eventId, party },
            eventId,
            ...(state
              ? { entry: { registrationId: eventId, subjectId: eventId, firstName: 'A', lastName: 'B', party, state } }
              : {}),
            revoked,
            checkIns,
            slots,
            now,
            ...(count === null ? {} : { count }),
          });
          const admitted = counts.filter((c) => !c.undone).reduce((sum, c) => sum + c.count, 0);
          const inside = Math.min(party, admitted);
          expect(verdicts).toContain(answer.verdict);
          expect(answer.inside).toBe(inside);
          expect(answer.count > 0).toBe(answer.verdict === 'admitted');
          if (answer.verdict === 'admitted') expect(inside + answer.count).toBeLessThanOrEqual(party);
          if (revoked && right) expect(answer.verdict).toBe('revoked');
          if (!right && ticketId !== eventId) expect(answer.verdict).toBe('wrong_event');
        },
      ),
    );
  });
});

describe('texts', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 120 });
  test('folding twice is folding once, and case and accents do not matter', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(fold(fold(t))).toBe(fold(t));
        expect(fold(t.normalize('NFD'))).toBe(fold(t.normalize('NFC')));
      }),
    );
  });
  test('an address is always one', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(slugOf(t)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/);
        expect(slugOf(slugOf(t))).toBe(slugOf(t));
      }),
    );
  });
});
