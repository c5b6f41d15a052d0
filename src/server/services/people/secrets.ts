import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  randomInt,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { base32Encode } from '#domain/base32.ts';

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);

/** Hexadecimal. Enough for secrets of 100 random bits and more; a code of six digits needs `hashCode`. */
export function sha256Text(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** 100 random bits as 20 characters of base 32. */
export function newEnrolmentCode(): string {
  return base32Encode(randomBytes(13)).slice(0, 20);
}

export function newSignInCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** A slow hash: six digits would be found from a fast one at once by whoever reads the database. */
export async function hashCode(code: string, salt: string): Promise<string> {
  return (await scryptAsync(code, Buffer.from(salt), 32, { N: 16_384, r: 8, p: 1 })).toString('hex');
}

/** Compares two hexadecimal hashes in the same time wherever they differ. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Encrypts a text so that only whoever has the token reads it again: the database, which has the token's hash, does not. */
export function seal(token: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(token), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Undefined when it was sealed with another token, or changed since. */
export function unseal(token: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(token), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function sealingKey(token: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', token, '', 'escale session', 32));
}
