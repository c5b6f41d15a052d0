import type { GpxRefusal } from '#interop/gpx-read.ts';
import { MAX_GPX, readGpx } from '#interop/gpx-read.ts';
import type { TourFromGpx } from '#interop/gpx-tour.ts';
import { tourFromGpx } from '#interop/gpx-tour.ts';
import { MAX_ROUTE_POINTS, MAX_STOPS } from '#protocol/programme.ts';
import { newId } from '#client/store/ids.ts';

/** A file of a person's, as a tour. `unreadable`: not text in the encoding that it says. */
export async function gpxFileToTour(
  file: File,
  language: string,
): Promise<
  | { readonly kind: 'refused'; readonly reason: GpxRefusal | 'empty' | 'unreadable'; readonly line: number }
  | { readonly kind: 'read'; readonly name: string; readonly found: TourFromGpx }
> {
  if (file.size > MAX_GPX) return { kind: 'refused', reason: 'too_large', line: 0 };
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) return { kind: 'refused', reason: 'unreadable', line: 0 };
  const read = readGpx(text);
  if (read.kind === 'refused') return read;
  const found = tourFromGpx(read.gpx, { newId, language, maxPoints: MAX_ROUTE_POINTS, maxStops: MAX_STOPS });
  return found ? { kind: 'read', name: file.name, found } : { kind: 'refused', reason: 'empty', line: 0 };
}

/** XML says its encoding in its first line; without it, it is UTF-8, or UTF-16 with its mark. */
function decode(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const said = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(head.replace(/^\u00ef\u00bb\u00bf/, ''))?.[1];
  try {
    return new TextDecoder(marked ?? said ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
