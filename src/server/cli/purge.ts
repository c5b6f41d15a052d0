import { dropUnusedPictures } from '../services/programme/picture-cleaning.ts';
import { forgetOldDeeds } from '../services/desk/journal.ts';
import { KEEP_DAYS, keepEdition, purge } from '../services/operation/purge.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

const purgeCommand: Command = {
  name: 'purge',
  usage: '[--edition ID] [--dry-run]',
  summary: `Erases names, addresses, answers, notes, letters and remarks of editions that ended more than ${KEEP_DAYS} days ago, or what the edition says, and pictures that nothing shows any more; numbers stay. Meant to be run every day.`,
  options: { edition: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  positionals: 0,
  run: async ({ values, print, context }) => {
    const ctx = await context();
    const edition = values['edition'];
    if (typeof edition === 'string') {
      const row = await ctx.db.read.selectFrom('edition').select('id').where('id', '=', edition).executeTakeFirst();
      if (!row) throw new InputRefused(`--edition: there is no edition ${edition}`);
    }
    const dryRun = values['dry-run'] === true;
    const purged = await purge(ctx, { dryRun, ...(typeof edition === 'string' ? { editionId: edition } : {}) });
    for (const { editionId, due, counts } of purged) {
      const parts = Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
      print(`${editionId}, due since ${due}: ${parts.join(', ')}`);
    }
    const what = dryRun ? 'would be erased' : 'erased';
    const pictures = typeof edition === 'string' ? 0 : await dropUnusedPictures(ctx, { dryRun });
    const lines = typeof edition === 'string' ? 0 : await forgetOldDeeds(ctx, { dryRun });
    if (lines > 0)
      print(`${lines === 1 ? '1 line' : `${lines} lines`} of the journal, older than thirteen months: ${what}.`);
    if (pictures > 0) print(`${pictures === 1 ? '1 picture' : `${pictures} pictures`} that nothing shows: ${what}.`);
    print(
      purged.length === 0
        ? 'Nothing to erase.'
        : `${purged.length === 1 ? '1 edition' : `${purged.length} editions`} ${what}.`,
    );
    if (purged.length > 0 && !dryRun)
      print('Backups from before still hold these data: remove them when theirs is the time.');
  },
};

const editionKeep: Command = {
  name: 'edition keep',
  usage: 'ID --days N|usual',
  summary: `For how many days after its end an edition keeps personal data; ${KEEP_DAYS} unless said. Then purge erases them.`,
  options: { days: { type: 'string' } },
  positionals: 1,
  run: async ({ values, positionals, print, context }) => {
    const given = values['days'];
    const days =
      given === 'usual' ? null : typeof given === 'string' && /^\d{1,5}$/.test(given) ? Number(given) : undefined;
    if (days === undefined) throw new InputRefused('--days: a number of days, or usual');
    const id = positionals[0]!;
    if (!(await keepEdition(await context(), id, days))) throw new InputRefused(`there is no edition ${id}`);
    print(`${id} keeps personal data for ${days ?? KEEP_DAYS} days after its end.`);
  },
};

export const purgeCommands: readonly Command[] = [purgeCommand, editionKeep];
