import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CheckIn, RosterEntry, Verdict } from '#domain/check-in.ts';
import type { CheckInList } from '#domain/door-rules.ts';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { RegistrationState } from '#domain/registration.ts';
import type { CarriedRequest } from '#domain/request-code.ts';
import { requestBody, requestText } from '#domain/request-code.ts';
import type { Ticket } from '#domain/ticket.ts';
import { printedShortCode, shortCodeOf, ticketBody, ticketText } from '#domain/ticket.ts';
import { uuidV7 } from '#domain/ids.ts';
import { verifyTicket } from '#client/platform/signatures.ts';
import type { Finding, JudgePorts, Judgement } from '#client/screens/door/judge.ts';
import { judgeEntry, judgeText } from '#client/screens/door/judge.ts';
import { ScanLog } from '#client/screens/door/scan-log.ts';
import type { Shown } from '#client/screens/door/use-gate.ts';
import { keeps } from '#client/screens/door/use-gate.ts';

const NOON = Date.parse('2026-11-24T11:00:00Z');
const EVENT = id(1);
const SUBJECT = id(2);
const signer = generateKeyPairSync('ed25519');
const forger = generateKeyPairSync('ed25519');
const publicKey = new Uint8Array(Buffer.from(signer.publicKey.export({ format: 'jwk' }).x as string, 'base64url'));
const KEY = 'aabbccdd';

function id(n: number): string {
  return uuidV7(
    1,
    Uint8Array.from({ length: 10 }, (_, i) => (i === 9 ? n & 255 : i === 8 ? (n >> 8) & 255 : i === 7 ? n >> 16 : 7)),
  );
}

function ticketOf(changes: Partial<Ticket> = {}, key = signer.privateKey): string {
  const body = ticketBody({
    keyId: KEY,
    ticketId: id(10),
    eventId: EVENT,
    subjectId: SUBJECT,
    party: 1,
    issuedAt: 1_700_000_000,
    ...changes,
  });
  return ticketText(body, sign(null, body, key));
}

