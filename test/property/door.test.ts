import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allotmentEnd, grantable } from '#domain/allotment.ts';
import type { CheckIn } from '#domain/check-in.ts';
import { verdictOf } from '#domain/verdict.ts';
import type { DoorQuestion } from '#domain/door-rules.ts';
import { listHours, opensFor, unanswered } from '#domain/door-rules.ts';
import { uuidFromBytes } from '#domain/ids.ts';
import { onList, presenceOf } from '#domain/presence.ts';
import { takenOf } from '#domain/registration.ts';
import type { CarriedRequest } from '#domain/request-code.ts';
import { REQUEST_PREFIX, readRequest, requestBody, requestText } from '#domain/request-code.ts';
import { readCode } from '#domain/ticket.ts';
import { anEvent } from '../unit/domain/an-event.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const uuid = bytes(16).map((b) => uuidFromBytes(b));
const NOW = Date.UTC(2026, 10, 17, 18);

interface Step {
  readonly count: number;
  readonly minute: number;
  readonly exit: boolean;
  readonly undone: boolean;
  readonly settled: 'mistake' | 'accepted' | undefined;
  readonly id: string;
}
const step = fc.record({
  count: fc.integer({ min: 1, max: 4 }),
  minute: fc.integer({ min: 0, max: 20 }),
  exit: fc.boolean(),
  undone: fc.boolean(),
  settled: fc.constantFrom('mistake' as const, 'accepted' as const, undefined, undefined, undefined),
  id: uuid,
});
const steps = fc.uniqueArray(step, { maxLength: 9, selector: (one) => one.id });
const party = fc.integer({ min: 1, max: 6 });

function recordOf({ count, minute, exit, undone, settled, id }: Step): CheckIn {
  const at = new Date(NOW + minute * 60_000).toISOString();
  return {
    id,
    eventId: '00000000-0000-8000-8000-000000000001',
    ticketId: '00000000-0000-8000-8000-000000000002',
    deviceId: '00000000-0000-8000-8000-000000000003',
    door: 'A',
    count,
    at,
    ...(exit ? { exit } : {}),
    ...(undone ? { undoneAt: at } : {}),
    ...(settled ? { settled: { as: settled, by: 'A', at } } : {}),
  };
}
const arrivals = (all: readonly Step[]): CheckIn[] =>
  all.map((one) => recordOf({ ...one, exit: false, undone: false, settled: undefined }));
const people = (all: readonly CheckIn[]): number => all.reduce((sum, one) => sum + one.count, 0);

