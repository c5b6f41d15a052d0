import encodeQR from 'qr';
import type { GreyPicture } from '#client/platform/scanner-picture.ts';
import { ticketBody, ticketText } from '#domain/ticket.ts';

export interface HardPicture {
  readonly name: string;
  /** What its code says. */
  readonly text: string;
  readonly picture: GreyPicture;
}

const WIDTH = 640;
const HEIGHT = 480;
/** Pictures of each kind, from easy to hopeless. */
const STEPS = 12;

type Random = () => number;
type Light = Float32Array<ArrayBuffer>;
/** Where in the code's own square (0 to 1 on each side, quiet zone included) a pixel of the picture looks. */
type View = (x: number, y: number) => readonly [u: number, v: number];

/**
 * Tickets of ours as bad light, bad hands and bad screens show them: each kind in steps from easy to hopeless, so that a
 * better reader reads more of them. The same seed gives the same pictures on any machine.
 * @param wanted by name, such as "blur 3"; all without it
 */
export function* hardPictures(seed: number, wanted: (name: string) => boolean = () => true): Generator<HardPicture> {
  for (const [kind, make] of Object.entries(kinds)) {
    for (let step = 1; step <= STEPS; step++) {
      const name = `${kind} ${step}`;
      if (!wanted(name)) continue;
      const random = randomOf(seed, kind, step);
      const text = someTicket(random);
      yield { name, text, picture: develop(make(modules(text), step / STEPS, random), random) };
    }
  }
}

/** One of them, of a ticket that somebody has. @param name such as "blur 3" */
export function hardPicture(name: string, seed: number, text: string): GreyPicture {
  const [, kind, step] = /^(.*) (\d+)$/.exec(name) ?? [];
  const make = kinds[kind ?? ''];
  if (!make) throw new RangeError(`there is no ${name}`);
  const random = randomOf(seed, kind!, Number(step));
  return develop(make(modules(text), Number(step) / STEPS, random), random);
}

function randomOf(seed: number, kind: string, step: number): Random {
  return mulberry32(seed * 7919 + step * 104_729 + kind.length * 31 + kind.charCodeAt(0));
}

type Modules = readonly (readonly boolean[])[];
/** @param hard more than 0, at most 1 */
type Make = (code: Modules, hard: number, random: Random) => Light;

const kinds: Readonly<Record<string, Make>> = {
  blur: (code, hard, random) => blur(shot(code, upright(random, 0.8)), 1 + 4.5 * hard),
  'hand shake': (code, hard, random) => shake(shot(code, upright(random, 0.8)), 4 + 22 * hard, random() * Math.PI),
  'far away': (code, hard, random) => blur(shot(code, upright(random, 0.42 - 0.28 * hard)), 0.7),
  rotation: (code, hard, random) => blur(shot(code, turned(random, 0.68, 0.25 + random() * 6)), 0.8 + 2.4 * hard),
  perspective: (code, hard, random) => blur(shot(code, slanted(random, hard)), 0.8 + 0.6 * hard),
  'bent paper': (code, hard, random) => blur(shot(code, bent(random, hard)), 0.8),
  'low contrast': (code, hard, random) =>
    noise(contrast(blur(shot(code, upright(random, 0.75)), 1), 0.25 * (1 - hard) + 0.012), 1.5, random),
  'dark and noisy': (code, hard, random) =>
    noise(contrast(blur(shot(code, upright(random, 0.75)), 1), 0.25, 0.2), 6 + 50 * hard, random),
  glare: (code, hard, random) => glare(blur(shot(code, turned(random, 0.75, random())), 1), 0.25 + 1.1 * hard, random),
  'hard shadow': (code, hard, random) => shadow(blur(shot(code, upright(random, 0.75)), 1), 0.35 + 0.62 * hard, random),
  'moiré of a screen': (code, hard, random) => moire(code, hard, random),
  'saved too small': (code, hard, random) => blocks(blur(shot(code, upright(random, 0.34)), 0.7), 30 + 400 * hard),
  'dark screen mode': (code, hard, random) =>
    inverted(blur(shot(code, turned(random, 0.75, random())), 0.8 + 3 * hard)),
  'thumb over it': (code, hard, random) => thumb(blur(shot(code, turned(random, 0.75, random())), 1), hard, random),
  everything: (code, hard, random) =>
    noise(
      contrast(
        glare(blur(shot(code, slanted(random, 0.5 * hard)), 0.8 + 2 * hard), 0.7 * hard, random),
        0.8 - 0.5 * hard,
      ),
      3 + 14 * hard,
      random,
    ),
};

