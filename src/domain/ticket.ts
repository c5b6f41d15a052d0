import { base32Decode, base32Encode } from './base32.ts';
import type { Uuid } from './ids.ts';
import { uuidFromBytes, uuidToBytes } from './ids.ts';
import { unmixed } from './keyboard-mixup.ts';
import type { ReadRequest } from './request-code.ts';
import { REQUEST_PREFIX, readRequest } from './request-code.ts';

/**
 * What a ticket says. It carries no name: a photograph of it betrays nobody.
 * Layout, big-endian: version 1 · key id 4 · ticket 16 · event 16 · subject 16 · party 1 · issued 4 (seconds), then 64 of Ed25519 signature.
 */
export interface Ticket {
  /** Eight hexadecimal digits: the start of the SHA-256 of the public key. */
  readonly keyId: string;
  readonly ticketId: Uuid;
  readonly eventId: Uuid;
  readonly subjectId: Uuid;
  /** 1 to 255. */
  readonly party: number;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Letters and digits only, so that a QR code takes them in its alphanumeric mode and a wedge scanner types them. */
export const TICKET_PREFIX = 'ESCALE1';
const VERSION = 1;
const BODY = 58;
const SIGNATURE = 64;

/** The bytes that are signed. */
export function ticketBody(ticket: Ticket): Uint8Array<ArrayBuffer> {
  if (!/^[0-9a-f]{8}$/.test(ticket.keyId)) throw new RangeError('a key id is eight hexadecimal digits');
  if (!Number.isInteger(ticket.party) || ticket.party < 1 || ticket.party > 255)
    throw new RangeError('a party is 1 to 255');
  const body = new Uint8Array(BODY);
  const view = new DataView(body.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(1, Number.parseInt(ticket.keyId, 16));
  body.set(uuidToBytes(ticket.ticketId), 5);
  body.set(uuidToBytes(ticket.eventId), 21);
  body.set(uuidToBytes(ticket.subjectId), 37);
  view.setUint8(53, ticket.party);
  view.setUint32(54, ticket.issuedAt);
  return body;
}

/** The text in a ticket's QR code. */
export function ticketText(body: Uint8Array, signature: Uint8Array): string {
  const bytes = new Uint8Array(body.length + signature.length);
  bytes.set(body);
  bytes.set(signature, body.length);
  return TICKET_PREFIX + base32Encode(bytes);
}

/**
 * What a scanned or typed text is, before any signature is checked.
 * `foreign`: not ours. `malformed`: begins as ours and is damaged or of a later version. `short`: the code printed under a ticket.
 * `request`: a registration that has not reached the server, to be carried there.
 */
export type ScannedCode =
  | {
      readonly kind: 'ticket';
      readonly ticket: Ticket;
      readonly body: Uint8Array<ArrayBuffer>;
      readonly signature: Uint8Array<ArrayBuffer>;
    }
  | ({ readonly kind: 'request'; readonly text: string } & ReadRequest)
  | { readonly kind: 'short'; readonly code: string }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'foreign' };

export function readCode(text: string): ScannedCode {
  const typed = withoutWrapping(text).toUpperCase();
  const code = unmixed(typed) ?? typed;
  if (code.startsWith(REQUEST_PREFIX)) {
    const read = readRequest(code);
    return read ? { kind: 'request', text: code, ...read } : { kind: 'malformed' };
  }
  if (code.startsWith(TICKET_PREFIX)) return readTicket(code.slice(TICKET_PREFIX.length));
  const short = code.replace(/[\s-]/g, '');
  return SHORT.test(short) ? { kind: 'short', code: normaliseShort(short) } : { kind: 'foreign' };
}

/**
 * Takes off what readers and wallets put around a text: control characters (GS, STX, a final CR), a byte order mark, the symbology
 * identifier of ISO/IEC 15424 (`]Q1`), the ECI designator (`\\000026` is UTF-8). None of them can be in a code of ours.
 */
function withoutWrapping(text: string): string {
  let code = text.replace(INVISIBLE, '').trim();
  for (let before = ''; code !== before;) {
    before = code;
    code = code.replace(/^\][A-Za-z][0-9A-Za-z]/, '').replace(/^\\\d{6}/, '');
  }
  return code.trim();
}

// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]/g;

function readTicket(encoded: string): ScannedCode {
  const bytes = base32Decode(encoded);
  if (!bytes || bytes.length !== BODY + SIGNATURE || bytes[0] !== VERSION) return { kind: 'malformed' };
  const body = bytes.slice(0, BODY);
  const view = new DataView(body.buffer);
  const party = view.getUint8(53);
  if (party === 0) return { kind: 'malformed' };
  return {
    kind: 'ticket',
    ticket: {
      keyId: view.getUint32(1).toString(16).padStart(8, '0'),
      ticketId: uuidFromBytes(body.subarray(5, 21)),
      eventId: uuidFromBytes(body.subarray(21, 37)),
      subjectId: uuidFromBytes(body.subarray(37, 53)),
      party,
      issuedAt: view.getUint32(54),
    },
    body,
    signature: bytes.slice(BODY),
  };
}

const SHORT = /^[0-9A-Z]{8}$/;

/** Eight characters of the ticket id's random end (40 bits), as they are compared: `K7PM3QXD`. */
export function shortCodeOf(ticketId: Uuid): string {
  return base32Encode(uuidToBytes(ticketId).subarray(11));
}

/** As it is printed, for eyes and voices: `K7PM-3QXD`. */
export function printedShortCode(ticketId: Uuid): string {
  const code = shortCodeOf(ticketId);
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Crockford's reading: O is 0, I and L are 1. */
function normaliseShort(code: string): string {
  return code.replaceAll('O', '0').replace(/[IL]/g, '1');
}
