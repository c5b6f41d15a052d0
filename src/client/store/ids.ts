import { uuidV7 } from '#domain/ids.ts';
import type { Uuid } from '#domain/ids.ts';

export function newId(): Uuid {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** 32 random bytes, base64url: the secret of a credential (`#protocol/credential.ts`). */
export function newSecret(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** SHA-256 of a text's UTF-8. */
export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
