import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { readPublicKey } from '#client/platform/signatures.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

function signed() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const body = Uint8Array.from({ length: 58 }, (_, i) => i);
  const x = publicKey.export({ format: 'jwk' }).x!;
  return { body, signature: new Uint8Array(sign(null, body, privateKey)), key: readPublicKey(x)! };
}

for (const where of ['WebCrypto', 'the library'] as const) {
  test(`a ticket's signature is checked by ${where}`, async () => {
    if (where === 'the library') {
      const subtle = globalThis.crypto.subtle;
      vi.stubGlobal('crypto', {
        getRandomValues: <T extends ArrayBufferView>(into: T) => into,
        subtle: {
          digest: subtle.digest.bind(subtle),
          importKey: () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError')),
        },
      });
    }
    const { verifyTicket } = await import('#client/platform/signatures.ts');
    const { body, signature, key } = signed();
    expect(await verifyTicket(body, signature, key)).toBe(true);
    expect(await verifyTicket(body.with(3, 99), signature, key)).toBe(false);
    expect(await verifyTicket(body, signature.with(0, signature[0]! ^ 1), key)).toBe(false);
    expect(await verifyTicket(body, signature, signed().key)).toBe(false);
    expect(await verifyTicket(body, new Uint8Array(64).fill(255), key)).toBe(false);
    expect(await verifyTicket(body, signature, new Uint8Array(32).fill(255))).toBe(false);
    expect(await verifyTicket(body, signature.slice(1), key)).toBe(false);
  });
}

test('a public key that is no base64url of 32 bytes is none', () => {
  expect(readPublicKey('AAAA')).toBeUndefined();
  expect(readPublicKey('*'.repeat(43))).toBeUndefined();
  expect(readPublicKey('A'.repeat(43))).toHaveLength(32);
});
