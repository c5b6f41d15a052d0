import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RosterEntry } from '#domain/check-in.ts';
import { verdictOf } from '#domain/verdict.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { compact } from '#server/services/sync/compaction.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { itemsOf, loaded, View } from '../support/scopes.ts';

/**
 * A ticket that was good once is signed for good: a door lets it in unless it knows better. So its registration stays in the
 * roster under its id, whatever became of it, and through compaction and first loads.
 */
describe.each(engines)('tickets of ended registrations on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  let event: ProgrammeEvent;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    event = eventWith({ mode: 'open', maxParty: 2 });
    await publish(ctx, event);
  });
  afterAll(() => server.close());

  it('C2 are refused at every door that has heard of it, by a delta or by a first load', async () => {
    const scope = rosterScope(event.id);
    const door: Identity = {
      kind: 'device',
      deviceId: randomUUID(),
      eventId: event.id,
      access: 'open',
      profile: 'full',
    };
    const attendee = new Phone();
    await attendee.register(ctx, event);
    const { holderId } = attendee.who as { holderId: string };
    const [item] = await itemsOf(ctx, personScope(holderId));
    const { id, ticket, ticketId } = item!.value as Registration;
    const before = await loaded(ctx, door, scope);
    expect(judged(before!, ticket!, ticketId!)).toBe('admitted');

    await attendee.send(ctx, attendee.make('cancel-registration', { registrationId: id }));
    await compact(ctx, scope, 0, 0);
    for (const view of [before!, new View(), (await loaded(ctx, door, scope))!]) {
      expect(await view.catchUp(ctx, door, scope)).toBe(true);
      expect(judged(view, ticket!, ticketId!)).toBe('cancelled');
    }
  });

  function judged(view: View, ticket: string, ticketId: string): string {
    const entries = view.items().filter((item) => item.kind === 'entry');
    const entry = entries.map((item) => item.value as RosterEntry).find((one) => one.ticketId === ticketId);
    const presented = ctx.keys.check(ticket);
    if (!presented) throw new Error('the ticket is not signed');
    const about = { presented, eventId: event.id, revoked: false, checkIns: [], slots: [], now: ctx.clock() };
    return verdictOf({ ...about, ...(entry ? { entry } : {}) }).verdict;
  }
});
