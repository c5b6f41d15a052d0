import 'fake-indexeddb/auto';
import crypto, { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import zlib from 'node:zlib';
import { Prng } from './prng.ts';

/**
 * Takes from the code under test whatever differs from run to run: clock, randomness, threads, network. To be imported
 * before anything of the product, for some of it keeps a function of Node's when it is loaded. Nothing changes while no
 * simulation is running.
 */
export interface Surroundings {
  /** Milliseconds since 1970, as whoever is running at this moment believes. */
  readonly now: () => number;
  /** The true time, by a clock that nobody sets. */
  readonly elapsed: () => number;
  readonly fetch: typeof fetch;
  /** A pause that somebody makes before trying again. */
  readonly pause: () => Promise<void>;
  /** Called when the code under test awaits something else than the store: not allowed inside a transaction (A2). */
  readonly leaving: (what: string) => void;
}

let around: Surroundings | undefined;
let random = new Prng('nobody');

const realDate = Date;
const realCrypto = globalThis.crypto;
const realFetch = globalThis.fetch;
const realElapsed = performance.now;
const realTimeout = AbortSignal.timeout;
const realCompression = globalThis.CompressionStream;
const realRandom = Math.random;

class SimulatedDate extends realDate {
  constructor(...args: [] | [number | string]) {
    if (args.length === 0) super(around!.now());
    else super(args[0]);
  }

  static override now(): number {
    return around!.now();
  }
}

/** Keys are their bytes, so that they can be kept anywhere and the oracle can read what is sealed. */
interface PlainKey {
  readonly bytes: Uint8Array;
}

const subtle = {
  digest: async (algorithm: string, data: Uint8Array) => {
    around!.leaving('digest');
    const name = algorithm.replace('-', '').toLowerCase();
    const { buffer, byteOffset, byteLength } = createHash(name).update(data).digest();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  },
  generateKey: async (): Promise<PlainKey> => {
    around!.leaving('generateKey');
    return { bytes: simulatedCrypto.getRandomValues(new Uint8Array(32)) };
  },
  encrypt: async ({ iv }: { iv: Uint8Array }, { bytes }: PlainKey, data: Uint8Array) => {
    around!.leaving('encrypt');
    const cipher = createCipheriv('aes-256-gcm', bytes, iv);
    const out = Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
    return new Uint8Array(out).buffer;
  },
  decrypt: async ({ iv }: { iv: Uint8Array }, { bytes }: PlainKey, data: ArrayBuffer) => {
    around!.leaving('decrypt');
    const all = Buffer.from(data);
    const cipher = createDecipheriv('aes-256-gcm', bytes, iv);
    cipher.setAuthTag(all.subarray(-16));
    return new Uint8Array(Buffer.concat([cipher.update(all.subarray(0, -16)), cipher.final()])).buffer;
  },
};

const simulatedCrypto = {
  getRandomValues: <T extends Uint8Array>(bytes: T): T => {
    random.draw(bytes);
    return bytes;
  },
  subtle,
};

const realBytes = crypto.randomBytes;
const realUuid = crypto.randomUUID;
const realGzip = zlib.gzip;
const realBrotli = zlib.brotliCompress;
crypto.randomBytes = (size: number) => {
  if (!around) return realBytes(size);
  const bytes = Buffer.alloc(size);
  random.draw(bytes);
  return bytes;
};
crypto.randomUUID = (options) => {
  if (!around) return realUuid(options);
  const bytes = new Uint8Array(16);
  random.draw(bytes);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
zlib.gzip = ((data: zlib.InputType, done: (error: Error | null, result: Buffer) => void) => {
  if (!around) return realGzip(data, done);
  const result = zlib.gzipSync(data, { level: 1 });
  return process.nextTick(() => done(null, result));
}) as typeof realGzip;
type Squeezed = (error: Error | null, result: Buffer) => void;
zlib.brotliCompress = ((data: zlib.InputType, options: zlib.BrotliOptions, done: Squeezed) => {
  if (!around) return realBrotli(data, options, done);
  // Nobody in a life asks for it.
  return process.nextTick(() => done(null, Buffer.alloc(0)));
}) as typeof realBrotli;
const realSleep = timers.setTimeout;
timers.setTimeout = (async (milliseconds?: number, value?: unknown, options?: object) => {
  if (!around) return realSleep(milliseconds, value, options);
  await around.pause();
  return value;
}) as typeof realSleep;
syncBuiltinESMExports();

/** Simulated surroundings until the returned function is called. */
export function surround(seed: string, surroundings: Surroundings): () => void {
  if (around) throw new Error('one simulation at a time');
  around = surroundings;
  random = new Prng(`${seed} randomness`);
  globalThis.Date = SimulatedDate as DateConstructor;
  Object.defineProperty(globalThis, 'crypto', { value: simulatedCrypto, configurable: true });
  globalThis.fetch = surroundings.fetch;
  performance.now = surroundings.elapsed;
  // The network decides when a request has failed; no deadline runs in real time.
  AbortSignal.timeout = () => new AbortController().signal;
  // It compresses in a thread of its own.
  Object.assign(globalThis, { CompressionStream: undefined });
  Math.random = () => random.next();
  return () => {
    around = undefined;
    globalThis.Date = realDate;
    Object.defineProperty(globalThis, 'crypto', { value: realCrypto, configurable: true });
    globalThis.fetch = realFetch;
    performance.now = realElapsed;
    AbortSignal.timeout = realTimeout;
    globalThis.CompressionStream = realCompression;
    Math.random = realRandom;
  };
}
