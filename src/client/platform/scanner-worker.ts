import { readAgendaFrame } from '#domain/agenda-code.ts';
import { readStopCode } from '#domain/stop-code.ts';
import { readCode } from '#domain/ticket.ts';
import { prepareZXingModule, ZXING_WASM_SHA256 } from 'zxing-wasm/reader';
import { readWithScript, readWithZxing } from './scanner-engines.ts';
import type { Corner, Effort, Look, SeenCode } from './scanner-ladder.ts';
import { climb, Climber, readPhoto } from './scanner-ladder.ts';
import type { FoundCode, FromScanner, ScannerEngine, ToScanner, Wanted } from './scanner-messages.ts';
import { markOf } from './scanner-mark.ts';
import { SCANNER_CACHE } from './scanner-messages.ts';
import type { ColourPicture } from './scanner-picture.ts';
import { greyOf } from './scanner-picture.ts';

/** Decodes pictures away from the thread that paints. */

interface NativeDetector {
  detect(picture: ImageBitmap | ImageData): Promise<readonly { rawValue: string; cornerPoints: readonly Corner[] }[]>;
}
interface WorkerScope {
  readonly BarcodeDetector?: {
    new (options: { formats: readonly string[] }): NativeDetector;
    getSupportedFormats(): Promise<readonly string[]>;
  };
  postMessage(message: FromScanner): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToScanner>) => void): void;
}
const scope = self as unknown as WorkerScope;

/** Milliseconds after which the browser's own reader is held to be stuck, as some services behind it get. */
const STUCK = 2000;

let native: NativeDetector | undefined;
let wasm: Promise<'ready' | 'network' | 'unsupported'> | undefined;
let hasWasm = false;
let wanted: Wanted = 'ticket';
const climber = new Climber();

scope.addEventListener('message', ({ data }) => {
  if (data.kind === 'prepare') ({ wanted } = data);
  void (data.kind === 'prepare' ? prepare(data.wasmUrl, data.store) : look(data));
});

async function prepare(wasmUrl: string, store: boolean): Promise<void> {
  native = await nativeDetector();
  wasm ??= startWasm(wasmUrl);
  // Where the browser reads codes itself it begins at once. An enrolment waits all the same: hard pictures are for the binary,
  // and the browser's own reader may be a part that it downloads on demand.
  if (native && !store) scope.postMessage({ kind: 'ready', engine: 'native' });
  const state = await wasm;
  hasWasm = state === 'ready';
  if (!hasWasm) wasm = undefined;
  scope.postMessage(
    store && state === 'network' ? { kind: 'failed', reason: 'network' } : { kind: 'ready', engine: engine() },
  );
}

const engine = (): ScannerEngine => (native ? 'native' : hasWasm ? 'zxing' : 'script');

async function nativeDetector(): Promise<NativeDetector | undefined> {
  try {
    const formats = await scope.BarcodeDetector?.getSupportedFormats();
    return formats?.includes('qr_code') ? new scope.BarcodeDetector!({ formats: ['qr_code'] }) : undefined;
  } catch {
    return undefined;
  }
}

async function startWasm(url: string): Promise<'ready' | 'network' | 'unsupported'> {
  const binary = await wasmBinary(url);
  if (!binary) return 'network';
  try {
    await prepareZXingModule({ overrides: { wasmBinary: binary }, fireImmediately: true });
    return 'ready';
  } catch {
    return 'unsupported';
  }
}

/** The reader's binary from the device, else from the server and then kept; checked against the hash of the library's build. */
async function wasmBinary(url: string): Promise<ArrayBuffer | undefined> {
  const cache = await caches.open(SCANNER_CACHE).catch(() => undefined);
  const kept = await cache?.match(url).catch(() => undefined);
  const fromDevice = kept && (await kept.arrayBuffer());
  if (fromDevice && (await isReader(fromDevice))) return fromDevice;
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) return undefined;
    const bytes = await answer.arrayBuffer();
    if (!(await isReader(bytes))) return undefined;
    if (cache) {
      for (const old of await cache.keys()) await cache.delete(old);
      await cache.put(url, new Response(bytes, { headers: { 'content-type': 'application/wasm' } }));
    }
    return bytes;
  } catch {
    return undefined;
  }
}

async function isReader(bytes: ArrayBuffer): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('') === ZXING_WASM_SHA256;
}

async function look({ kind, id, picture }: Extract<ToScanner, { picture: unknown }>): Promise<void> {
  const read = kind === 'photo' ? photo(picture) : frame(picture);
  const codes = await read.catch(() => []);
  scope.postMessage({ kind: 'found', id, codes: codes.map((code) => found(code, picture)) });
  if (picture instanceof ImageBitmap) picture.close();
}

async function photo(picture: ImageBitmap | ImageData): Promise<readonly SeenCode[]> {
  const codes = await readNative(picture);
  if (codes && codes.length > 0) return codes;
  await wasm;
  return readPhoto(read, pixels(picture));
}

/** A quick look at every picture; a harder one now and then, as long as no ticket of ours was read. */
async function frame(picture: ImageBitmap | ImageData): Promise<readonly SeenCode[]> {
  const codes = await readNative(picture);
  const colour = codes ? undefined : pixels(picture);
  const { codes: seen, trace }: Look = colour ? await read(colour, 'quick') : { codes: codes ?? [] };
  if (seen.some(({ text }) => isOurs(text))) return seen;
  const from = performance.now();
  const rung = climber.next(from);
  if (rung === undefined) return seen;
  const hard = await climb(read, greyOf(colour ?? pixels(picture)), rung, trace ?? 'camera');
  climber.took(from, performance.now());
  // What was guessed wrongly from a bad picture must not be shown to a guest as a bad ticket.
  return [...seen, ...hard.filter(({ text }) => isOurs(text))];
}

async function read(picture: ColourPicture, effort: Effort): Promise<Look> {
  return hasWasm ? readWithZxing(picture, effort) : readWithScript(picture);
}

/** Undefined where the browser does not read codes itself, or no longer. */
async function readNative(picture: ImageBitmap | ImageData): Promise<readonly SeenCode[] | undefined> {
  if (!native) return undefined;
  try {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, STUCK));
    const codes = await Promise.race([native.detect(picture), late]);
    if (codes) return codes.map(({ rawValue, cornerPoints }) => ({ text: rawValue, corners: cornerPoints }));
  } catch {
    // A service that went away; what stands below serves as well.
  }
  native = undefined;
  return undefined;
}

let canvas: OffscreenCanvas | undefined;

function pixels(picture: ImageBitmap | ImageData): ColourPicture {
  if (picture instanceof ImageData) return picture;
  const { width, height } = picture;
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height);
}

const isOurs = (text: string): boolean => kindOf(text) === 'ours';

function kindOf(text: string): FoundCode['kind'] {
  if (wanted === 'stop') return readStopCode(text) ? 'ours' : 'foreign';
  if (wanted === 'agenda') return readAgendaFrame(text.slice(text.indexOf('#'))) ? 'ours' : 'foreign';
  const { kind } = readCode(text);
  return kind === 'foreign' ? kind : kind === 'malformed' ? 'damaged' : 'ours';
}

function found({ text, corners }: SeenCode, { width, height }: { width: number; height: number }): FoundCode {
  const x = corners.reduce((sum, c) => sum + c.x, 0) / corners.length;
  const y = corners.reduce((sum, c) => sum + c.y, 0) / corners.length;
  const distance = Math.hypot(x - width / 2, y - height / 2) / Math.hypot(width / 2, height / 2);
  const kind = kindOf(text);
  return { kind, text: kind === 'foreign' ? markOf(text) : text, distance };
}
