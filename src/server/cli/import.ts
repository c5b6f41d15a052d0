import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import type { ImportProblem } from '#interop/imported.ts';
import { NATIONAL, regionOf } from '#domain/regions.ts';
import { editionId as editionIdSchema } from '#protocol/primitives.ts';
import { importFrabXml } from '../services/importing.ts';
import type { Command, CommandCall } from './command.ts';
import { InputRefused } from './command.ts';

/** Formats of the contract, and which of them there are. */
const FORMATS = { 'frab-xml': true, 'frab-json': false, openagenda: false, ics: false, csv: false } as const;
/** Problems that are told one by one. */
const SHOWN = 20;

export const importCommand: Command = {
  name: 'import',
  usage: '--format frab-xml FILE --edition ID [--region CODE] [--dry-run]',
  summary:
    'Takes a programme in; a second time changes only what has changed. Events that cannot be taken are named and left out.',
  options: {
    format: { type: 'string' },
    edition: { type: 'string' },
    region: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  positionals: 1,
  run: async ({ values, positionals, print, context }) => {
    const file = positionals[0]!;
    checkFormat(values['format']);
    const edition = v.safeParse(editionIdSchema, values['edition']);
    if (!edition.success)
      throw new InputRefused('--edition: give an id of small letters, digits and dashes, as in fosdem-2024');
    const region = values['region'] ?? NATIONAL;
    if (typeof region !== 'string' || !regionOf(region))
      throw new InputRefused(`--region: ${String(region)} is no region's INSEE code and not FR`);
    await checkFile(file);
    const dryRun = values['dry-run'] === true;
    const outcome = await importFrabXml(await context(), createReadStream(file), {
      editionId: edition.output,
      region,
      dryRun,
    });
    if (outcome.kind === 'refused') throw new InputRefused(describe(file, outcome.problem));
    const { read, added, changed, unchanged, problems } = outcome;
    for (const problem of problems.slice(0, SHOWN)) print(describe(file, problem));
    if (problems.length > SHOWN) print(`${file}: ${problems.length - SHOWN} more like these`);
    if (dryRun) print('Nothing was written (--dry-run).');
    print(`${read} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${problems.length} refused`);
  },
};

function checkFormat(format: CommandCall['values'][string]): void {
  const there = Object.entries(FORMATS).flatMap(([name, built]) => (built ? [name] : []));
  if (typeof format !== 'string') throw new InputRefused(`--format is missing: ${there.join(', ')}`);
  if (there.includes(format)) return;
  const planned = Object.hasOwn(FORMATS, format);
  throw new InputRefused(
    `--format ${format}: ${planned ? 'cannot be read yet' : 'no such format'}; there is ${there.join(', ')}`,
  );
}

async function checkFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (error) {
    throw new InputRefused(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  throw new InputRefused(`${file}: not a file`);
}

/** `FILE:LINE: event ID: what is wrong`. */
function describe(file: string, { message, line, item }: ImportProblem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${item === undefined ? '' : `event ${item}: `}${message}`;
}
