import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
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
