import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encryptPush, mayPush, openVapidKey } from '#server/services/mail/web-push.ts';
import { decryptPush, readVapid } from '../../support/push-service.ts';

/** RFC 8291, appendix A. */
const STANDARD = {
  text: 'When I grow up, I want to be a watermelon',
  sender: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  receiver: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

describe('Web Push', () => {
  test("RFC 8291: the standard's own example, byte for byte", () => {
    const made = { privateKey: bytes(STANDARD.sender), salt: bytes(STANDARD.salt) };
    expect(encryptPush(STANDARD.text, STANDARD, made).toString('base64url')).toBe(STANDARD.body);
    expect(decryptPush(bytes(STANDARD.body), bytes(STANDARD.receiver), bytes(STANDARD.auth))).toBe(STANDARD.text);
  });

  test('every message has a key of its own, and only its browser reads it', () => {
    const [one, two] = [encryptPush('é', STANDARD), encryptPush('é', STANDARD)];
    expect(one.equals(two)).toBe(false);
    for (const body of [one, two]) expect(decryptPush(body, bytes(STANDARD.receiver), bytes(STANDARD.auth))).toBe('é');
    expect(() => decryptPush(one, bytes(STANDARD.receiver), Buffer.alloc(16))).toThrow();
    expect(() =>
      encryptPush('x', { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: STANDARD.auth }),
    ).toThrow();
  });

  test('RFC 8292: the key is made once and kept from others; what it signs says for whom and until when', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'escale-vapid-'));
    const keys = await Promise.all([1, 2, 3].map(() => openVapidKey(folder)));
    expect(new Set(keys.map((key) => key.publicKey)).size).toBe(1);
    expect((await stat(join(folder, 'keys', 'vapid.pem'))).mode & 0o077).toBe(0);
    expect(bytes(keys[0]!.publicKey)).toHaveLength(65);
    const { vapidHeader } = await import('#server/services/mail/web-push.ts');
    const now = Date.parse('2026-11-20T09:00:00Z');
    const header = vapidHeader(keys[0]!, 'https://fcm.googleapis.com/fcm/send/x', now, 'https://programme.example');
    expect(readVapid(header)).toEqual({
      aud: 'https://fcm.googleapis.com',
      exp: now / 1000 + 12 * 3600,
      sub: 'https://programme.example',
    });
    await rm(folder, { recursive: true });
  });

  test('the server calls push services alone', () => {
    for (const good of [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://web.push.apple.com/abc',
      'https://wns2-par02p.notify.windows.com/w/?token=abc',
    ])
      expect(mayPush(good, false), good).toBe(true);
    for (const bad of [
      'https://programme.example/hook',
      'http://fcm.googleapis.com/x',
      'https://fcm.googleapis.com:8443/x',
      'https://user@fcm.googleapis.com/x',
      'https://fcm.googleapis.com.evil.example/x',
      'https://notify.windows.com.evil.example/x',
      'https://127.0.0.1/x',
      'http://127.0.0.1:9/x',
      'file:///etc/passwd',
      'nonsense',
    ])
      expect(mayPush(bad, false), bad).toBe(false);
    expect(mayPush('http://127.0.0.1:9/x', true)).toBe(true);
    expect(mayPush('http://10.0.0.1/x', true)).toBe(false);
  });
});
