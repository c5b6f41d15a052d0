import { isUuid } from '#domain/ids.ts';
import { offerEnrolment } from '#server/services/enrolment.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

/** Prints a link that enrols one phone at the door of an event. */
export const deviceEnrolCommand: Command = {
  name: 'device enrol',
  usage: '--event ID',
  summary: 'Prints a link that makes one phone a door of the event; good once, for 30 minutes. ID may be a slug.',
  options: { event: { type: 'string' } },
  positionals: 0,
  async run({ values, context, print }) {
    const wanted = values['event'];
    if (typeof wanted !== 'string' || wanted === '') throw new InputRefused('--event: the id or slug of an event');
    const ctx = await context();
    const event = await ctx.db.read
      .selectFrom('event')
      .select('id')
      .where(isUuid(wanted) ? 'id' : 'slug', '=', wanted)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (!event) throw new InputRefused(`--event: there is no event ${wanted}`);
    const { host, port, publicUrl } = ctx.config;
    const origin = publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    const offer = await offerEnrolment(ctx, event.id, origin, undefined);
    print(offer.url);
  },
};
