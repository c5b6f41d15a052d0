import type { RosterEntry } from './check-in.ts';
import { base32Decode, base32Encode } from './base32.ts';
import type { Uuid } from './ids.ts';
import { uuidFromBytes, uuidToBytes } from './ids.ts';
import type { FormAnswers, PartyMember, RegistrationForm } from './registration-question.ts';
import { toldAtDoor } from './registration-question.ts';
import type { Language } from './text.ts';
import { languages } from './text.ts';

/**
 * A whole registration that its maker's phone could not send: what the server would have been asked, and by whom. A door's phone
 * reads it from the other's screen and takes it to the server as courier (P5).
 */
export interface CarriedRequest extends FormAnswers {
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
/** 2 says what was answered too: without answers a request stays readable for doors that know only the first. */
const VERSIONS = [1, 2] as const;
const KEY = 32;
const SIGNATURE = 64;
/** Bytes of the texts and of all that is signed. Under the longest a version 40 QR code takes, and read by a phone up to about a third of it. */
const MAX_TEXT = 2000;
const FIXED = 1 + KEY + 16 * 4 + 32 + 4 + 2;

/**
 * The bytes that are signed, big-endian: version 1 · public key 32 · mutation 16 · registration 16 · event 16 · subject 16 ·
 * holder 32 · asked at 4 · party 1 · language 1, then first name, last name, address and needs, each with its length in two bytes.
 * In version 2 there follow the answers for the whole party, the number of people in one byte, and of each their name, as the
 * texts before, and their answers. Answers are their number in one byte, then each with its question's 16 bytes and its text.
 * @throws RangeError on what does not fit, URIError on a text that is no Unicode
 */
export function requestBody(request: CarriedRequest, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (publicKey.length !== KEY) throw new RangeError('a public key has 32 bytes');
  const holder = fromBase64Url(request.holderId);
  if (holder?.length !== 32 || toBase64Url(holder) !== request.holderId) throw new RangeError('a holder is 32 bytes');
  if (!Number.isInteger(request.party) || request.party < 1 || request.party > 255)
    throw new RangeError('a party is 1 to 255');
  const { answers, people } = request;
  const asked = request.askedAt;
  const bytes: number[] = [answers || people ? 2 : 1, ...publicKey];
  for (const id of [request.mutationId, request.registrationId, request.eventId, request.subjectId])
    bytes.push(...uuidToBytes(id));
  bytes.push(...holder, (asked >>> 24) & 255, (asked >>> 16) & 255, (asked >>> 8) & 255, asked & 255);
  bytes.push(request.party, languages.indexOf(request.language));
  const fixed = bytes.length;
  const text = (words: string): void => {
    const coded = utf8(words);
    bytes.push(coded.length >> 8, coded.length & 255, ...coded);
  };
  const answered = (given: FormAnswers['answers'] = {}): void => {
    const all = Object.entries(given);
    bytes.push(all.length);
    for (const [questionId, answer] of all) {
      bytes.push(...uuidToBytes(questionId));
      text(answer);
    }
  };
  for (const words of [request.firstName, request.lastName, request.email, request.needs ?? '']) text(words);
  if (answers || people) {
    answered(answers);
    bytes.push(people?.length ?? 0);
    for (const person of people ?? []) {
      text(person.name ?? '');
      answered(person.answers);
    }
  }
  if (bytes.length - fixed > MAX_TEXT) throw new RangeError('the texts are too long for a code');
  return Uint8Array.from(bytes);
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
  const version = VERSIONS.find((one) => one === bytes?.[0]);
  if (!bytes || bytes.length < FIXED + 8 + SIGNATURE || version === undefined) return undefined;
  const body = bytes.slice(0, bytes.length - SIGNATURE);
  const read = reader(body.subarray(1));
  try {
    const publicKey = read.take(KEY);
    const [mutationId, registrationId, eventId, subjectId] = [1, 2, 3, 4].map(() => uuidFromBytes(read.take(16)));
    const holderId = toBase64Url(read.take(32));
    const askedAt = read.take(4).reduce((sum, byte) => sum * 256 + byte, 0);
    const party = read.byte();
    const language = languages[read.byte()];
    const [firstName, lastName, email, needs] = [read.text(), read.text(), read.text(), read.text()];
    const form = version === 2 ? formOf(read) : {};
    if (!read.ended() || party === 0 || language === undefined) return undefined;
    return {
      request: {
        mutationId: mutationId!,
        holderId,
        registrationId: registrationId!,
        eventId: eventId!,
        subjectId: subjectId!,
        firstName,
        lastName,
        email,
        party,
        ...(needs ? { needs } : {}),
        ...form,
        language,
        askedAt,
      },
      publicKey,
      body,
      signature: bytes.slice(bytes.length - SIGNATURE),
    };
  } catch {
    // Cut short, or no Unicode.
    return undefined;
  }
}

/** What a door sees of a request that the server has not had: as its roster will have it. */
export function entryOfRequest(request: CarriedRequest, form: RegistrationForm | undefined): RosterEntry {
  const { registrationId, subjectId, firstName, lastName, party, needs } = request;
  return {
    registrationId,
    subjectId,
    firstName,
    lastName,
    party,
    state: 'requested',
    ...(needs === undefined ? {} : { needs }),
    ...toldAtDoor(form, request),
  };
}

type Reader = ReturnType<typeof reader>;

/** What is read throws a RangeError past the end, and a URIError on a text that is no Unicode. */
function reader(bytes: Uint8Array<ArrayBuffer>) {
  let at = 0;
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    if (at + length > bytes.length) throw new RangeError('cut short');
    return bytes.slice(at, (at += length));
  };
  const byte = (): number => take(1)[0]!;
  return {
    take,
    byte,
    text: (): string => fromUtf8(take(byte() * 256 + byte())),
    ended: (): boolean => at === bytes.length,
  };
}

function formOf(read: Reader): FormAnswers {
  const answered = (): FormAnswers => {
    const all = Array.from({ length: read.byte() }, () => [uuidFromBytes(read.take(16)), read.text()] as const);
    return all.length > 0 ? { answers: Object.fromEntries(all) } : {};
  };
  const whole = answered();
  const people = Array.from({ length: read.byte() }, (): PartyMember => {
    const name = read.text();
    return { ...(name ? { name } : {}), ...answered() };
  });
  return { ...whole, ...(people.length > 0 ? { people } : {}) };
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

function fromUtf8(bytes: Uint8Array): string {
  return decodeURIComponent(Array.from(bytes, (b) => `%${b.toString(16).padStart(2, '0')}`).join(''));
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
