import type { RegionCode } from '#domain/programme.ts';
import type { ExportFormat, ImportFormat } from '#interop/formats.ts';
import type { ImportAnswer } from '#protocol/exchange.ts';
import { LISTED } from '#protocol/exchange.ts';
import type { Account } from './accounts.ts';
import type { Context } from './context.ts';
import type { Exported } from './exporting.ts';
import { exportProgramme } from './exporting.ts';
import { importProgramme } from './importing.ts';
import { ProblemError } from './problem-error.ts';
import { readApart } from './reading-apart.ts';

interface Request {
  readonly editionId: string;
  readonly region?: RegionCode;
  readonly origin: string;
}

/**
 * Takes a file in as the desk does: the national team anything, a regional correspondent into their own region alone, where
 * every event of the file then is.
 * @throws ProblemError `forbidden`
 */
export async function importFromDesk(
  ctx: Context,
  who: Account,
  bytes: AsyncIterable<Uint8Array>,
  request: Request & { readonly format: ImportFormat; readonly dryRun: boolean },
): Promise<ImportAnswer> {
  const within = regionFor(who);
  if (within !== undefined && request.region !== undefined && request.region !== within)
    throw new ProblemError('forbidden');
  const region = request.region ?? within;
  const outcome = await importProgramme(ctx, bytes, {
    ...request,
    read: readApart,
    ...(region === undefined ? {} : { region }),
    ...(within === undefined ? {} : { within }),
  });
  if (outcome.kind === 'refused') return outcome;
  const { problems, changes, notes, ...counts } = outcome;
  return {
    ...counts,
    dryRun: request.dryRun,
    refused: problems.length,
    problems: problems.slice(0, LISTED),
    notes: [...notes],
    changes: changes.slice(0, LISTED).map((c) => ({ ...c, taken: [...c.taken], kept: [...c.kept] })),
    changesInAll: changes.length,
  };
}

/**
 * The published programme as a file: of any region, for it is public, by those whose work it is.
 * @throws ProblemError `forbidden`; `not_found` when there is no such edition
 */
export async function exportFromDesk(
  ctx: Context,
  who: Account,
  request: Request & { readonly format: ExportFormat },
): Promise<Exported> {
  regionFor(who);
  const exported = await exportProgramme(ctx, request);
  if (!exported) throw new ProblemError('not_found');
  return exported;
}

/** A correspondent's region; undefined for the national team, which has all. */
function regionFor(who: Account): RegionCode | undefined {
  if (who.role === 'national') return undefined;
  if (who.role === 'regional' && who.region !== undefined) return who.region;
  throw new ProblemError('forbidden');
}
