import encodeQR from 'qr';
import type { DeviceProfile } from '#domain/door-rules.ts';
import { deviceProfiles } from '#domain/door-rules.ts';
import { isUuid } from '#domain/ids.ts';
import { isLoopback } from '#server/config.ts';
import { addressForLinks } from '#server/services/operation/address.ts';
import { doorRulesOf } from '#server/services/door/door-rules.ts';
import { offerEnrolment } from '#server/services/door/enrolment.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

/** Prints a link that enrols one phone at the door of an event. */
export const deviceEnrolCommand: Command = {
  name: 'device enrol',
  usage: `--event ID [--profile ${deviceProfiles.join('|')}] [--list ID] [--qr]`,
  summary:
    'Prints a link that makes one phone a door of the event; good once, for 30 minutes. ID may be a slug. --qr draws it to be scanned.',
  options: {
    event: { type: 'string' },
    profile: { type: 'string' },
    list: { type: 'string' },
    qr: { type: 'boolean' },
  },
  positionals: 0,
  async run({ values, context, print }) {
    const wanted = values['event'];
    if (typeof wanted !== 'string' || wanted === '') throw new InputRefused('--event: the id or slug of an event');
    const profile = profileOf(values['profile']);
    const ctx = await context();
    const event = await ctx.db.read
      .selectFrom('event')
      .select('id')
      .where(isUuid(wanted) ? 'id' : 'slug', '=', wanted)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (!event) throw new InputRefused(`--event: there is no event ${wanted}`);
    const listId = values['list'];
    if (typeof listId === 'string') {
      const { lists } = await doorRulesOf(ctx.db.read, event.id);
      if (!lists.some((list) => list.id === listId)) throw new InputRefused(`--list: the event has no list ${listId}`);
    }
    const origin = await addressForLinks(ctx);
    const wish = { profile, ...(typeof listId === 'string' ? { listId } : {}) };
    const offer = await offerEnrolment(ctx, event.id, origin, undefined, wish);
    if (values['qr'] === true) print(encodeQR(offer.url, 'term'));
    print(offer.url);
    if (isLoopback(URL.parse(origin)?.hostname ?? '')) {
      // Not part of the answer: whoever reads the link from a pipe gets the link alone.
      console.error('This link opens on this machine alone: set ESCALE_PUBLIC_URL to where phones reach the server.');
    }
  },
};

function profileOf(value: unknown): DeviceProfile {
  if (value === undefined) return 'full';
  const found = deviceProfiles.find((one) => one === value);
  if (!found) throw new InputRefused(`--profile: one of ${deviceProfiles.join(', ')}`);
  return found;
}