function someTicket(random: Random): string {
  const bytes = (n: number): Uint8Array<ArrayBuffer> =>
    Uint8Array.from({ length: n }, () => Math.floor(random() * 256));
  const hex = (n: number): string => Buffer.from(bytes(n)).toString('hex');
  const id = (): string => `${hex(4)}-${hex(2)}-7${hex(2).slice(1)}-8${hex(2).slice(1)}-${hex(6)}`;
  const body = ticketBody({
    keyId: hex(4),
    ticketId: id(),
    eventId: id(),
    subjectId: id(),
    party: 1 + Math.floor(random() * 4),
    issuedAt: 1_795_000_000,
  });
  return ticketText(body, bytes(64));
}

function modules(text: string): Modules {
  return encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
}

/** What falls on the sensor: 0 black, 1 white; around the code a table of middling grey. */
function shot(code: Modules, view: View, texture?: (u: number, v: number) => number): Light {
  const light = new Float32Array(WIDTH * HEIGHT);
  const count = code.length;
  const at = (u: number, v: number): number => {
    if (u < 0 || v < 0 || u >= 1 || v >= 1) return 0.55;
    const ink = code[Math.floor(v * count)]![Math.floor(u * count)]! ? 0.06 : 0.95;
    return texture ? ink * texture(u, v) : ink;
  };
  // Four looks a pixel: the lens does not see single points.
  const looks = [-0.25, 0.25];
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (const dy of looks) for (const dx of looks) sum += at(...view(x + dx, y + dy));
      light[y * WIDTH + x] = sum / 4;
    }
  return light;
}

/** @param size share of the picture's height that the code takes */
function turned(random: Random, size: number, angle: number): View {
  const cx = WIDTH * (0.5 + (random() - 0.5) * 0.1);
  const cy = HEIGHT * (0.5 + (random() - 0.5) * 0.06);
  const side = HEIGHT * size;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => {
    const [dx, dy] = [(x - cx) / side, (y - cy) / side];
    return [dx * cos + dy * sin + 0.5, dy * cos - dx * sin + 0.5];
  };
}

function upright(random: Random, size: number): View {
  return turned(random, size, (random() - 0.5) * 0.14);
}

/** Seen from the side: the far edge is shorter than the near one. */
function slanted(random: Random, hard: number): View {
  const flat = turned(random, 0.85, random() * 2 * Math.PI);
  const towards = random() * 2 * Math.PI;
  const [cos, sin] = [Math.cos(towards), Math.sin(towards)];
  const tilt = 0.2 + 1.05 * hard;
  return (x, y) => {
    const [u0, v0] = flat(x, y);
    const [u, v] = [u0 - 0.5, v0 - 0.5];
    const [along, across] = [u * cos + v * sin, v * cos - u * sin];
    // A plane turned by `tilt` about the axis across, seen from two and a half sides away.
    const depth = 1 - (along * Math.tan(tilt)) / 2.5;
    const [p, q] = [along / Math.cos(tilt) / depth, across / depth];
    return [p * cos - q * sin + 0.5, q * cos + p * sin + 0.5];
  };
}

