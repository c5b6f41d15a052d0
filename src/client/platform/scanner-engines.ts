import type { ReaderOptions } from 'zxing-wasm/reader';
import { readBarcodes } from 'zxing-wasm/reader';
import { decodeQR } from 'qr/decode.js';
import type { Corner, Effort, Look, SeenCode } from './scanner-ladder.ts';
import type { ColourPicture } from './scanner-picture.ts';

const ALWAYS: ReaderOptions = {
  // Without its small relatives, which are found in many a picture that has none.
  formats: ['QRCodeModel2'],
  textMode: 'Plain',
  // Also what was found and not read: where to look harder.
  returnErrors: true,
  // Several, so that the nearest to the centre can be chosen.
  maxNumberOfSymbols: 4,
  // A QR code is found however it is turned; this is for other codes.
  tryRotate: false,
};
const EFFORTS: Readonly<Record<Effort, ReaderOptions>> = {
  quick: { ...ALWAYS, tryHarder: false, tryInvert: false, tryDownscale: false },
  thorough: { ...ALWAYS, tryHarder: true, tryInvert: true, tryDownscale: true },
};

/** Reads with zxing-wasm, which must have been prepared. */
export async function readWithZxing(picture: ColourPicture, effort: Effort): Promise<Look> {
  const results = await readBarcodes(picture as ImageData, EFFORTS[effort]);
  const codes: SeenCode[] = [];
  let trace: Look['trace'];
  for (const { isValid, text, position: p, version } of results) {
    const corners = [p.topLeft, p.topRight, p.bottomRight, p.bottomLeft];
    const modules = 17 + 4 * Number(version);
    if (isValid && text !== '') codes.push({ text, corners });
    else if (!isValid && Number.isInteger(modules)) trace ??= { corners, modules };
  }
  return { codes, trace };
}

/** Reads without WebAssembly, one code a picture: where the binary is not there, or may not run. */
export async function readWithScript(picture: ColourPicture): Promise<Look> {
  let corners: readonly Corner[] = [];
  try {
    const text = decodeQR(picture, { effort: 1, pointsOnDetect: ({ bounds }) => (corners = bounds) });
    return { codes: text === '' ? [] : [{ text, corners }] };
  } catch {
    return { codes: [] };
  }
}
