/** A picture in shades of grey, a byte a pixel, row after row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array<ArrayBuffer>;
}

/** What a canvas gives and what a reader takes: four bytes a pixel. */
export interface ColourPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A part of a picture, in whole pixels. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function greyOf({ width, height, data }: ColourPicture): GreyPicture {
  const luma = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < luma.length; i++, p += 4)
    luma[i] = (data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29) >> 8;
  return { width, height, luma };
}

export function colourOf({ width, height, luma }: GreyPicture): ColourPicture {
  const data = new Uint8ClampedArray(luma.length * 4);
  const pixels = new Uint32Array(data.buffer);
  for (let i = 0; i < luma.length; i++) pixels[i] = 0xff000000 | (luma[i]! * 0x010101);
  return { width, height, data };
}

export function crop(picture: GreyPicture, { left, top, width, height }: Part): GreyPicture {
  const luma = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * picture.width + left;
    luma.set(picture.luma.subarray(from, from + width), y * width);
  }
  return { width, height, luma };
}

/** Twice as wide and as high, smoothly: readers want three pixels a module, and a code far away has two. */
export function enlarge({ width, height, luma }: GreyPicture): GreyPicture {
  const wide = width * 2;
  const out = new Uint8Array(wide * height * 2);
  for (let y = 0; y < height * 2; y++) {
    // A new pixel lies a quarter of an old one away from the nearest centre.
    const near = y >> 1;
    const far = Math.max(0, Math.min(height - 1, near + (y & 1 ? 1 : -1)));
    for (let x = 0; x < width; x++) {
      const here = luma[near * width + x]! * 3 + luma[far * width + x]!;
      const l = Math.max(0, x - 1);
      const r = Math.min(width - 1, x + 1);
      const before = luma[near * width + l]! * 3 + luma[far * width + l]!;
      const after = luma[near * width + r]! * 3 + luma[far * width + r]!;
      out[y * wide + 2 * x] = (here * 3 + before + 8) >> 4;
      out[y * wide + 2 * x + 1] = (here * 3 + after + 8) >> 4;
    }
  }
  return { width: wide, height: height * 2, luma: out };
}

/** The mean of the square of 2r + 1 pixels around each: takes away noise and the grid of a screen. */
export function calm(picture: GreyPicture, reach: number): GreyPicture {
  return { ...picture, luma: Uint8Array.from(mean(picture.luma, picture, reach)) };
}

/** Takes back what a lens out of focus has spread: what differs from its surroundings, `strength` times more so. */
export function sharpen(picture: GreyPicture, reach: number, strength: number): GreyPicture {
  const around = mean(mean(picture.luma, picture, reach), picture, reach);
  const luma = new Uint8Array(picture.luma.length);
  for (let i = 0; i < luma.length; i++) {
    const here = picture.luma[i]!;
    luma[i] = clamp(here + strength * (here - around[i]!));
  }
  return { ...picture, luma };
}

/** The same light and the same contrast everywhere: takes away shadows, glare and paleness. */
export function level(picture: GreyPicture, reach: number): GreyPicture {
  const squares = new Float32Array(picture.luma.length);
  for (let i = 0; i < squares.length; i++) squares[i] = picture.luma[i]! ** 2;
  const average = mean(picture.luma, picture, reach);
  const square = mean(squares, picture, reach);
  const luma = new Uint8Array(picture.luma.length);
  for (let i = 0; i < luma.length; i++) {
    const deviation = Math.sqrt(Math.max(0, square[i]! - average[i]! ** 2));
    // An even wall stays even: below four levels there is nothing but noise.
    luma[i] = clamp(128 + ((picture.luma[i]! - average[i]!) * 70) / Math.max(4, deviation));
  }
  return { ...picture, luma };
}

/** The mean of a square around each pixel, by running sums: as fast for a large square as for a small one. */
function mean(
  values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  { width, height }: GreyPicture,
  reach: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(values.length);
  const span = 2 * reach + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = values[row]! * reach;
    for (let x = 0; x <= Math.min(reach, width - 1); x++) sum += values[row + x]!;
    for (let x = width; x <= reach; x++) sum += values[row + width - 1]!;
    for (let x = 0; x < width; x++) {
      rows[row + x] = sum / span;
      sum += values[row + Math.min(width - 1, x + reach + 1)]! - values[row + Math.max(0, x - reach)]!;
    }
  }
  const out = new Float32Array(values.length);
  const sums = new Float64Array(width);
  for (let y = -reach; y <= reach; y++) {
    const row = Math.max(0, Math.min(height - 1, y)) * width;
    for (let x = 0; x < width; x++) sums[x]! += rows[row + x]!;
  }
  for (let y = 0; y < height; y++) {
    const enters = Math.min(height - 1, y + reach + 1) * width;
    const leaves = Math.max(0, y - reach) * width;
    for (let x = 0; x < width; x++) {
      out[y * width + x] = sums[x]! / span;
      sums[x]! += rows[enters + x]! - rows[leaves + x]!;
    }
  }
  return out;
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
