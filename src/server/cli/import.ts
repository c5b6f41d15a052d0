import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import { importFormats } from '#interop/formats.ts';
import type { ImportProblem } from '#interop/imported.ts';
import { regionOf } from '#domain/regions.ts';
import { editionId as editionIdSchema } from '#protocol/primitives.ts';
import type { ImportChange } from '../services/exchange/importing.ts';
import { importProgramme } from '../services/exchange/importing.ts';
import type { Command, CommandCall } from './command.ts';
import { InputRefused } from './command.ts';

/** Problems that are told one by one. */
const SHOWN = 50;

export const importCommand: Command = {
  name: 'import',
  usage: `--format ${importFormats.join('|')} FILE --edition ID [--region CODE] [--dry-run]`,
  summary:
    'Takes a programme in; a second time changes only what has changed, and keeps what was edited here. Events that cannot be taken are named and left out.',
  options: {
    format: { type: 'string' },
    edition: { type: 'string' },
    region: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  positionals: 1,
  run: async ({ values, positionals, print, context }) => {
    const file = positionals[0]!;
    const format = formatAmong(importFormats, values['format']);
    const editionId = editionFrom(values['edition']);
    const region = regionFrom(values['region']);
    await checkFile(file);
    const dryRun = values['dry-run'] === true;
    const ctx = await context();
    const outcome = await importProgramme(ctx, createReadStream(file), {
      format,
      editionId,
      ...(region === undefined ? {} : { region }),
      dryRun,
      origin: originFrom(ctx.config),
    });
    if (outcome.kind === 'refused') throw new InputRefused(describe(file, outcome.problem));
    const { read, added, changed, unchanged, problems, notes, changes } = outcome;
    for (const problem of problems.slice(0, SHOWN)) print(describe(file, problem));
    if (problems.length > SHOWN) print(`${file}: ${problems.length - SHOWN} more like these`);
    for (const note of notes) print(`${file}: ${note}`);
    // What was kept against the file is said even when everything else is done without a word.
    for (const change of changes) if (dryRun || change.kept.length > 0) print(changeLine(change));
    if (dryRun) print('Nothing was written (--dry-run).');
    print(`${read} read, ${added} added, ${changed} changed, ${unchanged} unchanged, ${problems.length} refused`);
  },
};

/** @throws InputRefused */
export function formatAmong<F extends string>(formats: readonly F[], given: CommandCall['values'][string]): F {
  if (typeof given !== 'string') throw new InputRefused(`--format is missing: ${formats.join(', ')}`);
  const format = formats.find((one) => one === given);
  if (format === undefined) throw new InputRefused(`--format ${given}: no such format; there is ${formats.join(', ')}`);
  return format;
}

/** @throws InputRefused */
export function editionFrom(given: CommandCall['values'][string]): string {
  const edition = v.safeParse(editionIdSchema, given);
  if (edition.success) return edition.output;
  throw new InputRefused('--edition: give an id of small letters, digits and dashes, as in fosdem-2024');
}

/** @throws InputRefused */
export function regionFrom(given: CommandCall['values'][string]): string | undefined {
  if (given === undefined || (typeof given === 'string' && regionOf(given))) return given;
  throw new InputRefused(`--region: ${String(given)} is no region's INSEE code and not FR`);
}

/** Where the server is reached, as far as a command can know. */
export function originFrom({ publicUrl, port }: { readonly publicUrl?: string; readonly port: number }): string {
  return publicUrl ?? `http://localhost:${port}`;
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ENOTDIR: 'there is no such folder',
  ENAMETOOLONG: 'the name is too long',
};

async function checkFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new InputRefused(`${file}: ${REASONS[code] ?? `it cannot be read (${code})`}`);
  }
  throw new InputRefused(`${file}: not a file`);
}

/** `FILE:LINE: event ID: what is wrong`. */
function describe(file: string, { message, line, item }: ImportProblem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${item === undefined ? '' : `event ${item}: `}${message}`;
}

/** `changed 52 Balade à Nantes: title.fr, sessions; kept as edited here: summary.fr`. */
function changeLine({ action, region, title, taken, kept }: ImportChange): string {
  const fields = [
    ...(taken.length > 0 ? [taken.join(', ')] : []),
    ...(kept.length > 0 ? [`kept as edited here: ${kept.join(', ')}`] : []),
    ...(action === 'withdrawn' ? ['taken out of the programme here, and left out'] : []),
  ];
  return `${action} ${region} ${title}${fields.length === 0 ? '' : `: ${fields.join('; ')}`}`;
}
