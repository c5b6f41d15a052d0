import { once } from 'node:events';
import { exportFormats } from '#interop/formats.ts';
import { exportProgramme } from '../services/exchange/exporting.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';
import { editionFrom, formatAmong, originFrom, regionFrom } from './import.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: `--format ${exportFormats.join('|')} --edition ID [--region CODE]`,
  summary: 'Writes the published programme of an edition, or of one region of it, to standard output.',
  options: { format: { type: 'string' }, edition: { type: 'string' }, region: { type: 'string' } },
  positionals: 0,
  run: async ({ values, context }) => {
    const format = formatAmong(exportFormats, values['format']);
    const editionId = editionFrom(values['edition']);
    const region = regionFrom(values['region']);
    const ctx = await context();
    const exported = await exportProgramme(ctx, {
      format,
      editionId,
      ...(region === undefined ? {} : { region }),
      origin: originFrom(ctx.config),
    });
    if (!exported) throw new InputRefused(`--edition: there is no edition ${editionId}`);
    for await (const piece of exported.pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  },
};
