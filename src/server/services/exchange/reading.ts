import { isUtf8 } from 'node:buffer';
import type { Imported, ImportOptions, ImportProblem } from '#interop/imported.ts';
import { limits } from '#interop/imported.ts';
import type { ImportFormat } from '#interop/formats.ts';
import { readable } from '#interop/formats.ts';

/** Beginnings of files that are no text, and what to do with them. */
const PACKED: readonly (readonly [string, string])[] = [
  ['\x1f\x8b', 'it is compressed (gzip): unpack it first'],
  ['PK\x03\x04', 'it is a zip archive or a spreadsheet: unpack it, or save it as CSV'],
  ['\xd0\xcf\x11\xe0', 'it is a spreadsheet: save it as CSV'],
  ['BZh', 'it is compressed (bzip2): unpack it first'],
  ['\xfd7zXZ', 'it is compressed (xz): unpack it first'],
  ['(\xb5/\xfd', 'it is compressed (zstd): unpack it first'],
  ['7z\xbc\xaf', 'it is a 7z archive: unpack it first'],
  ['%PDF', 'it is a PDF'],
];

/**
 * Reads a file of one of the formats as a stream of bytes. Nothing packed is unpacked, so that a small file never becomes a
 * large one.
 */
export async function readProgramme(
  bytes: AsyncIterable<Uint8Array>,
  format: ImportFormat,
  options: ImportOptions,
): Promise<Imported> {
  const reader = readable[format].reader(options);
  for await (const text of texts(bytes, format)) {
    const problem = typeof text === 'string' ? reader.write(text) : text;
    if (problem) return { kind: 'refused', problem };
  }
  return reader.end();
}

/** The text of a table that is read whole, or why it is none. @param most characters */
export async function readTableText(bytes: AsyncIterable<Uint8Array>, most: number): Promise<string | ImportProblem> {
  let whole = '';
  for await (const text of texts(bytes, 'csv')) {
    if (typeof text !== 'string') return text;
    whole += text;
    if (whole.length > most) return { message: `more than ${most} characters` };
  }
  return whole;
}

/** A file's text in pieces; a problem is the last of them. */
async function* texts(bytes: AsyncIterable<Uint8Array>, format: ImportFormat): AsyncGenerator<string | ImportProblem> {
  let decoder: LineDecoder | undefined;
  for await (const chunk of format === 'csv' ? tableBytes(bytes) : bytes) {
    if (!decoder) {
      const head = Buffer.from(chunk.subarray(0, 300)).toString('latin1');
      const packed = PACKED.find(([start]) => head.startsWith(start));
      if (packed) return yield { message: packed[1] };
      const found = lineDecoder(encodingOf(head, format));
      if (typeof found === 'string') return yield { message: found, line: 1 };
      decoder = found;
    }
    const text = decoder.decode(chunk);
    yield text;
    if (typeof text !== 'string') return;
  }
  yield decoder?.decode() ?? '';
}

/** What a French spreadsheet writes is Windows-1252 where it is not UTF-8: told apart by the whole, and read as what it is. */
async function* tableBytes(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    // The reader names the limit.
    if (size > limits.file) return yield chunk;
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const marked = whole.subarray(0, 2).toString('latin1');
  if (
    marked === '\xff\xfe' ||
    marked === '\xfe\xff' ||
    isUtf8(whole) ||
    PACKED.some(([s]) => whole.subarray(0, 8).toString('latin1').startsWith(s))
  )
    yield whole;
  else yield Buffer.from(new TextDecoder('windows-1252').decode(whole), 'utf8');
}

/** Of the byte order mark or the XML declaration; UTF-8 without either. */
function encodingOf(head: string, format: ImportFormat): string {
  if (head.startsWith('\xff\xfe')) return 'utf-16le';
  if (head.startsWith('\xfe\xff')) return 'utf-16be';
  if (format !== 'frab-xml') return 'utf-8';
  return /^[^>]*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1] ?? 'utf-8';
}

interface LineDecoder {
  /** Without bytes: what is left. A problem names the line of the first byte that is no text in the encoding. */
  decode(chunk?: Uint8Array): string | ImportProblem;
}

/** A text says why there is none. */
function lineDecoder(encoding: string): LineDecoder | string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    return `the encoding ${encoding} is not known`;
  }
  let lines = 1;
  return {
    decode(chunk) {
      try {
        const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
        return text;
      } catch (error) {
        // The decoder's word for bytes that are no text.
        if (!(error instanceof TypeError)) throw error;
        return { message: `its bytes are not ${decoder.encoding}`, line: lines + linesBeforeBad(chunk, encoding) };
      }
    },
  };
}

/** Line ends before the first bad byte; a character cut in two at the start of a chunk counts as bad there. */
function linesBeforeBad(chunk: Uint8Array | undefined, encoding: string): number {
  if (!chunk || !encoding.toLowerCase().startsWith('utf-8')) return 0;
  let count = 0;
  let from = 0;
  while (from < chunk.length && (chunk[from]! & 0xc0) === 0x80 && from < 3) from++;
  for (let end = chunk.indexOf(10, from); end >= 0; end = chunk.indexOf(10, from)) {
    if (!isUtf8(chunk.subarray(from, end))) return count;
    count++;
    from = end + 1;
  }
  return count;
}
