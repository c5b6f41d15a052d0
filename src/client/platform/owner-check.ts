import { base64Url } from '#client/store/ids.ts';

/**
 * The device's own check of who holds it (finger, face, screen lock), asked for through WebAuthn. Nothing of it leaves the device: the
 * key is made here, and its signature is checked here. It opens a door's lock and is no credential of anything.
 */
export interface OwnerKey {
  /** Base64url. */
  readonly id: string;
  /** SPKI of an ES256 key, base64url. */
  readonly publicKey: string;
}

const ES256 = -7;
const DEADLINE = 60_000;

/** Whether this device can check its owner for a page. */
export async function canCheckOwner(): Promise<boolean> {
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    // No WebAuthn here, or not for this page.
    return false;
  }
}

/** Makes the key that later checks are asked by. Undefined when the person declined or the device could not. */
export async function makeOwnerKey(name: string): Promise<OwnerKey | undefined> {
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rp: { name: 'Escale' },
        user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
        pubKeyCredParams: [{ type: 'public-key', alg: ES256 }],
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          userVerification: 'required',
          residentKey: 'discouraged',
        },
        attestation: 'none',
        timeout: DEADLINE,
      },
    });
    const answer = made instanceof PublicKeyCredential ? made.response : undefined;
    if (!(answer instanceof AuthenticatorAttestationResponse) || !(made instanceof PublicKeyCredential))
      return undefined;
    const key = answer.getPublicKey();
    if (!key || answer.getPublicKeyAlgorithm() !== ES256) return undefined;
    return { id: base64Url(new Uint8Array(made.rawId)), publicKey: base64Url(new Uint8Array(key)) };
  } catch {
    return undefined;
  }
}

/** Asks the device to check its owner. True only when it says, signed by that key and for this moment, that it has. */
export async function checkOwner(key: OwnerKey): Promise<boolean> {
  try {
    const challenge = crypto.getRandomValues(new Uint8Array(32));
    const got = await navigator.credentials.get({
      publicKey: {
        challenge,
        allowCredentials: [{ type: 'public-key', id: fromBase64Url(key.id), transports: ['internal'] }],
        userVerification: 'required',
        timeout: DEADLINE,
      },
    });
    const answer = got instanceof PublicKeyCredential ? got.response : undefined;
    return answer instanceof AuthenticatorAssertionResponse && (await proves(answer, key, challenge));
  } catch {
    return false;
  }
}

const USER_VERIFIED = 0x04;

async function proves(answer: AuthenticatorAssertionResponse, key: OwnerKey, challenge: Uint8Array): Promise<boolean> {
  const said = JSON.parse(new TextDecoder().decode(answer.clientDataJSON)) as Record<string, unknown>;
  if (said['type'] !== 'webauthn.get' || said['challenge'] !== base64Url(challenge)) return false;
  if (said['origin'] !== location.origin) return false;
  const data = new Uint8Array(answer.authenticatorData);
  if (((data[32] ?? 0) & USER_VERIFIED) === 0) return false;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', answer.clientDataJSON));
  const signed = new Uint8Array(data.length + hash.length);
  signed.set(data);
  signed.set(hash, data.length);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const publicKey = await crypto.subtle.importKey('spki', fromBase64Url(key.publicKey), algorithm, false, ['verify']);
  const signature = rawSignature(new Uint8Array(answer.signature));
  return (
    signature !== undefined && crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, signature, signed)
  );
}

/** The two numbers of an ECDSA signature side by side, as WebCrypto takes them, out of the DER that WebAuthn gives. */
export function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const raw = new Uint8Array(64);
  let at = 2;
  for (const to of [32, 64]) {
    const length = der[at + 1];
    if (der[0] !== 0x30 || der[at] !== 0x02 || length === undefined) return undefined;
    const number = der.subarray(at + 2, at + 2 + length);
    const bare = number.subarray(
      Math.max(
        0,
        number.findIndex((byte) => byte !== 0),
      ),
    );
    if (number.length !== length || bare.length > 32) return undefined;
    raw.set(bare, to - bare.length);
    at += 2 + length;
  }
  return at === der.length ? raw : undefined;
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