describe('who is inside', () => {
  test('does not depend on the order in which the records became known', () => {
    fc.assert(
      fc.property(steps, party, fc.infiniteStream(fc.nat()), (all, size, dice) => {
        const records = all.map(recordOf);
        const keys = new Map(records.map((one) => [one.id, dice.next().value as number]));
        const shuffled = records.toSorted((a, b) => keys.get(a.id)! - keys.get(b.id)!);
        expect(presenceOf(shuffled, size)).toEqual(presenceOf(records, size));
      }),
    );
  });
  test('is never less than nobody nor more than the party and those accepted beyond it, and nobody is inside who has not arrived', () => {
    fc.assert(
      fc.property(steps, party, (all, size) => {
        const records = all.map(recordOf);
        const { inside, arrived, doubles } = presenceOf(records, size);
        const accepted = records.filter((one) => one.settled?.as === 'accepted');
        expect(inside).toBeGreaterThanOrEqual(0);
        expect(inside).toBeLessThanOrEqual(arrived);
        expect(arrived).toBeLessThanOrEqual(size + people(accepted));
        for (const { first, second, over } of doubles) {
          expect(over).toBeGreaterThan(0);
          expect(over).toBeLessThanOrEqual(second.count);
          expect(first.at <= second.at).toBe(true);
          expect(second.settled).toBeUndefined();
        }
      }),
    );
  });
  test('does not know what was taken back or was a mistake', () => {
    fc.assert(
      fc.property(steps, party, (all, size) => {
        const counted = all.filter((one) => !one.undone && one.settled !== 'mistake');
        expect(presenceOf(all.map(recordOf), size)).toEqual(presenceOf(counted.map(recordOf), size));
      }),
    );
  });
  test('without exits everybody is inside or beyond the party: nothing is dropped', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 9 }), party, (all, size) => {
        const records = arrivals(all.map((one) => ({ ...one, count: Math.min(one.count, size) })));
        const { inside, arrived, doubles } = presenceOf(records, size);
        expect(inside).toBe(arrived);
        expect(arrived + doubles.reduce((sum, one) => sum + one.over, 0)).toBe(people(records));
      }),
    );
  });
  test('once somebody has settled every double none is left, and it was one person or one more', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 9 }), party, fc.boolean(), (all, size, more) => {
        let records = arrivals(all.map((one) => ({ ...one, count: Math.min(one.count, size) })));
        const before = presenceOf(records, size);
        const settled = { as: more ? ('accepted' as const) : ('mistake' as const), by: 'A', at: records[0]!.at };
        for (let round = 0; round <= all.length; round++) {
          const open = new Set(presenceOf(records, size).doubles.map((one) => one.second.id));
          records = records.map((one) => (open.has(one.id) ? { ...one, settled } : one));
        }
        const after = presenceOf(records, size);
        expect(after.doubles).toEqual([]);
        if (more) expect(after.inside).toBe(people(records));
        else expect(after.inside).toBeLessThanOrEqual(before.inside);
      }),
    );
  });
  test('who went out and came back is one arrival', () => {
    fc.assert(
      fc.property(party, fc.integer({ min: 1, max: 5 }), (size, times) => {
        const records = Array.from({ length: 2 * times + 1 }, (_, n) =>
          recordOf({
            count: size,
            minute: n,
            exit: n % 2 === 1,
            undone: false,
            settled: undefined,
            id: `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`,
          }),
        );
        expect(presenceOf(records, size)).toEqual({ inside: size, arrived: size, doubles: [] });
      }),
    );
  });
  test('is counted on each list by itself', () => {
    fc.assert(
      fc.property(steps, steps, party, uuid, (here, there, size, listId) => {
        const records = [...here.map(recordOf), ...there.map((one) => ({ ...recordOf(one), listId }))];
        expect(presenceOf(onList(records, undefined), size)).toEqual(presenceOf(here.map(recordOf), size));
        expect(onList(records, listId)).toHaveLength(there.length);
      }),
    );
  });
});

describe('the door', () => {
  const question = fc.record({
    steps,
    party,
    exit: fc.boolean(),
    onList: fc.boolean(),
    opens: fc.boolean(),
    hours: fc.constantFrom<'none' | 'open' | 'early' | 'late'>('none', 'open', 'early', 'late'),
    state: fc.constantFrom('confirmed', 'requested', 'waitlisted', 'refused', 'cancelled', undefined),
    admitsRequested: fc.boolean(),
    count: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    revoked: fc.boolean(),
  });
  test('lets in who has a place on this list in its hours, no more than the party, and holds nobody back who leaves', () => {
    fc.assert(
      fc.property(question, uuid, uuid, uuid, (q, ticketId, subjectId, listId) => {
        const hour = 3_600_000;
        const iso = (moment: number): string => new Date(moment).toISOString();
        const hours = {
          none: {},
          open: { opensAt: iso(NOW - hour), closesAt: iso(NOW + hour) },
          early: { opensAt: iso(NOW + 1) },
          late: { closesAt: iso(NOW) },
        }[q.hours];
        const list = { id: listId, name: { fr: 'Atelier' }, ...(q.opens ? {} : { subjectIds: [ticketId] }), ...hours };
        const here = q.onList ? { list } : {};
        const records = q.steps.map((one) => ({ ...recordOf(one), ...(q.onList ? { listId } : {}) }));
        const eventId = records[0]?.eventId ?? ticketId;
        const entry = {
          registrationId: ticketId,
          subjectId,
          firstName: 'A',
          lastName: 'B',
          party: q.party,
        };
        const { inside } = presenceOf(records, q.party);
        const answer = verdictOf({
          presented: { ticketId, eventId, subjectId, party: q.party },
          eventId,
          ...here,
          ...(q.state ? { entry: { ...entry, state: q.state } } : {}),
          revoked: q.revoked,
          admitsRequested: q.admitsRequested,
          exit: q.exit,
          checkIns: records,
          slots: [],
          ...(q.count === undefined ? {} : { count: q.count }),
          now: NOW,
        });
        expect(answer.inside).toBe(inside);
        expect(answer.count > 0).toBe(answer.verdict === 'admitted' || answer.verdict === 'left');
        if (q.exit) {
          expect(answer.verdict).toBe('left');
          return;
        }
        if (answer.verdict === 'admitted') expect(inside + answer.count).toBeLessThanOrEqual(q.party);
        const has = q.state === undefined || q.state === 'confirmed' || (q.state === 'requested' && q.admitsRequested);
        const mayCome =
          has && !q.revoked && (!q.onList || (opensFor(list, subjectId) && ['none', 'open'].includes(q.hours)));
        expect(answer.verdict === 'admitted' || answer.verdict === 'already_used').toBe(mayCome);
        if (answer.byList) expect(q.onList && has && !q.revoked).toBe(true);
      }),
    );
  });
  test('records of another list do not use a ticket up', () => {
    fc.assert(
      fc.property(steps, uuid, uuid, (all, listId, ticketId) => {
        const records = arrivals(all).map((one) => ({ ...one, listId }));
        const presented = { ticketId, eventId: ticketId, subjectId: ticketId, party: 1 };
        const asked = { presented, eventId: ticketId, revoked: false, checkIns: records, slots: [], now: NOW };
        expect(verdictOf(asked).verdict).toBe('admitted');
      }),
    );
  });
});

