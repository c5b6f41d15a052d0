import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule } from 'zxing-wasm/reader';
import type { ColourPicture } from '#client/platform/scanner-picture.ts';
import { readPng } from './png.ts';

export interface Photograph {
  readonly name: string;
  /** What its code says, as far as its authors recorded it. */
  readonly text: string | undefined;
  readonly picture: ColourPicture;
}

const FEW = fileURLToPath(new URL('../fixtures/qr/', import.meta.url));
const ALL = process.env['QR_PHOTOGRAPHS'] ?? fileURLToPath(new URL('../../../shared/data/qr-jsqr/', import.meta.url));

/** The photographs that the project keeps. */
export function fewPhotographs(): Photograph[] {
  return photographsIn(FEW);
}

/** All that there are on this machine. */
export function allPhotographs(): Photograph[] {
  return photographsIn(existsSync(join(ALL, 'expected.json')) ? ALL : FEW);
}

function photographsIn(folder: string): Photograph[] {
  const texts = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, string | null>;
  return Object.entries(texts).map(([name, text]) => ({
    name,
    text: text ?? undefined,
    picture: readPng(readFileSync(join(folder, name))),
  }));
}

/** Starts the reader that the app has on the device. */
export async function startZxing(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const binary = Uint8Array.from(readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary: binary }, fireImmediately: true });
}
