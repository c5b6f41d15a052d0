import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { PasskeyCreation, PasskeyRegistration, PasskeyRequest, PasskeySignIn } from '#protocol/sign-in-ways.ts';

interface Held {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
}

/** What an answer may be made to lie about. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly userHandle?: string;
  /** The person was there but not recognised: no PIN, no finger. */
  readonly unverified?: boolean;
  readonly signedBy?: Authenticator;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** An authenticator with its browser, in software: real keys, real signatures (WebAuthn level 3, ES256, attestation "none"). */
export class Authenticator {
  /** How often it was used. Authenticators that do not count say 0 for ever. */
  counter = 0;
  readonly counts: boolean;
  readonly #origin: string;
  readonly #held: Held[] = [];

  constructor(origin: string, options: { readonly counts: boolean } = { counts: true }) {
    this.#origin = origin;
    this.counts = options.counts;
  }

  create(options: PasskeyCreation, lies: Lies = {}): PasskeyRegistration {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = randomBytes(32);
    const held = { id: id.toString('base64url'), rpId: options.rp.id, userHandle: options.user.id, privateKey };
    this.#held.push(held);
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const coordinate = (text: string): Buffer =>
      Buffer.concat([Buffer.from('5820', 'hex'), Buffer.from(text, 'base64url')]);
    // COSE: EC2, ES256, P-256, and the point.
    const key = Buffer.concat([
      Buffer.from('a501020326200121', 'hex'),
      coordinate(x),
      Buffer.from('22', 'hex'),
      coordinate(y),
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
    const data = Buffer.concat([this.#data(lies.rpId ?? options.rp.id, ATTESTED, lies), attested]);
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}.
    const object = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      Buffer.from([0x59, data.length >> 8, data.length & 0xff]),
      data,
    ]);
    const clientData = this.#clientData('webauthn.create', options.challenge, lies);
    return {
      ...namesOf(held),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Answers with the first key that it has for the place that asks. */
  answer(request: PasskeyRequest, lies: Lies = {}): PasskeySignIn {
    const held = this.#held.find((one) => one.rpId === request.rpId);
    if (!held) throw new Error('no passkey for this place');
    if (this.counts) this.counter++;
    const data = this.#data(lies.rpId ?? request.rpId, 0, lies);
    const clientData = this.#clientData('webauthn.get', request.challenge, lies);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const key = (lies.signedBy === undefined ? held : lies.signedBy.#held[0]!).privateKey;
    return {
      ...namesOf(held),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, key).toString('base64url'),
        userHandle: lies.userHandle ?? held.userHandle,
      },
    };
  }

  #data(rpId: string, more: number, { unverified = false }: Lies): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(PRESENT | (unverified ? 0 : VERIFIED) | more, 0);
    head.writeUInt32BE(this.counter, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), head]);
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    const origin = lies.origin ?? this.#origin;
    return Buffer.from(JSON.stringify({ type, challenge: lies.challenge ?? challenge, origin, crossOrigin: false }));
  }
}

function namesOf({ id }: Held): Pick<PasskeySignIn, 'id' | 'rawId' | 'type' | 'clientExtensionResults'> {
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
}