describe('rules of doors', () => {
  const moment = fc.integer({ min: NOW - 1e9, max: NOW + 1e9 });
  test('a list opens at its first moment and is closed from its last one on', () => {
    fc.assert(
      fc.property(uuid, fc.option(moment), fc.option(moment), moment, (id, from, to, now) => {
        const list = {
          id,
          name: { fr: 'L' },
          ...(from === null ? {} : { opensAt: new Date(from).toISOString() }),
          ...(to === null ? {} : { closesAt: new Date(to).toISOString() }),
        };
        const answer = listHours(list, now);
        expect(answer === undefined).toBe(from === null && to === null);
        if (answer === 'open') expect((from ?? now) <= now && now < (to ?? now + 1)).toBe(true);
        if (answer === 'not_yet') expect(now).toBeLessThan(from!);
        if (answer === 'expired') expect(now).toBeGreaterThanOrEqual(to!);
      }),
    );
  });
  const aQuestion = fc.record({
    id: uuid,
    kind: fc.constantFrom<DoorQuestion['kind']>('yes_no', 'choice', 'text'),
    required: fc.boolean(),
    options: fc.array(fc.constant({ fr: 'o' }), { maxLength: 4 }),
  });
  test('what is answered is an answer to its question; only what need not be answered may be left out', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(aQuestion, { selector: (q) => q.id, maxLength: 5 }),
        fc.infiniteStream(fc.string()),
        (all, texts) => {
          const questions = all.map((q) => ({ ...q, text: { fr: '?' } }));
          expect(unanswered(questions, {})).toEqual(questions.filter((q) => q.required));
          const right = Object.fromEntries(
            questions.map((q) => [
              q.id,
              q.kind === 'yes_no' ? 'no' : q.kind === 'choice' ? String(q.options.length - 1) : 'x',
            ]),
          );
          expect(unanswered(questions, right)).toEqual(
            questions.filter((q) => q.kind === 'choice' && q.options.length === 0),
          );
          const wild = Object.fromEntries(questions.map((q) => [q.id, texts.next().value as string]));
          for (const q of questions) {
            if (unanswered([q], wild).length > 0 || wild[q.id]!.trim() === '') continue;
            if (q.kind === 'yes_no') expect(['yes', 'no']).toContain(wild[q.id]!.trim());
            if (q.kind === 'choice') expect(q.options[Number(wild[q.id])]).toBeDefined();
          }
        },
      ),
    );
  });
});

describe('allotments', () => {
  const n = fc.integer({ min: 0, max: 600 });
  test('never give what is not free, nor more than was asked for, nor less than could be', () => {
    fc.assert(
      fc.property(n, n, n, fc.integer({ min: 1, max: 500 }), (capacity, confirmed, held, asked) => {
        const taken = takenOf({ confirmed, waiting: 0, held });
        const given = grantable(capacity, taken, asked);
        expect(given).toBeGreaterThanOrEqual(0);
        expect(given).toBeLessThanOrEqual(asked);
        if (given > 0) expect(taken + given).toBeLessThanOrEqual(capacity);
        if (given < asked) expect(taken + given).toBeGreaterThanOrEqual(capacity);
      }),
    );
  });
  test('end with the last slot of what they are for', () => {
    const event = anEvent({
      sessions: ['2026-11-17', '2026-11-19', '2026-11-18'].map((date, i) => ({
        id: `00000000-0000-8000-8000-00000000000${i}`,
        slot: { date, start: '10:00', end: '12:00', zone: 'Europe/Paris' },
      })),
    });
    expect(allotmentEnd(event, event.id, NOW)).toBe(Date.UTC(2026, 10, 19, 11));
    expect(allotmentEnd(event, event.sessions[0]!.id, NOW)).toBe(Date.UTC(2026, 10, 17, 11));
    expect(allotmentEnd({ ...event, sessions: [] }, event.id, NOW)).toBeGreaterThan(NOW);
  });
});

