import { uuidFromBytes } from '#domain/ids.ts';
import type { Prng } from '../simulation/prng.ts';

/** A UUID drawn from the evening's own chance, so that an evening is the same again from its seed. */
export function uuidOf(random: Prng): string {
  const bytes = new Uint8Array(16);
  random.draw(bytes);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return uuidFromBytes(bytes);
}
