import { describe, expect, test } from 'vitest';
import type { Press } from '#client/platform/scanner-keys.ts';
import { KeyBurst } from '#client/platform/scanner-keys.ts';
import { readCode, ticketBody, ticketText } from '#domain/ticket.ts';

const body = ticketBody({
  keyId: '0a1b2c3d',
  ticketId: '018f0c2e-7a3b-7c4d-8e5f-0123456789ab',
  eventId: '11111111-2222-8333-8444-555555555555',
  subjectId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
  party: 3,
  issuedAt: 1_795_000_000,
});
const ticket = ticketText(
  body,
  Uint8Array.from({ length: 64 }, (_, i) => i * 37),
);

/** What a key of an American keyboard gives on another one: without and with shift. */
type Layout = (code: string, shift: boolean) => string;
const american: Layout = (code, shift) => {
  const letter = /^Key(.)$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = Number(/^Digit(.)$/.exec(code)?.[1] ?? -1);
  return digit < 0 ? (shift ? ':' : ';') : shift ? ')!@#$%^&*('[digit]! : String(digit);
};
const french: Layout = (code, shift) => {
  const places: Record<string, string> = { KeyQ: 'A', KeyA: 'Q', KeyW: 'Z', KeyZ: 'W', Semicolon: 'M' };
  if (code === 'KeyM') return shift ? '?' : ',';
  const letter = places[code] ?? /^Key(.)$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = Number(/^Digit(.)$/.exec(code)?.[1]);
  return shift ? String(digit) : 'à&é"\'(-è_ç'[digit]!;
};
const capsFrench: Layout = (code, shift) => french(code, !shift);
const dvorak: Layout = (code, shift) => {
  const letter = /^Key(.)$/.exec(code)?.[1];
  const to = letter
    ? "axje.uidchtnmbrl'poygk,qf;"['ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(letter)]!
    : american(code, shift);
  return shift ? to.toUpperCase() : to;
};

/** The keys that a scanner presses for a text: capitals with shift. */
function presses(text: string, believes: 'american' | 'french', device: Layout, gap = 8, codes = true): Press[] {
  return [...text].map((letter, i) => {
    const isDigit = /[0-9]/.test(letter);
    const frenchPlaces: Record<string, string> = { A: 'KeyQ', Q: 'KeyA', W: 'KeyZ', Z: 'KeyW', M: 'Semicolon' };
    const code = isDigit
      ? `Digit${letter}`
      : ((believes === 'french' ? frenchPlaces[letter] : undefined) ?? `Key${letter}`);
    const shift = isDigit ? believes === 'french' : /[A-Z]/.test(letter);
    return { key: device(code, shift), code: codes ? code : '', at: 1000 + i * gap };
  });
}

function scan(keys: readonly Press[]) {
  const burst = new KeyBurst();
  for (const key of keys) burst.add(key);
  return burst.end((keys.at(-1)?.at ?? 0) + 8);
}

describe('a scanner that types', () => {
  test.each([
    ['an American keyboard on both', 'american', american],
    ['a French keyboard on both', 'french', french],
    ['an American one on a French device', 'american', french],
    ['an American one on a French device with its capitals locked', 'american', capsFrench],
    ['a French one on an American device', 'french', american],
    ['an American one on a Dvorak device', 'american', dvorak],
  ] as const)('is read when it believes in %s', (_, believes, device) => {
    const read = scan(presses(ticket, believes, device));
    expect(read?.kind).toBe('code');
    if (read?.kind === 'code') expect(readCode(read.text)).toMatchObject({ kind: 'ticket', body });
  });

  test.each([
    ['American', 'american', french],
    ['French', 'french', american],
  ] as const)(
    'is read on the wrong keyboard also where the device hides which keys were pressed (%s)',
    (_, believes, device) => {
      const read = scan(presses(ticket, believes, device, 8, false));
      if (read?.kind !== 'code') throw new Error('not read');
      expect(readCode(read.text)).toMatchObject({ kind: 'ticket', body });
    },
  );

  test('is said to be garbled when nothing tells what it meant', () => {
    expect(scan(presses(ticket, 'american', dvorak, 8, false))).toEqual({ kind: 'garbled' });
  });

  test.each(['https://example.org/menu', '3017620422003', 'HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC'])(
    'says of %s that it is none of ours, and keeps nothing of it',
    (text) => {
      const keys = [...text].map((key, i) => ({ key, code: '', at: i * 10 }));
      expect(scan(keys)).toEqual({ kind: 'code', text: expect.stringMatching(/^\?\d+$/) });
    },
  );

  test('by a slow radio is still told from a person', () => {
    expect(scan(presses(ticket, 'american', american, 60))?.kind).toBe('code');
  });
});

describe('a person who types', () => {
  const type = (text: string, gap: number) => [...text].map((key, i) => ({ key, code: '', at: i * gap }));

  test('fast, and then Enter, is left alone', () => {
    expect(scan(type('K7PM-3QXD', 70))).toBeUndefined();
    expect(scan(type('Hélène Öztürk', 45))).toBeUndefined();
    expect(scan(type('abc', 10))).toBeUndefined();
  });
  test('and stops in between is left alone', () => {
    const burst = new KeyBurst();
    for (const key of type('K7PM3QXD', 10)) burst.add(key);
    expect(burst.end(80 + 1000)).toBeUndefined();
    expect(burst.add({ key: 'a', code: '', at: 5000 })).toBe(true);
    expect(burst.suspect).toBe(false);
  });
});

test('a scanner without an Enter is heard by what it has typed', () => {
  const burst = new KeyBurst();
  const keys = presses(ticket, 'american', french);
  for (const key of keys.slice(0, -1)) burst.add(key);
  expect(burst.isTicket).toBe(false);
  burst.add(keys.at(-1)!);
  expect(burst.isTicket).toBe(true);
});