describe('carried requests', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const request: fc.Arbitrary<CarriedRequest> = fc
    .record({
      mutationId: uuid,
      holderId: bytes(32).map((b) => Buffer.from(b).toString('base64url')),
      registrationId: uuid,
      eventId: uuid,
      subjectId: uuid,
      firstName: text,
      lastName: text,
      email: text,
      party: fc.integer({ min: 1, max: 255 }),
      needs: text,
      language: fc.constantFrom('fr' as const, 'en' as const),
      askedAt: fc.integer({ min: 0, max: 0xffffffff }),
    })
    .map(({ needs, ...rest }) => (needs === '' ? rest : { ...rest, needs }));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'));
  const codeOf = (one: CarriedRequest): string => {
    const body = requestBody(one, raw);
    return requestText(body, sign(null, body, privateKey));
  };
  test('read back as they were written, also when a reader adds what readers add', () => {
    fc.assert(
      fc.property(request, fc.constantFrom('', '\\000026', ' \n'), (one, junk) => {
        const code = codeOf(one);
        const read = readCode(`${junk}${code.toLowerCase()}`);
        expect(read).toMatchObject({ kind: 'request', request: one, text: code });
        const { publicKey: key, body, signature } = readRequest(code)!;
        expect(key).toEqual(raw);
        expect(verify(null, body, publicKey, signature)).toBe(true);
      }),
    );
  });
  test('any damage is seen: no request, or its signature fails', () => {
    fc.assert(
      fc.property(request, fc.nat(), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (one, where, letter) => {
        const code = codeOf(one);
        const at = REQUEST_PREFIX.length + (where % (code.length - REQUEST_PREFIX.length));
        fc.pre(code[at] !== letter);
        const read = readCode(code.slice(0, at) + letter + code.slice(at + 1));
        if (read.kind === 'request')
          expect(verify(null, read.body, publicKey, read.signature) && equal(read.publicKey)).toBe(false);
        else expect(read.kind).toBe('malformed');
      }),
    );
    function equal(key: Uint8Array): boolean {
      return Buffer.from(key).equals(raw);
    }
  });
  test('what is cut, longer or of a later version is none', () => {
    fc.assert(
      fc.property(request, fc.nat(), fc.integer({ min: 1, max: 9 }), (one, length, more) => {
        const code = codeOf(one);
        const cut = readCode(code.slice(0, REQUEST_PREFIX.length + (length % (code.length - REQUEST_PREFIX.length))));
        expect(
          cut.kind === 'malformed' || (cut.kind === 'request' && !verify(null, cut.body, publicKey, cut.signature)),
        ).toBe(true);
        const long = readCode(`${code}${'0'.repeat(more)}`);
        expect(
          long.kind === 'malformed' || (long.kind === 'request' && !verify(null, long.body, publicKey, long.signature)),
        ).toBe(true);
        expect(readRequest(code.replace('ESCALER10', 'ESCALER11'))).toBeUndefined();
      }),
    );
  });
  test('what has no place in a code is refused when it is made', () => {
    const [one] = fc.sample(request, { numRuns: 1, seed: 7 }) as [CarriedRequest];
    for (const wrong of [
      { party: 0 },
      { party: 256 },
      { party: 1.5 },
      { firstName: 'é'.repeat(1001) },
      { holderId: one.holderId.slice(1) },
      { holderId: `${one.holderId.slice(0, -1)}${one.holderId.endsWith('B') ? 'C' : 'B'}` },
    ])
      expect(() => requestBody({ ...one, ...wrong }, raw)).toThrow(RangeError);
    expect(() => requestBody(one, raw.subarray(1))).toThrow(RangeError);
    expect(() => requestBody({ ...one, lastName: '\ud800' }, raw)).toThrow(URIError);
  });
});