const event: ProgrammeEvent = {
  id: EVENT,
  editionId: 'e',
  slug: 'e',
  region: '52',
  title: { fr: 'Atelier' },
  format: 'workshop',
  themes: [],
  audiences: [],
  attendanceMode: 'on_site',
  status: 'scheduled',
  organisers: [],
  venues: [],
  sessions: [{ id: SUBJECT, slot: { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' } }],
  accessibility: [],
  registration: { mode: 'open' },
  publishedAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

function entryOf(changes: Partial<RosterEntry> = {}): RosterEntry {
  return {
    registrationId: id(20),
    subjectId: SUBJECT,
    firstName: 'Hélène',
    lastName: 'Öberg',
    party: 1,
    state: 'confirmed',
    ticketId: id(10),
    ...changes,
  };
}

function arrival(count: number, at = '2026-11-24T10:31:00Z'): CheckIn {
  return { id: id(30), eventId: EVENT, ticketId: id(10), count, at, deviceId: id(40), door: 'A' };
}

function ports(
  given: {
    entries?: RosterEntry[];
    checkIns?: CheckIn[];
    revoked?: string[];
    now?: number;
    seats?: number;
    exit?: boolean;
    list?: CheckInList;
    admitsRequested?: boolean;
    policy?: RegistrationPolicy;
  } = {},
): JudgePorts {
  const entries = given.entries ?? [entryOf()];
  return {
    eventId: EVENT,
    rules: { admitsRequested: given.admitsRequested ?? false },
    exit: given.exit ?? false,
    list: given.list,
    seatsLeft: () => given.seats ?? 0,
    isWhole: ({ body, signature, publicKey: key }) => verifyTicket(body, signature, key),
    roster: {
      event: given.policy
        ? { ...event, sessions: event.sessions.map((one) => ({ ...one, registration: given.policy! })) }
        : event,
      byTicket: (ticketId) => entries.find((e) => e.ticketId === ticketId),
      byRegistration: (registrationId) => entries.find((e) => e.registrationId === registrationId),
      byShortCode: (code) => entries.filter((e) => e.ticketId && shortCodeOf(e.ticketId) === code),
      checkIns: (ticketId) => (given.checkIns ?? []).filter((c) => c.ticketId === ticketId),
      isRevoked: (ticketId) => (given.revoked ?? []).includes(ticketId),
    },
    verify: async (keyId, body, signature) => keyId === KEY && (await verifyTicket(body, signature, publicKey)),
    now: () => given.now ?? NOON,
  };
}

function verdict(judgement: Judgement): Verdict | 'choose' {
  return judgement.kind === 'choose' ? 'choose' : judgement.finding.verdict;
}

describe('a scanned ticket', () => {
  test('is admitted with the name from the roster, the whole party at once', async () => {
    const judgement = await judgeText(ticketOf({ party: 3 }), 'camera', ports({ entries: [entryOf({ party: 3 })] }));
    expect(judgement).toMatchObject({
      kind: 'scanned',
      finding: { verdict: 'admitted', count: 3, entry: { firstName: 'Hélène' }, ticket: { ticketId: id(10) } },
    });
  });

  test('that the roster does not know is admitted with the party that it states', async () => {
    const judgement = await judgeText(ticketOf({ party: 2 }), 'camera', ports({ entries: [] }));
    expect(judgement).toMatchObject({ kind: 'scanned', finding: { verdict: 'admitted', count: 2 } });
    expect(judgement.kind === 'scanned' && judgement.finding.entry).toBeUndefined();
  });

  test('admits the rest of a party that is partly in', async () => {
    const judgement = await judgeText(
      ticketOf({ party: 3 }),
      'camera',
      ports({ entries: [entryOf({ party: 3 })], checkIns: [arrival(2)] }),
    );
    expect(judgement).toMatchObject({ finding: { verdict: 'admitted', count: 1, inside: 2 } });
  });

  test('is already used once the whole party is in, and says when and where', async () => {
    const judgement = await judgeText(ticketOf(), 'camera', ports({ checkIns: [arrival(1)] }));
    expect(judgement).toMatchObject({
      finding: { verdict: 'already_used', count: 0, previous: { at: '2026-11-24T10:31:00Z', door: 'A' } },
    });
  });

  test('counts no arrival that was taken back', async () => {
    const undone = { ...arrival(1), undoneAt: '2026-11-24T10:32:00Z' };
    expect(verdict(await judgeText(ticketOf(), 'camera', ports({ checkIns: [undone] })))).toBe('admitted');
  });

  test('of another event is named as such, even when this door would not know it', async () => {
    expect(verdict(await judgeText(ticketOf({ eventId: id(99) }), 'camera', ports()))).toBe('wrong_event');
  });

  test('that was revoked is refused', async () => {
    expect(verdict(await judgeText(ticketOf(), 'camera', ports({ revoked: [id(10)] })))).toBe('revoked');
  });

  test('whose key was revoked is refused as revoked when it is one that was replaced, and as a forgery otherwise', async () => {
    const ofOldKey = ticketOf({ keyId: '00000001' });
    expect(verdict(await judgeText(ofOldKey, 'camera', ports({ revoked: [id(10)] })))).toBe('revoked');
    expect(verdict(await judgeText(ofOldKey, 'camera', ports({ revoked: [id(11)] })))).toBe('invalid');
  });

  for (const state of ['cancelled', 'waitlisted', 'requested', 'refused'] as const satisfies RegistrationState[])
    test(`of a registration that is ${state} gets that verdict`, async () => {
      expect(verdict(await judgeText(ticketOf(), 'camera', ports({ entries: [entryOf({ state })] })))).toBe(state);
    });

  test('is too early on the day before and too late on the day after, in the zone of the event', async () => {
    expect(verdict(await judgeText(ticketOf(), 'camera', ports({ now: Date.parse('2026-11-23T22:59:00Z') })))).toBe(
      'not_yet',
    );
    expect(verdict(await judgeText(ticketOf(), 'camera', ports({ now: Date.parse('2026-11-25T03:00:00Z') })))).toBe(
      'expired',
    );
  });

  test('with a wrong signature, an unknown key or a damaged text is invalid', async () => {
    expect(verdict(await judgeText(ticketOf({}, forger.privateKey), 'camera', ports()))).toBe('invalid');
    expect(verdict(await judgeText(ticketOf({ keyId: '00000001' }), 'camera', ports()))).toBe('invalid');
    expect(verdict(await judgeText(ticketOf().slice(0, -4), 'camera', ports()))).toBe('invalid');
  });

  test('is read in lower case, with spaces around and with an ECI designator in front', async () => {
    expect(verdict(await judgeText(`\\000026 ${ticketOf().toLowerCase()}\n`, 'camera', ports()))).toBe('admitted');
  });
});

describe('a code that is not a ticket', () => {
  test('of someone else is foreign', async () => {
    for (const text of ['https://example.org/t/1', '', 'WIFI:S:salle;;', 'ESCALE2'])
      expect(verdict(await judgeText(text, 'camera', ports()))).toBe('foreign');
  });

  test('typed from under a ticket shows the person and records nothing by itself', async () => {
    const judgement = await judgeText(printedShortCode(id(10)).toLowerCase(), 'hand', ports());
    expect(judgement).toMatchObject({ kind: 'found', finding: { verdict: 'admitted', count: 1 } });
  });

  test('typed and not found is unknown', async () => {
    expect(verdict(await judgeText('ZZZZ-ZZZZ', 'hand', ports()))).toBe('unknown');
  });

  test('is foreign only before the camera: a word that was typed is unknown', async () => {
    for (const text of ['abc', 'https://example.org/t/1'])
      expect(verdict(await judgeText(text, 'hand', ports()))).toBe('unknown');
    expect(verdict(await judgeText('ZZZZ-ZZZZ', 'camera', ports()))).toBe('foreign');
    expect(verdict(await judgeText(ticketOf().slice(0, -4), 'hand', ports()))).toBe('invalid');
  });

  test('that two tickets share lets the person at the door choose', async () => {
    const twins = [entryOf(), entryOf({ registrationId: id(21), firstName: 'Ana' })];
    expect(await judgeText(printedShortCode(id(10)), 'hand', ports({ entries: twins }))).toMatchObject({
      kind: 'choose',
      entries: twins,
    });
  });
});

describe('a person found by name', () => {
  test('may come with a part of the party', () => {
    const judgement = judgeEntry(entryOf({ party: 4 }), ports(), 2);
    expect(judgement.finding).toMatchObject({ verdict: 'admitted', count: 2 });
  });

  test('without a ticket gets the state of the registration', () => {
    const { ticketId: _, ...waiting } = entryOf({ state: 'waitlisted' });
    expect(judgeEntry(waiting, ports()).finding.verdict).toBe('waitlisted');
  });
});

describe('a person who waits for the button', () => {
  const entry = entryOf();
  const person: Shown = { kind: 'person', entry, finding: judgeEntry(entry, ports()).finding };
  const strange = ['https://example.org/t/1', ticketOf({}, forger.privateKey), ticketOf().slice(0, -4)];

  test('stays when the camera sees something that is no ticket of ours', async () => {
    for (const text of strange) {
      const judgement = await judgeText(text, 'camera', ports());
      expect(keeps(person, judgement)).toBe(true);
      expect(keeps({ kind: 'choose', entries: [entry] }, judgement)).toBe(true);
      expect(keeps({ kind: 'idle' }, judgement)).toBe(false);
    }
  });

  test('gives way to a ticket that we signed, whatever its verdict', async () => {
    for (const text of [ticketOf(), ticketOf({ eventId: id(99) }), ticketOf({ ticketId: id(50) })])
      expect(keeps(person, await judgeText(text, 'camera', ports()))).toBe(false);
  });
});

describe('a registration that the server has not heard of', () => {
  const asker = generateKeyPairSync('ed25519');
  const key = new Uint8Array(Buffer.from(asker.publicKey.export({ format: 'jwk' }).x as string, 'base64url'));
  const requestOf = (changes: Partial<CarriedRequest> = {}): string => {
    const request = {
      mutationId: id(60),
      holderId: 'A'.repeat(43),
      registrationId: id(61),
      eventId: EVENT,
      subjectId: SUBJECT,
      firstName: 'Dina',
      lastName: 'Nassar',
      email: 'dina@example.org',
      party: 2,
      language: 'fr' as const,
      askedAt: 1_700_000_000,
      ...changes,
    };
    const body = requestBody(request, key);
    return requestText(body, sign(null, body, asker.privateKey));
  };
  const open: RegistrationPolicy = { mode: 'open', maxParty: 4 };
  const limited: RegistrationPolicy = { ...open, capacity: 50 };
  const judged = async (given: Parameters<typeof ports>[0], text = requestOf()): Promise<Finding> => {
    const judgement = await judgeText(text, 'camera', ports({ entries: [], now: NOON - 3_600_000, ...given }));
    if (judgement.kind !== 'scanned') throw new Error(judgement.kind);
    return judgement.finding;
  };

  test('is admitted where there is no limit, with their names', async () => {
    expect(await judged({ policy: open })).toMatchObject({
      verdict: 'admitted_walk_in',
      carried: 'free',
      count: 2,
      entry: { firstName: 'Dina' },
    });
  });

  test('takes a seat that the phone keeps, and waits for the organiser when there are too few', async () => {
    expect(await judged({ policy: limited, seats: 2 })).toMatchObject({ verdict: 'admitted_walk_in', carried: 'seat' });
    expect(await judged({ policy: limited, seats: 1 })).toMatchObject({ verdict: 'requested', carried: 'outside' });
  });

  test('waits for the organiser who decides, unless who has asked may come in', async () => {
    const policy: RegistrationPolicy = { mode: 'approval', maxParty: 4 };
    expect(await judged({ policy })).toMatchObject({ verdict: 'requested', carried: 'outside' });
    expect(await judged({ policy, admitsRequested: true })).toMatchObject({ verdict: 'admitted', carried: 'free' });
  });

  test('that would be refused is, and is brought all the same', async () => {
    const closed = { ...open, closesAt: '2026-11-01T00:00:00Z' };
    expect(await judged({ policy: closed })).toMatchObject({
      verdict: 'refused',
      reason: 'closed',
      carried: 'outside',
    });
    expect(await judged({ policy: { ...open, maxParty: 1 } })).toMatchObject({ reason: 'party_too_large' });
  });

  test('of another event, cut or altered gets in nowhere and is not carried', async () => {
    const elsewhere = await judged({ policy: open }, requestOf({ eventId: id(99) }));
    expect(elsewhere.verdict).toBe('wrong_event');
    expect(elsewhere.carried).toBeUndefined();
    expect((await judged({}, requestOf().slice(0, -8))).verdict).toBe('invalid');
    const altered = requestOf().replace(/[0-9A-Z]{3}$/, (end) => (end === '000' ? '111' : '000'));
    expect((await judged({ policy: open }, altered)).verdict).toBe('invalid');
  });

  test('is judged as everybody once the roster has it, and not a second time once they are in', async () => {
    const known = entryOf({ registrationId: id(61), firstName: 'Dina', ticketId: id(62) });
    expect(await judged({ policy: limited, entries: [known] })).toMatchObject({ verdict: 'admitted', entry: known });
    const inside = { ...arrival(2), ticketId: id(61) };
    expect((await judged({ policy: open, checkIns: [inside] })).verdict).toBe('already_used');
  });
});

describe('a list of its own', () => {
  const list = { id: id(70), name: { fr: 'Atelier B' }, subjectIds: [id(71)] };

  test('takes only the tickets that open it, counts each once, and has its own hours', async () => {
    const other = await judgeText(ticketOf(), 'camera', ports({ list }));
    expect(other).toMatchObject({ finding: { verdict: 'wrong_event', byList: true, ticket: { ticketId: id(10) } } });
    const lunch = {
      id: id(70),
      name: { fr: 'Repas' },
      opensAt: '2026-11-24T12:00:00Z',
      closesAt: '2026-11-24T13:00:00Z',
    };
    const at = (time: string) => ports({ list: lunch, checkIns: [arrival(1)], now: Date.parse(time) });
    expect(await judgeText(ticketOf(), 'camera', at('2026-11-24T11:00:00Z'))).toMatchObject({
      finding: { verdict: 'not_yet', byList: true },
    });
    // Arrived at the event, and not at lunch yet.
    expect(verdict(await judgeText(ticketOf(), 'camera', at('2026-11-24T12:30:00Z')))).toBe('admitted');
    expect(verdict(await judgeText(ticketOf(), 'camera', at('2026-11-24T13:00:00Z')))).toBe('expired');
  });
});

describe('who leaves', () => {
  test('is let out whatever the ticket, as many as are inside', async () => {
    const given = { entries: [entryOf({ party: 4 })], checkIns: [arrival(3)], exit: true };
    expect(await judgeText(ticketOf({ party: 4 }), 'camera', ports(given))).toMatchObject({
      finding: { verdict: 'left', count: 3, inside: 3 },
    });
    expect(await judgeText(ticketOf(), 'camera', ports({ exit: true }))).toMatchObject({
      finding: { verdict: 'left', count: 1, inside: 0 },
    });
    expect(verdict(await judgeText(ticketOf(), 'camera', ports({ exit: true, revoked: [id(10)] })))).toBe('left');
  });
});

describe('the audit trail', () => {
  test('has an attempt once, and the same code again when it is another attempt', () => {
    const log = new ScanLog();
    expect(log.isNew('a', 'already_used', 0)).toBe(true);
    expect(log.isNew('a', 'already_used', 9000)).toBe(false);
    expect(log.isNew('b', 'already_used', 9000)).toBe(true);
    // Held up all the time: still the same attempt.
    expect(log.isNew('a', 'already_used', 18_000)).toBe(false);
    expect(log.isNew('a', 'cancelled', 18_500)).toBe(true);
    expect(log.isNew('a', 'already_used', 29_000)).toBe(true);
    expect(log.isNew('poster', 'foreign', 0)).toBe(true);
    expect(log.isNew('poster', 'foreign', 60_000)).toBe(false);
  });
});
