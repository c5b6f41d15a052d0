import type { ColourPicture, GreyPicture, Part } from './scanner-picture.ts';
import { calm, colourOf, crop, enlarge, greyOf, level, sharpen } from './scanner-picture.ts';

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** A code that was read, and where it stands in the picture. */
export interface SeenCode {
  readonly text: string;
  readonly corners: readonly Corner[];
}

/** A code that was found and is too bad to be read. */
export interface Trace {
  readonly corners: readonly Corner[];
  /** Squares on a side, the quiet zone not counted. */
  readonly modules: number;
}

export interface Look {
  readonly codes: readonly SeenCode[];
  readonly trace?: Trace | undefined;
}

/** `quick` is for every picture of a camera, `thorough` also tries white on black and smaller scales. */
export type Effort = 'quick' | 'thorough';

/** What reads a picture as it is. */
export type CodeReader = (picture: ColourPicture, effort: Effort) => Promise<Look>;

interface Rung {
  /** `reach`: pixels that a blurred point is spread over. */
  readonly prepare: (picture: GreyPicture, reach: number) => GreyPicture;
  /** Too slow for the whole of a camera's picture: there its middle alone. */
  readonly costly?: true;
}

/**
 * Ways of reading a picture that a quick look did not read, the most often successful first; each takes several times a quick look.
 * Measured by `npm run bench -- --only door` on photographs and on tickets in bad light: what never read one more is not here.
 */
const RUNGS: readonly Rung[] = [
  // Out of focus, shaken, white on black.
  { prepare: (picture, reach) => sharpen(picture, reach, 3) },
  // Shadow, glare, paleness.
  { prepare: (picture, reach) => sharpen(calm(level(picture, 20), 1), reach + 2, 5) },
  // Far away.
  { prepare: (picture, reach) => sharpen(enlargeSmall(picture), reach, 3), costly: true },
  // In the dark, and on a screen whose grid shows.
  { prepare: (picture) => calm(calm(picture, 1), 1) },
  { prepare: (picture, reach) => sharpen(calm(calm(picture, 1), 1), reach, 3) },
  { prepare: (picture) => level(calm(picture, 2), 20) },
];

/** How many ways of reading a hard picture there are. */
export const rungCount = RUNGS.length;

/** Pixels; a larger picture is not made larger still. */
const ENLARGED = 700_000;
/** Where nothing is known of the code's scale. */
const REACH = 5;
/** Share of a camera's picture, on each side, that a costly way looks at. */
const MIDDLE = 0.6;

/**
 * Reads a picture in one of the hard ways.
 * @param rung from 0, below `rungCount`
 * @param where a trace: that part alone is looked at, which is faster and knows the code's scale. `camera`: in a hurry
 */
export async function climb(
  read: CodeReader,
  picture: GreyPicture,
  rung: number,
  where: Trace | 'camera' | 'photo',
): Promise<readonly SeenCode[]> {
  const { prepare, costly } = RUNGS[rung]!;
  const trace = typeof where === 'object' ? where : undefined;
  const part = trace ? around(trace, picture) : costly && where === 'camera' ? middle(picture) : undefined;
  const looked = part ? crop(picture, part) : picture;
  const reach = trace ? Math.max(2, Math.min(8, Math.round(moduleSize(trace) * 0.8))) : REACH;
  const prepared = prepare(looked, reach);
  const { codes } = await read(colourOf(prepared), 'thorough');
  const scale = prepared.width / looked.width;
  const { left, top } = part ?? { left: 0, top: 0 };
  return codes.map(({ text, corners }) => ({
    text,
    corners: corners.map(({ x, y }) => ({ x: x / scale + left, y: y / scale + top })),
  }));
}

/** Reads a photograph for as long as it takes: all the ways, until one succeeds. */
export async function readPhoto(read: CodeReader, picture: ColourPicture): Promise<readonly SeenCode[]> {
  const { codes, trace } = await read(picture, 'quick');
  if (codes.length > 0) return codes;
  const grey = greyOf(picture);
  for (const where of trace ? [trace, 'photo' as const] : ['photo' as const]) {
    for (let rung = 0; rung < rungCount; rung++) {
      const found = await climb(read, grey, rung, where);
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** Decides when a hard look is due: it must not take more than a quarter of the time, or a code that is easy waits behind it. */
export class Climber {
  #rung = 0;
  #rested = 0;

  /** @returns the way to try now, if any; what it took is told to `took` */
  next(now: number): number | undefined {
    return now < this.#rested ? undefined : this.#rung;
  }

  took(from: number, to: number): void {
    this.#rung = (this.#rung + 1) % rungCount;
    this.#rested = to + 3 * (to - from);
  }
}

function enlargeSmall(picture: GreyPicture): GreyPicture {
  return picture.luma.length > ENLARGED ? picture : enlarge(picture);
}

/** What a person aims at. */
function middle({ width, height }: GreyPicture): Part {
  const [w, h] = [Math.round(width * MIDDLE), Math.round(height * MIDDLE)];
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
}

/** The code with a margin for its quiet zone and for corners that are not exact. */
function around({ corners }: Trace, { width, height }: GreyPicture): Part {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const margin = 0.2 * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) + 8;
  const left = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const top = Math.max(0, Math.floor(Math.min(...ys) - margin));
  return {
    left,
    top,
    width: Math.max(1, Math.min(width, Math.ceil(Math.max(...xs) + margin)) - left),
    height: Math.max(1, Math.min(height, Math.ceil(Math.max(...ys) + margin)) - top),
  };
}

function moduleSize({ corners: [a, b], modules }: Trace): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) / modules : REACH;
}
