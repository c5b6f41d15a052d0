import { prepareZXingModule, readBarcodes, ZXING_WASM_SHA256 } from 'zxing-wasm/reader';
import type { FoundCode, FromScanner, ScannerEngine, ToScanner } from './scanner-messages.ts';
import { SCANNER_CACHE } from './scanner-messages.ts';

/** Decodes pictures away from the thread that paints. */

interface Corner {
  readonly x: number;
  readonly y: number;
}
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

let native: NativeDetector | undefined;
let wasm: Promise<'ready' | 'network' | 'unsupported'> | undefined;

scope.addEventListener('message', ({ data }) => {
  void (data.kind === 'prepare' ? prepare(data.wasmUrl, data.store) : look(data));
});

async function prepare(wasmUrl: string, store: boolean): Promise<void> {
  native = await nativeDetector();
  wasm ??= startWasm(wasmUrl);
  // Where the browser reads codes itself, the binary is only its stand-in: an enrolment takes it all the same, as the
  // browser's own reader may be a part that it downloads on demand.
  const state = native && !store ? 'ready' : await wasm;
  if (state !== 'ready') wasm = undefined;
  scope.postMessage(state === 'ready' ? { kind: 'ready', engine: engine() } : { kind: 'failed', reason: state });
}

const engine = (): ScannerEngine => (native ? 'native' : 'zxing');

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
  const found: FromScanner = { kind: 'found', id, codes: await codesIn(picture, kind === 'photo').catch(() => []) };
  if (picture instanceof ImageBitmap) picture.close();
  scope.postMessage(found);
}

async function codesIn(picture: ImageBitmap | ImageData, photo: boolean): Promise<FoundCode[]> {
  if (native) {
    try {
      const codes = await native.detect(picture);
      if (codes.length > 0 || !photo)
        return codes.map((c) => ({ text: c.rawValue, distance: distance(c.cornerPoints, picture) }));
    } catch {
      native = undefined;
    }
  }
  if ((await wasm) !== 'ready') return [];
  const results = await readBarcodes(pixels(picture), {
    formats: ['QRCode'],
    tryHarder: true,
    // Several, so that the nearest to the centre can be chosen.
    maxNumberOfSymbols: 4,
    textMode: 'Plain',
  });
  return results
    .filter((r) => r.isValid && r.text !== '')
    .map(({ text, position: p }) => ({
      text,
      distance: distance([p.topLeft, p.topRight, p.bottomLeft, p.bottomRight], picture),
    }));
}

let canvas: OffscreenCanvas | undefined;

function pixels(picture: ImageBitmap | ImageData): ImageData {
  if (picture instanceof ImageData) return picture;
  const { width, height } = picture;
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height);
}

function distance(corners: readonly Corner[], { width, height }: { width: number; height: number }): number {
  const x = corners.reduce((sum, c) => sum + c.x, 0) / corners.length;
  const y = corners.reduce((sum, c) => sum + c.y, 0) / corners.length;
  return Math.hypot(x - width / 2, y - height / 2) / Math.hypot(width / 2, height / 2);
}
