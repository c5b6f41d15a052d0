import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { rawSignature } from '#client/platform/owner-check.ts';

describe("the device's own signature", () => {
  test('is the same two numbers in the form that the browser checks', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const key = await crypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, false, ['verify']);
    for (let i = 0; i < 200; i++) {
      const text = new TextEncoder().encode(`text ${i}`);
      const raw = rawSignature(new Uint8Array(sign('sha256', text, privateKey)));
      expect(raw).toHaveLength(64);
      expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw!, text)).toBe(true);
    }
  });

  test('of another form is none', () => {
    for (const bytes of [
      [],
      [0x30],
      [0x30, 4, 2, 1, 1, 2],
      [0x31, 6, 2, 1, 1, 2, 1, 1],
      [0x30, 6, 2, 1, 1, 3, 1, 1],
      [0x30, 7, 2, 1, 1, 2, 1, 1, 0],
    ])
      expect(rawSignature(new Uint8Array(bytes))).toBeUndefined();
    expect(rawSignature(new Uint8Array([0x30, 6, 2, 1, 1, 2, 1, 2]))).toHaveLength(64);
  });
});
