/** A UUID in its canonical lower-case text form. */
export type Uuid = string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): text is Uuid {
  return UUID.test(text);
}

/** The 16 bytes of a canonical UUID. Throws a RangeError on anything else. */
export function uuidToBytes(uuid: Uuid): Uint8Array {
  if (!isUuid(uuid)) throw new RangeError(`not a UUID: ${uuid}`);
  const hex = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** The canonical text of 16 bytes. Throws a RangeError on another length. */
export function uuidFromBytes(bytes: Uint8Array): Uuid {
  if (bytes.length !== 16) throw new RangeError(`a UUID has 16 bytes, not ${bytes.length}`);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * A UUIDv7 (RFC 9562, section 5.7) of a moment and ten random bytes, both given by the caller.
 * It identifies and never orders: two devices' clocks disagree.
 * @param now milliseconds since 1970
 */
export function uuidV7(now: number, random: Uint8Array): Uuid {
  const bytes = new Uint8Array(16);
  let rest = Math.max(0, Math.floor(now));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  return uuidFromBytes(stamp(bytes, 7));
}

/**
 * A UUIDv8 (RFC 9562, section 5.8) of the first 16 bytes of a digest: the same source item
 * imported twice, or on two servers, is the same event.
 */
export function uuidV8(digest: Uint8Array): Uuid {
  return uuidFromBytes(stamp(digest.slice(0, 16), 8));
}

function stamp(bytes: Uint8Array, version: number): Uint8Array {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}
