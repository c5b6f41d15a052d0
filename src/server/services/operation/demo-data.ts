import { localOf } from '#domain/dates.ts';
import type { Edition } from '#domain/programme.ts';
import { NATIONAL, zoneOfRegion } from '#domain/regions.ts';
import { mutations } from '#protocol/mutation.ts';
import { MAX_MUTATIONS } from '#protocol/push.ts';
import { PROTOCOL } from '#protocol/version.ts';
import { bulkEvent, gathering, gatheringId } from '../../sample/bulk-events.ts';
import { demoEdition } from '../../sample/demo-edition.ts';
import { sampleId } from '../../sample/identity.ts';
import { inventedPerson } from '../../sample/people.ts';
import type { Context } from '../context.ts';
import { dropLetters } from '../mail/letters.ts';
import { secretHash } from '../people/identity.ts';
import { publishEvents, saveEdition } from '../programme/publishing.ts';
import { push } from '../sync/push.ts';

export interface DemoDataRequest {
  readonly editionId: string;
  readonly events: number;
  /** All of them for one event, whose roster is then as long. */
  readonly registrations: number;
}

/** `not_demo`: the edition is a real one, and nothing was made. */
export type DemoData =
  | { readonly kind: 'made'; readonly added: number; readonly registered: number; readonly eventId: string }
  | { readonly kind: 'not_demo' };

/** Events published at once: long enough for the disk, short enough for others to get their turn. */
const PART = 500;

/**
 * Synthetic events and registrations in a demonstration edition, which is made when there is none of that id. The same call
 * again adds nothing: ids and addresses are numbered. Registrations go the way of everybody's.
 */
export async function makeDemoData(
  ctx: Context,
  request: DemoDataRequest,
  progress: (line: string) => void,
): Promise<DemoData> {
  const { editionId } = request;
  const today = localOf(ctx.clock(), zoneOfRegion(NATIONAL)).date;
  const frame = { editionId, today, at: new Date(ctx.clock()).toISOString() };
  const stored = await ctx.db.read.selectFrom('edition').select('data').where('id', '=', editionId).executeTakeFirst();
  if (stored && (JSON.parse(stored.data) as Edition).kind !== 'demo') return { kind: 'not_demo' };
  if (!stored) {
    const any = await ctx.db.read.selectFrom('edition').select('id').limit(1).executeTakeFirst();
    const title = { fr: `Données d'essai (${editionId})`, en: `Trial data (${editionId})` };
    await saveEdition(ctx, { ...demoEdition(editionId, today), title, current: any === undefined });
  }
  let added = 0;
  for (let from = 0; from < request.events; from += PART) {
    const to = Math.min(request.events, from + PART);
    const events = Array.from({ length: to - from }, (_, i) => bulkEvent(frame, from + i));
    added += (await publishEvents(ctx, events)).added;
    progress(`${to} of ${request.events} events`);
  }
  if (request.registrations > 0) added += (await publishEvents(ctx, [gathering(frame)])).added;
  const registered = await registerMany(ctx, request, progress);
  return { kind: 'made', added, registered, eventId: gatheringId(editionId) };
}

async function registerMany(
  ctx: Context,
  { editionId, registrations }: DemoDataRequest,
  progress: (line: string) => void,
): Promise<number> {
  const eventId = gatheringId(editionId);
  const { version } = mutations.register;
  let registered = 0;
  for (let from = 0; from < registrations; from += MAX_MUTATIONS) {
    const count = Math.min(MAX_MUTATIONS, registrations - from);
    const clientAt = new Date(ctx.clock()).toISOString();
    const id = (n: number, what: string): string => sampleId('bulk', eventId, n, what);
    const response = await push(
      ctx,
      { kind: 'holder', holderId: secretHash(id(from, 'holder')) },
      {
        protocol: PROTOCOL,
        replicaId: id(from, 'replica'),
        mutations: Array.from({ length: count }, (_, i) => {
          const n = from + i;
          const party = n % 7 === 3 ? 2 : n % 23 === 5 ? 4 : 1;
          const who = { eventId, subjectId: eventId, ...inventedPerson(n), party, language: 'fr' };
          const args = { registrationId: id(n, 'registration'), ...who };
          return { seq: i + 1, mutationId: id(n, 'register'), name: 'register', version, args, clientAt };
        }),
      },
    );
    await dropLetters(ctx, eventId);
    registered += response.results.filter((r) => r.outcome === 'applied').length;
    if ((from + count) % 5000 === 0 || from + count === registrations)
      progress(`${from + count} of ${registrations} registrations`);
  }
  return registered;
}
