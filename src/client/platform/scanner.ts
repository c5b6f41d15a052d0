import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import workerUrl from './scanner-worker.ts?worker&url';
import { nearestOf, ScannerGate } from './scanner-gate.ts';
import type { FoundCode, FromScanner, ScannerEngine, ToScanner, Wanted } from './scanner-messages.ts';
import type { Part } from './scanner-picture.ts';

export type ScannerReady =
  | { readonly kind: 'ready'; readonly engine: ScannerEngine }
  | { readonly kind: 'failed'; readonly reason: 'network' };

/** Pictures a second that are looked at: enough for a hand that moves, little enough for a battery at 12 %. */
const RATE = 12;
/** Longest side of a picture that is looked at, in pixels. */
const SIDE = 1280;
/** Around what is aimed at this share of it is looked at too. */
const MARGIN = 0.1;
/** Longest side of a photograph that is looked at, in pixels: more than a reader needs of a code that fills half of it. */
const PHOTO_SIDE = 2000;

/** Reads codes from a video or a photograph, in a worker of its own. */
export class Scanner {
  readonly #worker: Worker;
  readonly #gate = new ScannerGate();
  readonly #ready: Promise<ScannerReady>;
  readonly #photos = new Map<number, (codes: readonly FoundCode[]) => void>();
  readonly #onCode: (text: string) => void;
  readonly #wanted: Wanted;
  #nextId = 1;
  #inFlight: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /**
   * @param onCode called with each code that is new in view, with a mark for one that is none of ours
   * @param store puts the reader's binary on the device too: an enrolment is not complete without it
   */
  constructor(onCode: (text: string) => void, store = false, wanted: Wanted = 'ticket') {
    this.#onCode = onCode;
    this.#wanted = wanted;
    this.#worker = new Worker(workerUrl, { type: 'module' });
    this.#ready = new Promise((resolve) => {
      this.#worker.addEventListener('message', ({ data }: MessageEvent<FromScanner>) => {
        if (data.kind === 'found') this.#found(data.id, data.codes);
        else resolve(data);
      });
      // The worker's own script could not be fetched.
      this.#worker.addEventListener('error', () => resolve({ kind: 'failed', reason: 'network' }));
    });
    this.#prepare(store);
    // A reader that could not be fetched is worth another try.
    addEventListener('online', this.#onOnline);
  }

  readonly #onOnline = (): void => this.#prepare(false);

  #prepare(store: boolean): void {
    this.#post({ kind: 'prepare', wasmUrl: new URL(wasmUrl, location.href).href, store, wanted: this.#wanted });
  }

  get ready(): Promise<ScannerReady> {
    return this.#ready;
  }

  /** Looks at a playing video until `pause` or `close`. */
  watch(video: HTMLVideoElement): void {
    this.pause();
    const look = async (): Promise<void> => {
      this.#timer = setTimeout(() => void look(), 1000 / RATE);
      // One picture at a time: a slow phone skips pictures instead of falling behind them.
      if (this.#inFlight !== undefined || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      const id = this.#nextId++;
      this.#inFlight = id;
      try {
        const picture = await pictureOf(video, aimedPart(video), SIDE);
        this.#post({ kind: 'frame', id, picture }, picture);
      } catch {
        this.#inFlight = undefined;
      }
    };
    void this.#ready.then(() => {
      if (this.#timer === undefined && !this.#closed) void look();
    });
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#inFlight = undefined;
  }

  /**
   * The code nearest to the centre of a photograph, a ticket of ours before any other; undefined when there is none, or
   * no picture in the file.
   */
  async photo(file: Blob): Promise<string | undefined> {
    if ((await this.#ready).kind !== 'ready') return undefined;
    const bitmap = await createImageBitmap(file).catch(() => undefined);
    if (!bitmap) return undefined;
    const picture = await pictureOf(
      bitmap,
      { left: 0, top: 0, width: bitmap.width, height: bitmap.height },
      PHOTO_SIDE,
    );
    const id = this.#nextId++;
    const codes = await new Promise<readonly FoundCode[]>((resolve) => {
      this.#photos.set(id, resolve);
      this.#post({ kind: 'photo', id, picture }, picture);
    });
    return nearestOf(codes)?.text;
  }

  /** Lets a code that is still in view be read again. */
  again(): void {
    this.#gate.clear();
  }

  /** The scanner is worth nothing afterwards. */
  close(): void {
    this.#closed = true;
    this.pause();
    removeEventListener('online', this.#onOnline);
    this.#worker.terminate();
    for (const resolve of this.#photos.values()) resolve([]);
  }

  #found(id: number, codes: readonly FoundCode[]): void {
    const photo = this.#photos.get(id);
    if (photo) {
      this.#photos.delete(id);
      photo(codes);
      return;
    }
    // An answer to a picture from before a pause.
    if (id !== this.#inFlight) return;
    this.#inFlight = undefined;
    const text = this.#gate.pick(codes, performance.now());
    if (text !== undefined) this.#onCode(text);
  }

  #post(message: ToScanner, transfer?: ImageBitmap | ImageData): void {
    this.#worker.postMessage(message, transfer instanceof ImageBitmap ? [transfer] : []);
  }
}

/** Puts the reader on the device, its binary and its script; at an enrolment. */
export async function keepScanner(): Promise<ScannerReady> {
  const scanner = new Scanner(() => undefined, true);
  try {
    const ready = await scanner.ready;
    return ready.kind === 'ready' && !(await appKept()) ? { kind: 'failed', reason: 'network' } : ready;
  } finally {
    scanner.close();
  }
}

/** How long the service worker may take to install on a first visit that begins at the door, milliseconds. */
const INSTALL = 60_000;

/** Whether the service worker has installed the app, the reader's script with it: a door is opened again without network. */
async function appKept(): Promise<boolean> {
  // A browser without service workers keeps no app, and waiting for one would keep its door closed for good.
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return true;
  if (!(await navigator.serviceWorker.getRegistration().catch(() => undefined))) return true;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, INSTALL));
  const installed = await Promise.race([navigator.serviceWorker.ready, late]);
  return installed !== undefined && (await caches.match(workerUrl).catch(() => undefined))?.ok === true;
}

