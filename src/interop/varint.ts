/** Bytes that end before what they announce, or say what cannot be. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Walks through bytes that nobody vouches for: it never goes beyond their end, and never believes a length. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get more(): boolean {
    return this.at < this.end;
  }

  /**
   * A base-128 number, below 2⁵³.
   * @throws Malformed
   */
  varint(): number {
    // Most numbers of a map are one byte.
    const first = this.at < this.end ? this.bytes[this.at]! : 0x80;
    if (first >= 0x80) return this.#long();
    this.at++;
    return first;
  }

  #long(): number {
    let value = 0;
    let scale = 1;
    for (let read = 0; read < 8; read++) {
      if (this.at >= this.end) throw new Malformed('a number is cut off');
      const byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('a number is too large');
        return value;
      }
      scale *= 128;
    }
    throw new Malformed('a number is too large');
  }

  /** Zigzag: small numbers of either sign are short. */
  signed(): number {
    const value = this.varint();
    if (value <= 0xffff_ffff) return (value >>> 1) ^ -(value & 1);
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** The next `length` bytes, as a cursor of their own. */
  part(length: number): Cursor {
    if (!(length <= this.end - this.at)) throw new Malformed('a part is longer than the whole');
    const part = new Cursor(this.bytes, this.at, this.at + length);
    this.at += length;
    return part;
  }
}

/** Appends a number below 2⁵³ as base 128. */
export function writeVarint(into: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    into.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  into.push(rest);
}
