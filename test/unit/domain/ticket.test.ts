import { describe, expect, test } from 'vitest';
import { base32Decode, base32Encode } from '#domain/base32.ts';
import { isUuid, uuidFromBytes, uuidToBytes, uuidV7, uuidV8 } from '#domain/ids.ts';
import type { Ticket } from '#domain/ticket.ts';
import { printedShortCode, readCode, shortCodeOf, TICKET_PREFIX, ticketBody, ticketText } from '#domain/ticket.ts';

const ticket: Ticket = {
  keyId: '0a1b2c3d',
  ticketId: '018f0c2e-7a3b-7c4d-8e5f-0123456789ab',
  eventId: '11111111-2222-8333-8444-555555555555',
  subjectId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
  party: 3,
  issuedAt: 1_795_000_000,
};
const signature = Uint8Array.from({ length: 64 }, (_, i) => i * 3);
const text = ticketText(ticketBody(ticket), signature);

describe('a ticket as text', () => {
  test('is read back as it was written', () => {
    const code = readCode(text);
    expect(code).toMatchObject({ kind: 'ticket', ticket });
    if (code.kind !== 'ticket') return;
    expect(code.body).toEqual(ticketBody(ticket));
    expect(code.signature).toEqual(signature);
  });
  test('fits the alphanumeric mode of a QR code', () => {
    expect(text).toMatch(/^[0-9A-Z]+$/);
    expect(text.length).toBeLessThan(220);
  });
  test('survives small letters, spaces around, and a reader that says its encoding', () => {
    for (const worn of [text.toLowerCase(), `  ${text}\n`, `\\000026${text}`, `\\000026\\000003${text}`])
      expect(readCode(worn)).toMatchObject({ kind: 'ticket', ticket });
  });
  test('survives what readers and wallets put around it', () => {
    for (const [before, after] of [
      [']Q1', ''],
      [']Q3\\000026', ''],
      ['\ufeff', '\r\n'],
      ['\u0002', '\u0003\r'],
      ['\u001d]d2', '\u001d'],
      ['\ufeff]q1\\000026', '\u0000'],
      ['', '\u200b\t'],
    ] as const)
      expect(readCode(before + text + after)).toMatchObject({ kind: 'ticket', ticket });
  });
  test('cut, lengthened or of another version is malformed', () => {
    const later = ticketBody(ticket);
    later[0] = 2;
    const nobody = ticketBody(ticket);
    nobody[53] = 0;
    for (const bad of [
      text.slice(0, -1),
      `${text}0`,
      TICKET_PREFIX,
      `${TICKET_PREFIX}!!!`,
      `${TICKET_PREFIX}${'U'.repeat(196)}`,
      ticketText(later, signature),
      ticketText(nobody, signature),
    ])
      expect(readCode(bad).kind).toBe('malformed');
  });
  test('is not made of what cannot be in one', () => {
    expect(() => ticketBody({ ...ticket, party: 0 })).toThrow(RangeError);
    expect(() => ticketBody({ ...ticket, party: 256 })).toThrow(RangeError);
    expect(() => ticketBody({ ...ticket, keyId: 'XYZ' })).toThrow(RangeError);
    expect(() => ticketBody({ ...ticket, ticketId: 'no' })).toThrow(RangeError);
  });
});

describe('the short code', () => {
  test('is eight characters of the id, printed in two groups, read however it is typed', () => {
    const code = shortCodeOf(ticket.ticketId);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(printedShortCode(ticket.ticketId).replace('-', '')).toBe(code);
    const typed = printedShortCode(ticket.ticketId)
      .toLowerCase()
      .replaceAll('0', 'o')
      .replaceAll('1', 'l')
      .replace('-', ' ');
    expect(readCode(typed)).toEqual({ kind: 'short', code });
  });
});

test.each([
  '',
  ' ',
  'https://example.org/x',
  'WIFI:T:WPA;S:salle;P:x;;',
  'HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5:S9MKN4NN3F85QNCY0O%0VZ001HOC9',
  'BEGIN:VCARD\nVERSION:3.0\nN:Öztürk;Hélène\nEND:VCARD',
  '3017620422003',
  ']E03017620422003',
  ']Q1https://example.org/x\r',
  'ABC',
  '\u0000',
  '🎫',
  'a'.repeat(100_000),
])('a foreign code is foreign: %j', (code) => {
  expect(readCode(code.slice(0, 100_000)).kind).toBe('foreign');
});

describe('ids', () => {
  test('a UUIDv7 holds its moment, a UUIDv8 its digest, each with its version and variant', () => {
    const seven = uuidV7(0x0123456789ab, new Uint8Array(10).fill(0xff));
    expect(seven).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
    expect(uuidV8(new Uint8Array(32).fill(0))).toBe('00000000-0000-8000-8000-000000000000');
    expect(isUuid(uuidV7(-5, new Uint8Array(10)))).toBe(true);
  });
  test('making one leaves the digest as it was', () => {
    const digest = new Uint8Array(32).fill(7);
    uuidV8(digest);
    expect(digest).toEqual(new Uint8Array(32).fill(7));
  });
  test('only the canonical form is one', () => {
    for (const text of ['', 'x', '11111111-2222-8333-8444-55555555555', '11111111-2222-8333-8444-55555555555G'])
      expect(isUuid(text)).toBe(false);
    expect(isUuid('11111111-2222-8333-8444-AAAAAAAAAAAA')).toBe(false);
    expect(() => uuidToBytes('no')).toThrow(RangeError);
    expect(() => uuidFromBytes(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('base 32', () => {
  test('reads O as 0, I and L as 1, and nothing else that it does not write', () => {
    expect(base32Decode('OIL0')).toEqual(base32Decode('0110'));
    for (const bad of ['U', 'A!', 'é0', 'a0']) expect(base32Decode(bad)).toBeUndefined();
  });
  test('refuses padding that says something, and lengths that no bytes have', () => {
    expect(base32Encode(new Uint8Array([255]))).toBe('ZW');
    expect(base32Decode('ZZ')).toBeUndefined();
    expect(base32Decode('0')).toBeUndefined();
    expect(base32Decode('000')).toBeUndefined();
    expect(base32Decode('')).toEqual(new Uint8Array(0));
  });
});
