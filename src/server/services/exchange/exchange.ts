import type { Edition, RegionCode } from '#domain/programme.ts';
import type { ExportFormat, ImportFormat } from '#interop/formats.ts';
import type { ImportAnswer } from '#protocol/exchange.ts';
import { LISTED } from '#protocol/exchange.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { note } from '../desk/audit.ts';
import type { Exported } from './exporting.ts';
import { exportProgramme } from './exporting.ts';
import { proposesImports } from '../proposing/import-proposals.ts';
import { importProgramme } from './importing.ts';
import { ProblemError } from '../problem-error.ts';
import { readApart } from './reading-apart.ts';

interface Request {
  readonly editionId: string;
  readonly region?: RegionCode;
  readonly origin: string;
}

/**
 * Takes a file in as the desk does: the national team anything, a regional correspondent into their own region alone, where
 * every event of the file then is, and by way of the moderators where the nation has the last word.
 * @throws ProblemError `forbidden`
 */
export async function importFromDesk(
  ctx: Context,
  who: Account,
  bytes: AsyncIterable<Uint8Array>,
  request: Request & { readonly format: ImportFormat; readonly dryRun: boolean },
): Promise<ImportAnswer> {
  if (who.role !== 'national' && who.role !== 'regional') throw new ProblemError('forbidden');
  const only = who.role === 'regional' ? who.regions : undefined;
  if (only && request.region !== undefined && !only.includes(request.region)) throw new ProblemError('forbidden');
  const region = request.region ?? (only?.length === 1 ? only[0] : undefined);
  // Of several regions one is named: where the events of a file are is not for the file to say.
  if (only && region === undefined) throw new ProblemError('forbidden', 'region: name one of yours');
  const within = only ? region : undefined;
  const row = await ctx.db.read
    .selectFrom('edition')
    .select('data')
    .where('id', '=', request.editionId)
    .executeTakeFirst();
  const proposes = proposesImports(who, row && (JSON.parse(row.data) as Edition));
  const outcome = await importProgramme(ctx, bytes, {
    ...request,
    ...(proposes ? { proposer: who } : {}),
    read: readApart,
    ...(region === undefined ? {} : { region }),
    ...(within === undefined ? {} : { within }),
  });
  if (outcome.kind === 'refused') return outcome;
  const written = outcome.added + outcome.changed;
  if (!request.dryRun && written > 0) {
    const deed = { kind: 'programme_imported' as const, about: request.editionId, count: written };
    await ctx.db.units.one((tx) => note(ctx, tx, who, deed));
  }
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
  if (who.role === 'organiser') throw new ProblemError('forbidden');
  const exported = await exportProgramme(ctx, request);
  if (!exported) throw new ProblemError('not_found');
  return exported;
}