/**
 * The square in the middle of a video whose side is the longer side of what the page shows of it (`object-fit: cover`), and a
 * little more: a ticket is held into the middle, and is seldom as low as a window that had to make room for an answer.
 */
function aimedPart({ videoWidth, videoHeight, clientWidth, clientHeight }: HTMLVideoElement): Part {
  if (clientWidth === 0 || clientHeight === 0) return { left: 0, top: 0, width: videoWidth, height: videoHeight };
  const scale = Math.max(clientWidth / videoWidth, clientHeight / videoHeight);
  const side = Math.round((Math.max(clientWidth, clientHeight) / scale) * (1 + 2 * MARGIN));
  const width = Math.min(videoWidth, side);
  const height = Math.min(videoHeight, side);
  return { left: (videoWidth - width) >> 1, top: (videoHeight - height) >> 1, width, height };
}

/** A picture that can be handed to a worker, made smaller where it is larger than a code needs. */
async function pictureOf(
  source: HTMLVideoElement | ImageBitmap,
  { left, top, width, height }: Part,
  side: number,
): Promise<ImageBitmap | ImageData> {
  const scale = Math.min(1, side / Math.max(width, height));
  const w = Math.max(1, Math.round(width * scale));
  const h = Math.max(1, Math.round(height * scale));
  if (typeof OffscreenCanvas !== 'undefined') {
    const resize = scale === 1 ? {} : ({ resizeWidth: w, resizeHeight: h, resizeQuality: 'medium' } as const);
    return createImageBitmap(source, left, top, width, height, resize);
  }
  // Without an OffscreenCanvas (Safari before 16.4) the worker cannot get at the pixels of a bitmap.
  const canvas = document.createElement('canvas');
  canvas.width = w;
  canvas.height = h;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(source, left, top, width, height, 0, 0, w, h);
  return context.getImageData(0, 0, w, h);
}
