import jsqrModule from 'jsqr';
import { decodeQR } from 'qr/decode.js';
import { readBarcodes } from 'zxing-wasm/reader';
import { readWithZxing } from '#client/platform/scanner-engines.ts';
import { readPhoto } from '#client/platform/scanner-ladder.ts';
import type { ColourPicture } from '#client/platform/scanner-picture.ts';
import { colourOf } from '#client/platform/scanner-picture.ts';
import { hardPictures } from '../support/hard-pictures.ts';
import { allPhotographs, startZxing } from '../support/photographs.ts';
import type { Row } from './row.ts';
import { rowOf } from './row.ts';

/** Other pictures than those that the ladder was tuned on. */
const SEED = 7;
const RUNS = 3;

interface Sample {
  readonly name: string;
  readonly picture: ColourPicture;
  /** What counts as read. */
  readonly texts: ReadonlySet<string>;
}

type Reader = (picture: ColourPicture) => Promise<readonly string[]> | readonly string[];

const jsqr = typeof jsqrModule === 'function' ? jsqrModule : (jsqrModule as { default: typeof jsqrModule }).default;

/** Each as a program would use it that has nothing else, with its own defaults for a single picture. */
const peers: Readonly<Record<string, Reader>> = {
  jsqr({ data, width, height }) {
    const found = jsqr(data, width, height);
    return found ? [found.data, shiftJis(found.binaryData)] : [];
  },
  qr(picture) {
    try {
      return [decodeQR(picture, { textDecoder: utf8OrShiftJis })];
    } catch {
      return [];
    }
  },
  async 'zxing-wasm'(picture) {
    const found = await readBarcodes(picture as ImageData, { formats: ['QRCode'], textMode: 'Plain' });
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  },
};

const ours: Reader = async (picture) => (await readPhoto(readWithZxing, picture)).map(({ text }) => text);

/** How many hard pictures are read, and how long one takes, beside other readers. */
export async function reading(log: (line: string) => void, quick: boolean): Promise<Row[]> {
  await startZxing();
  const photographs = allPhotographs();
  const samples = photographs.flatMap(({ name, text, picture }): Sample[] =>
    text === undefined ? [] : [{ name, picture, texts: textsOf(text, picture) }],
  );
  const unrecorded = photographs.filter(({ text }) => text === undefined);
  let more = 0;
  for (const { picture } of unrecorded) if ((await ours(picture)).length > 0) more++;
  log(
    `${photographs.length} photographs, ${samples.length} with a text; of the ${unrecorded.length} others ${more} are read too`,
  );
  const photo = await compare(log, samples, quick ? 1 : RUNS);

  log('making tickets in bad light');
  const bad = [...hardPictures(SEED)]
    .filter((_, i) => !quick || i % 4 === 0)
    .map(({ name, text, picture }): Sample => ({ name, picture: colourOf(picture), texts: new Set([text]) }));
  const distorted = await compare(log, bad, 1);
  logKinds(log, distorted);

  const best = Math.max(...Object.values(distorted.peers).map(({ read }) => read.size));
  return [
    counts(`photographs of codes read, of ${samples.length}`, photo, photo.peers['jsqr']!.read.size),
    times('a photograph, mean', photo, { jsqr: 2 }),
    counts(`tickets in bad light read, of ${bad.length}`, distorted, best + 1),
    times('a ticket in bad light, mean', distorted, {}),
  ];
}

interface Result {
  readonly read: ReadonlySet<string>;
  /** Mean of a picture, of each run, in milliseconds. */
  readonly means: readonly number[];
}
interface Comparison {
  readonly samples: readonly Sample[];
  readonly ours: Result;
  readonly peers: Readonly<Record<string, Result>>;
}

async function compare(log: (line: string) => void, samples: readonly Sample[], runs: number): Promise<Comparison> {
  const all: [string, Result][] = [];
  for (const [name, reader] of Object.entries({ escale: ours, ...peers })) {
    for (const { picture } of samples.slice(0, 10)) await reader(picture);
    const means: number[] = [];
    const read = new Set<string>();
    let wrong = 0;
    for (let run = 0; run < runs; run++) {
      let took = 0;
      for (const { name: sample, picture, texts } of samples) {
        const started = performance.now();
        const found = await reader(picture);
        took += performance.now() - started;
        if (found.some((text) => texts.has(normal(text)))) read.add(sample);
        else if (found.length > 0 && run === 0) wrong++;
      }
      means.push(took / samples.length);
    }
    log(`${name}: ${read.size} of ${samples.length}, ${wrong} wrongly, ${means.map((m) => m.toFixed(1)).join(' ')} ms`);
    all.push([name, { read, means }]);
  }
  const { escale, ...others } = Object.fromEntries(all);
  return { samples, ours: escale!, peers: others };
}

function logKinds(log: (line: string) => void, { samples, ours: mine, peers: others }: Comparison): void {
  const kindOf = (name: string): string => name.replace(/ \d+$/, '');
  for (const kind of new Set(samples.map(({ name }) => kindOf(name)))) {
    const of = (names: Iterable<string>): number => [...names].filter((name) => kindOf(name) === kind).length;
    const theirs = Object.entries(others).map(([peer, { read }]) => `${peer} ${of(read)}`);
    log(`  ${kind}: ${of(mine.read)} of ${of(samples.map(({ name }) => name))} (${theirs.join(', ')})`);
  }
}

function counts(name: string, { ours: mine, peers: others }: Comparison, least: number): Row {
  return rowOf({
    name,
    unit: 'read',
    ours: [mine.read.size],
    peers: Object.fromEntries(Object.entries(others).map(([peer, { read }]) => [peer, [read.size]])),
    budget: { least },
  });
}

function times(name: string, { ours: mine, peers: others }: Comparison, ahead: Readonly<Record<string, number>>): Row {
  return rowOf({
    name,
    unit: 'ms',
    ours: mine.means,
    peers: Object.fromEntries(Object.entries(others).map(([peer, { means }]) => [peer, means])),
    ahead,
  });
}

/**
 * The recorded text, and the same code's bytes read as Shift JIS: the authors' reader did not know that encoding, and recorded
 * what remained without it, which is nothing for some.
 */
function textsOf(recorded: string, { data, width, height }: ColourPicture): ReadonlySet<string> {
  const found = jsqr(data, width, height);
  return new Set([recorded, ...(found ? [shiftJis(found.binaryData)] : [])].map(normal));
}

function shiftJis(bytes: Iterable<number>): string {
  return new TextDecoder('shift_jis').decode(Uint8Array.from(bytes));
}

function utf8OrShiftJis(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return shiftJis(bytes);
  }
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
