import * as v from 'valibot';
import { editionId as editionIdSchema } from '#protocol/primitives.ts';
import { makeDemoData } from '../services/operation/demo-data.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

const DEFAULT_EDITION = 'demo-data';
const MOST = 1_000_000;

export const demoCommand: Command = {
  name: 'demo',
  usage: `--events N --registrations N [--edition ID]`,
  summary: `Makes synthetic events, and registrations that all go to one event, in a demonstration edition (${DEFAULT_EDITION}).`,
  options: { events: { type: 'string' }, registrations: { type: 'string' }, edition: { type: 'string' } },
  positionals: 0,
  run: async ({ values, print, context }) => {
    const events = countOf('events', values['events']);
    const registrations = countOf('registrations', values['registrations']);
    if (events + registrations === 0) throw new InputRefused('Say how many: --events N, --registrations N, or both');
    const edition = v.safeParse(editionIdSchema, values['edition'] ?? DEFAULT_EDITION);
    if (!edition.success) throw new InputRefused('--edition: give an id of small letters, digits and dashes');
    const editionId = edition.output;
    const made = await makeDemoData(await context(), { editionId, events, registrations }, print);
    if (made.kind === 'not_demo') {
      throw new InputRefused(`--edition ${editionId} is no demonstration edition; nothing was made`);
    }
    print(
      `edition ${editionId}: ${made.added} events added, ${made.registered} registrations; it shows at /?edition=${editionId}`,
    );
    if (registrations > 0) print(`event ${made.eventId} holds the registrations`);
  },
};

function countOf(name: string, value: unknown): number {
  if (value === undefined) return 0;
  const count = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
  if (!(count <= MOST)) throw new InputRefused(`--${name}: give a whole number up to ${MOST}`);
  return count;
}
