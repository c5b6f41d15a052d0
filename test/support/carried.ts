import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { CarriedRequest } from '#domain/request-code.ts';
import { requestBody, requestText } from '#domain/request-code.ts';
import type { Register } from '#protocol/register.ts';

/** A key as an attendee's phone makes one. */
export function requestKey(): { readonly publicKey: Uint8Array; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'), privateKey };
}

/** The code that an attendee's phone shows while its registration waits, and the mutation that it is about. */
export function carriedCode(
  holderId: string,
  args: Register,
  more: Partial<CarriedRequest> = {},
): { readonly text: string; readonly mutationId: string } {
  const mutationId = more.mutationId ?? randomUUID();
  const request: CarriedRequest = { ...args, holderId, askedAt: 1_790_000_000, ...more, mutationId };
  const { publicKey, privateKey } = requestKey();
  const body = requestBody(request, publicKey);
  return { text: requestText(body, sign(null, body, privateKey)), mutationId };
}
