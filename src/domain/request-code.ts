import { base32Decode, base32Encode } from './base32.ts';
import type { Uuid } from './ids.ts';
import { uuidFromBytes, uuidToBytes } from './ids.ts';
import type { Language } from './text.ts';
import { languages } from './text.ts';

/**
 * A whole registration that its maker's phone could not send: what the server would have been asked, and by whom. A door's phone
 * reads it from the other's screen and takes it to the server as courier (P5).
 */
export interface CarriedRequest {
  /** Of the mutation on the attendee's phone: by it the server knows the two copies for one. */
  readonly mutationId: Uuid;
  /** `#protocol/credential.ts`: 32 bytes, base64url. */
  readonly holderId: string;
  readonly registrationId: Uuid;
  readonly eventId: Uuid;
  readonly subjectId: Uuid;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** 1 to 255. */
  readonly party: number;
  readonly needs?: string;
  readonly language: Language;
  /** When the person asked, by their own phone's clock: seconds since 1970. A claim (P4). */
  readonly askedAt: number;
}

/** Capitals and digits, as a ticket's text. */
export const REQUEST_PREFIX = 'ESCALER1';
const VERSION = 1;
const KEY = 32;
const SIGNATURE = 64;
/** Bytes of the texts and of all that is signed. Under the longest a version 40 QR code takes, and read by a phone up to about a third of it. */
const MAX_TEXT = 2000;
const FIXED = 1 + KEY + 16 * 4 + 32 + 4 + 2;

/**
 * The bytes that are signed, big-endian: version 1 · public key 32 · mutation 16 · registration 16 · event 16 · subject 16 ·
 * holder 32 · asked at 4 · party 1 · language 1, then first name, last name, address and needs, each with its length in two bytes.
 * @throws RangeError on what does not fit, URIError on a text that is no Unicode
 */
export function requestBody(request: CarriedRequest, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (publicKey.length !== KEY) throw new RangeError('a public key has 32 bytes');
  const holder = fromBase64Url(request.holderId);
  if (holder?.length !== 32 || toBase64Url(holder) !== request.holderId) throw new RangeError('a holder is 32 bytes');
  if (!Number.isInteger(request.party) || request.party < 1 || request.party > 255)
    throw new RangeError('a party is 1 to 255');
  const texts = [request.firstName, request.lastName, request.email, request.needs ?? ''].map(utf8);
  const length = texts.reduce((sum, text) => sum + 2 + text.length, 0);
  if (length > MAX_TEXT) throw new RangeError('the texts are too long for a code');
  const body = new Uint8Array(FIXED + length);
  const view = new DataView(body.buffer);
  let at = 0;
  const put = (bytes: Uint8Array): void => {
    body.set(bytes, at);
    at += bytes.length;
  };
  put(Uint8Array.of(VERSION));
  put(publicKey);
  for (const id of [request.mutationId, request.registrationId, request.eventId, request.subjectId])
    put(uuidToBytes(id));
  put(holder);
  view.setUint32(at, request.askedAt);
  at += 4;
  put(Uint8Array.of(request.party, languages.indexOf(request.language)));
  for (const text of texts) {
    view.setUint16(at, text.length);
    at += 2;
    put(text);
  }
  return body;
}

/** The text in the code. */
export function requestText(body: Uint8Array, signature: Uint8Array): string {
  const bytes = new Uint8Array(body.length + SIGNATURE);
  bytes.set(body);
  bytes.set(signature, body.length);
  return REQUEST_PREFIX + base32Encode(bytes);
}

export interface ReadRequest {
  readonly request: CarriedRequest;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a text that begins with `REQUEST_PREFIX`; undefined when it is damaged, cut or of a later version. Whether it is whole its
 * signature says, which the caller checks; whether what it asks for is allowed the server says.
 */
export function readRequest(text: string): ReadRequest | undefined {
  const bytes = text.length > 8000 ? undefined : base32Decode(text.slice(REQUEST_PREFIX.length));
  if (!bytes || bytes.length < FIXED + 8 + SIGNATURE || bytes[0] !== VERSION) return undefined;
  const body = bytes.slice(0, bytes.length - SIGNATURE);
  const view = new DataView(body.buffer);
  let at = 1;
  const take = (length: number): Uint8Array<ArrayBuffer> => body.slice(at, (at += length));
  const publicKey = take(KEY);
  const [mutationId, registrationId, eventId, subjectId] = [1, 2, 3, 4].map(() => uuidFromBytes(take(16)));
  const holderId = toBase64Url(take(32));
  const askedAt = view.getUint32(at);
  const party = view.getUint8(at + 4);
  const language = languages[view.getUint8(at + 5)];
  at += 6;
  const texts: string[] = [];
  for (let i = 0; i < 4; i++) {
    if (at + 2 > body.length) return undefined;
    const length = view.getUint16(at);
    at += 2;
    if (at + length > body.length) return undefined;
    const text = fromUtf8(take(length));
    if (text === undefined) return undefined;
    texts.push(text);
  }
  const [firstName, lastName, email, needs] = texts;
  if (at !== body.length || party === 0 || language === undefined) return undefined;
  return {
    request: {
      mutationId: mutationId!,
      holderId,
      registrationId: registrationId!,
      eventId: eventId!,
      subjectId: subjectId!,
      firstName: firstName!,
      lastName: lastName!,
      email: email!,
      party,
      ...(needs ? { needs } : {}),
      language,
      askedAt,
    },
    publicKey,
    body,
    signature: bytes.slice(bytes.length - SIGNATURE),
  };
}

/** Without `TextEncoder`, which is no part of the language. Throws a URIError on half a surrogate pair. */
function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  const escaped = encodeURIComponent(text);
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] === '%') {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(escaped.charCodeAt(i));
  }
  return Uint8Array.from(bytes);
}

function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decodeURIComponent(Array.from(bytes, (b) => `%${b.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return undefined;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const letters = Math.min(4, Math.ceil(((bytes.length - i) * 4) / 3));
    for (let k = 0; k < letters; k++) text += ALPHABET[(group >> (18 - 6 * k)) & 63];
  }
  return text;
}

function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}
