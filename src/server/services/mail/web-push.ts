import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PushTarget } from '#protocol/follow.ts';

/** The installation's key pair for Web Push (RFC 8292, VAPID). */
export interface VapidKey {
  /** Uncompressed point, base64url: what browsers ask for. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/**
 * Reads `{dataDir}/keys/vapid.pem`, or makes it. Processes that start together end with the same key: the file is made whole under
 * another name and linked into place, which only one of them can do.
 */
export async function openVapidKey(dataDir: string): Promise<VapidKey> {
  const folder = join(dataDir, 'keys');
  const file = join(folder, 'vapid.pem');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return keyOf(known);
  const draft = join(folder, `.${randomBytes(8).toString('hex')}.draft`);
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(draft, pem, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return keyOf(await readFile(file, 'utf8'));
}

function keyOf(pem: string): VapidKey {
  const privateKey = createPrivateKey(pem);
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
  return { publicKey: point.toString('base64url'), privateKey };
}

/** Seconds for which an authorisation is good; push services take at most a day (RFC 8292 §2). */
const GOOD_FOR = 12 * 3600;

/**
 * The header that says who sends (RFC 8292).
 * @param now milliseconds
 * @param subject whom the push service may turn to: a `mailto:` or `https:` address
 */
export function vapidHeader(key: VapidKey, endpoint: string, now: number, subject: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now / 1000) + GOOD_FOR, sub: subject };
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${key.publicKey}`;
}

const RECORD = 4096;

/**
 * A message for one browser, encrypted as RFC 8291 and RFC 8188 (`aes128gcm`) say: nobody on the way can read it.
 * @param made the sender's one-time key and salt; fresh ones unless a test of the standard gives its own
 * @throws Error on keys that are no point of the curve
 */
export function encryptPush(
  message: string,
  { p256dh, auth }: Pick<PushTarget, 'p256dh' | 'auth'>,
  made: { readonly privateKey?: Buffer; readonly salt?: Buffer } = {},
): Buffer {
  const receiver = Buffer.from(p256dh, 'base64url');
  const ecdh = createECDH('prime256v1');
  if (made.privateKey) ecdh.setPrivateKey(made.privateKey);
  else ecdh.generateKeys();
  const sender = ecdh.getPublicKey();
  const salt = made.salt ?? randomBytes(16);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender]);
  const secret = ecdh.computeSecret(receiver);
  const input = Buffer.from(hkdfSync('sha256', secret, Buffer.from(auth, 'base64url'), info, 32));
  const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12));
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // One record, the last one: its text ends with the octet 2.
  const body = Buffer.concat([cipher.update(message, 'utf8'), cipher.update(Buffer.of(2)), cipher.final()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD);
  return Buffer.concat([salt, size, Buffer.of(sender.length), sender, body, cipher.getAuthTag()]);
}

/** Push services of the browsers there are: the server calls no other address that somebody gives it. */
const SERVICES = [
  'fcm.googleapis.com',
  '.push.services.mozilla.com',
  '.notify.windows.com',
  '.push.apple.com',
  'jmt17.google.com',
];

/** Whether an endpoint is one of a known push service; on a server for its own machine alone, one on this machine too. */
export function mayPush(endpoint: string, loopback: boolean): boolean {
  const url = URL.parse(endpoint);
  if (!url || url.username || url.password) return false;
  if (loopback && url.protocol === 'http:' && url.hostname === '127.0.0.1') return true;
  const known = SERVICES.some((one) => (one.startsWith('.') ? url.hostname.endsWith(one) : url.hostname === one));
  return url.protocol === 'https:' && url.port === '' && known;
}