/** Around a bottle or in a fold of a pocket. */
function bent(random: Random, hard: number): View {
  const flat = turned(random, 0.75, random() * 2 * Math.PI);
  const amount = 0.3 + 1.15 * hard;
  const reach = Math.sin(amount);
  return (x, y) => {
    const [u, v] = flat(x, y);
    const bow = (Math.cos((u - 0.5) * 2 * amount) - 1) * 0.12 * amount;
    const across = (u - 0.5) * 2 * reach;
    return [Math.abs(across) < 1 ? 0.5 + Math.asin(across) / (2 * amount) : -1, v + bow];
  };
}

/** A phone's screen: its pixel grid beats with the sensor's. */
function moire(code: Modules, hard: number, random: Random): Light {
  const view = turned(random, 0.8, (random() - 0.5) * 0.2);
  const pitch = (HEIGHT * 0.8) / (1.6 + random() * 0.9);
  const depth = 0.3 + 1.5 * hard;
  const tilt = 0.02 + random() * 0.05;
  const grid = (u: number, v: number): number => {
    const a = Math.sin(2 * Math.PI * pitch * (u + v * tilt));
    const b = Math.sin(2 * Math.PI * pitch * (v - u * tilt));
    return 1 - depth * (0.25 + 0.125 * (a + 1)) - depth * (0.25 + 0.125 * (b + 1)) + 0.25 * depth;
  };
  // One look a pixel: that is what beats.
  const light = new Float32Array(WIDTH * HEIGHT);
  const count = code.length;
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const [u, v] = view(x, y);
      const out = u < 0 || v < 0 || u >= 1 || v >= 1;
      const slow = 0.5 + 0.5 * Math.sin(0.06 * x + 0.045 * y);
      light[y * WIDTH + x] = out
        ? 0.3
        : (code[Math.floor(v * count)]![Math.floor(u * count)]! ? 0.08 : 0.9) * grid(u, v) * (1 - depth * 0.35 * slow) +
          0.12 * depth * slow;
    }
  return blur(light, 0.6 + 1.2 * hard);
}

function blur(light: Light, sigma: number): Light {
  const reach = Math.ceil(sigma * 3);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  return convolve(convolve(light, kernel, 1, 0), kernel, 0, 1);
}

function shake(light: Light, length: number, angle: number): Light {
  const out = new Float32Array(light.length);
  const steps = Math.ceil(length * 2);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (let i = 0; i <= steps; i++) {
        const along = (i / steps - 0.5) * length;
        sum += light[clamp(Math.round(y + along * sin), HEIGHT) * WIDTH + clamp(Math.round(x + along * cos), WIDTH)]!;
      }
      out[y * WIDTH + x] = sum / (steps + 1);
    }
  // A hand does not shake along a straight line at one speed.
  return blur(out, 0.8);
}

function convolve(light: Light, kernel: readonly number[], dx: number, dy: number): Light {
  const out = new Float32Array(light.length);
  const reach = (kernel.length - 1) / 2;
  const total = kernel.reduce((sum, k) => sum + k, 0);
  for (let i = -reach; i <= reach; i++) {
    const weight = kernel[i + reach]! / total;
    for (let y = 0; y < HEIGHT; y++) {
      const from = clamp(y + i * dy, HEIGHT) * WIDTH;
      for (let x = 0; x < WIDTH; x++) out[y * WIDTH + x]! += weight * light[from + (dx ? clamp(x + i, WIDTH) : x)]!;
    }
  }
  return out;
}

function contrast(light: Light, share: number, around = 0.5): Light {
  return light.map((l) => around + (l - 0.5) * share);
}

/** @param levels standard deviation, of 255 */
function noise(light: Light, levels: number, random: Random): Light {
  return light.map((l) => l + (normal(random) * levels) / 255);
}

function glare(light: Light, strength: number, random: Random): Light {
  const cx = WIDTH * (0.35 + 0.3 * random());
  const cy = HEIGHT * (0.35 + 0.3 * random());
  const [rx, ry] = [WIDTH * (0.1 + 0.14 * random()), HEIGHT * (0.1 + 0.14 * random())];
  return light.map((l, i) => {
    const d = ((i % WIDTH) - cx) ** 2 / rx ** 2 + (Math.floor(i / WIDTH) - cy) ** 2 / ry ** 2;
    return l * 0.8 + strength * Math.exp(-d / 2);
  });
}

