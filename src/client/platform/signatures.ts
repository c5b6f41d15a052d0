import { verifyAsync } from '@noble/ed25519';

type Verifier = (body: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) => Promise<boolean>;

const verifiers = new Map<string, Promise<Verifier>>();

/**
 * Makes a public key ready to check with, once for each key: importing costs as much as a check.
 * Old browsers, and pages that are no secure context, have no Ed25519 in WebCrypto; there the library does it.
 * @param publicKey 32 bytes
 */
export function importKey(publicKey: Uint8Array<ArrayBuffer>): Promise<Verifier> {
  const name = String(publicKey);
  let verifier = verifiers.get(name);
  if (!verifier) {
    verifier = makeVerifier(publicKey.slice());
    verifiers.set(name, verifier);
  }
  return verifier;
}

async function makeVerifier(publicKey: Uint8Array<ArrayBuffer>): Promise<Verifier> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle) {
    try {
      const key = await subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
      return (body, signature) => subtle.verify('Ed25519', key, signature, body);
    } catch {
      // Unsupported here, or not a key at all: the library answers both.
    }
  }
  return async (body, signature) => {
    try {
      return await verifyAsync(signature, body, publicKey, { zip215: false });
    } catch {
      // It throws on bytes that are no point of the curve, which is a wrong signature like any other.
      return false;
    }
  };
}

/**
 * True when the bytes of a ticket were signed by the holder of the key. Never throws: what cannot be checked is not valid.
 * @param body the signed bytes, `ScannedCode.body`
 * @param signature 64 bytes
 * @param publicKey 32 bytes
 */
export async function verifyTicket(
  body: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const verify = await importKey(publicKey);
  return verify(body, signature);
}

/** The 32 bytes of a public key as the directory carries it (base64url), or undefined when it is none. */
export function readPublicKey(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
