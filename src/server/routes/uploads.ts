import { Readable } from 'node:stream';
import { ProblemError } from '#server/services/problem-error.ts';

/**
 * The bytes of a request's `application/octet-stream`, as they come.
 * @throws ProblemError `unsupported_media`; `too_large` once there are more than `most`
 */
export function uploaded(body: unknown, most: number): AsyncIterable<Uint8Array> {
  if (!(body instanceof Readable)) throw new ProblemError('unsupported_media');
  return atMost(body, most);
}

async function* atMost(bytes: AsyncIterable<unknown>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    if (!(chunk instanceof Uint8Array)) throw new ProblemError('bad_request');
    size += chunk.length;
    if (size > most) throw new ProblemError('too_large');
    yield chunk;
  }
}