/** The edge of a shadow lies across the code. */
function shadow(light: Light, depth: number, random: Random): Light {
  const angle = random() * Math.PI;
  const edge = (random() - 0.5) * 60;
  return light.map((l, i) => {
    const d =
      ((i % WIDTH) - WIDTH / 2) * Math.cos(angle) + (Math.floor(i / WIDTH) - HEIGHT / 2) * Math.sin(angle) - edge;
    return l * (1 - depth / (1 + Math.exp(-d / 3)));
  });
}

function inverted(light: Light): Light {
  return light.map((l) => 1 - l);
}

/** A thumb on a side of the code, away from two of its three corners. */
function thumb(light: Light, hard: number, random: Random): Light {
  const angle = random() * 2 * Math.PI;
  const size = 15 + 95 * hard;
  const cx = WIDTH / 2 + Math.cos(angle) * HEIGHT * 0.33;
  const cy = HEIGHT / 2 + Math.sin(angle) * HEIGHT * 0.33;
  return light.map((l, i) => {
    const d = Math.hypot((i % WIDTH) - cx, (Math.floor(i / WIDTH) - cy) * 0.7);
    const cover = 1 / (1 + Math.exp((d - size) / 2));
    return l * (1 - cover) + 0.5 * cover;
  });
}

/** A JPEG of low quality: eight by eight cosines, divided coarsely, the finer the coarser. */
function blocks(light: Light, coarse: number): Light {
  const out = new Float32Array(light.length);
  const cosine = Array.from({ length: 8 }, (_, f) =>
    Array.from(
      { length: 8 },
      (_unused, i) => (f === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * i + 1) * f * Math.PI) / 16),
    ),
  );
  const block = new Float64Array(64);
  for (let top = 0; top < HEIGHT; top += 8)
    for (let left = 0; left < WIDTH; left += 8) {
      block.fill(0);
      for (let f = 0; f < 8; f++)
        for (let g = 0; g < 8; g++) {
          let sum = 0;
          for (let y = 0; y < 8; y++)
            for (let x = 0; x < 8; x++)
              sum += (light[(top + y) * WIDTH + left + x]! * 255 - 128) * cosine[f]![y]! * cosine[g]![x]!;
          const step = coarse * (0.25 + (f + g) / 7);
          block[f * 8 + g] = Math.round(sum / step) * step;
        }
      for (let y = 0; y < 8; y++)
        for (let x = 0; x < 8; x++) {
          let sum = 0;
          for (let f = 0; f < 8; f++)
            for (let g = 0; g < 8; g++) sum += block[f * 8 + g]! * cosine[f]![y]! * cosine[g]![x]!;
          out[(top + y) * WIDTH + left + x] = (sum + 128) / 255;
        }
    }
  return out;
}

/** The sensor: a little noise always, and 256 levels. */
function develop(light: Light, random: Random): GreyPicture {
  const luma = new Uint8Array(light.length);
  for (let i = 0; i < luma.length; i++)
    luma[i] = Math.max(0, Math.min(255, Math.round(light[i]! * 255 + normal(random) * 1.2)));
  return { width: WIDTH, height: HEIGHT, luma };
}

function clamp(value: number, size: number): number {
  return value < 0 ? 0 : value >= size ? size - 1 : value;
}

/** One of some thousands of draws from the normal distribution: drawing each anew takes longer than all the rest. */
function normal(random: Random): number {
  return NORMAL[Math.floor(random() * NORMAL.length)]!;
}
const NORMAL = (() => {
  const random = mulberry32(1);
  return Float32Array.from(
    { length: 8192 },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
})();

/** A small generator of numbers from 0 to 1 that any machine repeats. */
function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
