import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { PULL_PAGE } from '#protocol/pull.ts';
import { DIRECTORY, personScope, programmeScope, rosterScope } from '#protocol/scope.ts';
import { compact, compactAll } from '#server/services/sync/compaction.ts';
import type { Context } from '#server/services/context.ts';
import { identify, secretHash } from '#server/services/people/identity.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { pull } from '#server/services/sync/pull.ts';
import { publishEvents, withdrawEvents } from '#server/services/programme/publishing.ts';
import { manifests, page } from '#server/services/sync/snapshots.ts';
import {
  EDITION,
  engines,
  eventWith,
  newHolder,
  Phone,
  publish,
  registerArgs,
  startServer,
} from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { itemsOf, loaded, View } from '../support/scopes.ts';

const anyone: Identity = { kind: 'anonymous' };
const doorOf = (event: ProgrammeEvent, access: 'open' | 'closed' | 'revoked' = 'open'): Identity => ({
  kind: 'device',
  deviceId: randomUUID(),
  eventId: event.id,
  access,
  profile: 'full',
});

describe.each(engines)('change log on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
  });
  afterAll(() => server.close());

  /** Regions of their own, so that the tests do not meet. */
  let region = 10;
  const inNewRegion = async (count: number): Promise<{ scope: string; events: ProgrammeEvent[] }> => {
    const code = String(++region);
    const events = Array.from({ length: count }, () => eventWith({ mode: 'none' }, { region: code }));
    await publish(ctx, ...events);
    return { scope: programmeScope(EDITION.id, code), events };
  };
  const retitled = (event: ProgrammeEvent, title: string): ProgrammeEvent => ({ ...event, title: { fr: title } });
  const sameAsFresh = async (view: View, scope: string, who: Identity = anyone): Promise<void> => {
    const fresh = await loaded(ctx, who, scope);
    await fresh!.catchUp(ctx, who, scope);
    expect(view.items()).toEqual(fresh!.items());
    expect(view.items()).toEqual(await itemsOf(ctx, scope));
    expect(view.cursor).toBe(fresh!.cursor);
  };

  it('L1 brings a scope in pages fixed to one head while writes go on, and shows no state in between', async () => {
    const { scope, events } = await inNewRegion(PULL_PAGE + 200);
    const before = await itemsOf(ctx, scope);
    const view = new View();
    const seen: number[] = [];
    await view.catchUp(ctx, anyone, scope, async () => {
      seen.push(view.cursor);
      // The last ones, which the next page would have brought.
      await publishEvents(
        ctx,
        events.slice(-50).map((e) => retitled(e, `${seen.length}`)),
      );
    });
    expect(seen).toEqual([PULL_PAGE]);
    expect(view.items()).toEqual(before);
    expect(view.cursor).toBe(events.length);
    await view.catchUp(ctx, anyone, scope);
    await sameAsFresh(view, scope);
  });

  it('L1 shares a page among the scopes asked for', async () => {
    const [a, b] = [await inNewRegion(400), await inNewRegion(400)];
    const start = { epoch: '', cursor: 0 };
    const { scopes } = await pull(ctx, anyone, { protocol: 1, scopes: { [a.scope]: start, [b.scope]: start } });
    const deltas = [scopes[a.scope]!, scopes[b.scope]!].map((d) => (d.kind === 'changes' ? d : undefined)!);
    expect(deltas.map((d) => [d.changes.length, d.cursor, d.target])).toEqual([
      [400, 400, 400],
      [100, 100, 400],
    ]);
  });

  it('L1 resets another epoch and a cursor that the log has not reached, and knows an empty scope', async () => {
    const { scope } = await inNewRegion(1);
    const ask = async (epoch: string, cursor: number, of = scope) =>
      (await pull(ctx, anyone, { protocol: 1, scopes: { [of]: { epoch, cursor } } })).scopes[of]!;
    const first = await ask('', 0);
    expect(first).toMatchObject({ kind: 'changes', cursor: 1 });
    const { epoch } = first as { epoch: string };
    expect((await ask('elsewhere', 1)).kind).toBe('reset');
    expect((await ask(epoch, 99)).kind).toBe('reset');
    expect(await ask(epoch, 1)).toMatchObject({ changes: [], cursor: 1, target: 1 });
    const empty = 'programme/nowhere/99';
    expect(await ask('', 0, empty)).toMatchObject({ kind: 'changes', epoch, changes: [], cursor: 0, target: 0 });
    expect(await ask(epoch, 0, empty)).toMatchObject({ kind: 'changes', cursor: 0 });
    expect(await manifests(ctx, anyone, [empty])).toEqual([{ scope: empty, epoch, cursor: 0, pages: [] }]);
  });

  it('L2 makes immutable pages at one head, named by their hash, the same until the log has gone on', async () => {
    const long = 'x'.repeat(3000);
    const { scope, events } = await inNewRegion(300);
    await publishEvents(
      ctx,
      events.map((e) => ({ ...e, description: { fr: long } })),
    );
    const [first] = await manifests(ctx, anyone, [scope]);
    expect(first!.pages.length).toBeGreaterThan(2);
    expect(first!.pages.reduce((n, p) => n + p.items, 0)).toBe(300);
    for (const { hash, bytes } of first!.pages) {
      const found = await page(ctx, anyone, scope, hash);
      const text = gunzipSync(found!.gzip);
      expect(text.length).toBe(bytes);
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
    }
    await publishEvents(ctx, [retitled(events[0]!, 'autre')]);
    const [second] = await manifests(ctx, anyone, [scope]);
    expect(second).toEqual(first);
    await publishEvents(
      ctx,
      events.map((e) => retitled(e, 'tous')),
    );
    const [third] = await manifests(await server.another(), anyone, [scope]);
    expect(third!.cursor).toBeGreaterThan(first!.cursor);
    // A slow first load still finds the pages that it began with, for an hour.
    const old = first!.pages.find((p) => !third!.pages.some((q) => q.hash === p.hash))!;
    expect(await page(ctx, anyone, scope, old.hash)).toBeDefined();
    server.wait(3_700_000);
    await publishEvents(
      ctx,
      events.map((e) => retitled(e, 'encore')),
    );
    await manifests(ctx, anyone, [scope]);
    expect(await page(ctx, anyone, scope, old.hash)).toBeUndefined();
  });

  it('L2 many phones asking at once are given one snapshot', async () => {
    const { scope } = await inNewRegion(50);
    const all = await Promise.all(Array.from({ length: 10 }, () => manifests(ctx, anyone, [scope])));
    for (const [manifest] of all) expect(manifest).toEqual(all[0]![0]);
  });

  it('invariant 7: snapshot and delta, and a delta from any cursor, end at a fresh snapshot, tombstones included', async () => {
    const { scope, events } = await inNewRegion(20);
    const views = [await loaded(ctx, anyone, scope)];
    for (let round = 0; round < 12; round++) {
      await publishEvents(ctx, [
        retitled(events[round]!, `tour ${round}`),
        eventWith({ mode: 'none' }, { region: events[0]!.region }),
      ]);
      if (round % 3 === 0) await withdrawEvents(ctx, [events[round]!.id]);
      if (round === 6) await publishEvents(ctx, [retitled(events[0]!, 'revenu')]);
      const one = new View();
      await one.catchUp(ctx, anyone, scope);
      views.push(one);
      if (round === 8) expect(await compact(ctx, scope, 4)).toBeGreaterThan(0);
    }
    for (const view of views) {
      expect(await view!.catchUp(ctx, anyone, scope)).toBe(true);
      await sameAsFresh(view!, scope);
    }
    expect(views[0]!.items().some((i) => i.id === events[3]!.id)).toBe(false);
  });

  it('C2 an event that moves to another region leaves a tombstone in the old one', async () => {
    const { scope, events } = await inNewRegion(2);
    const view = await loaded(ctx, anyone, scope);
    const there = await inNewRegion(1);
    await publishEvents(ctx, [{ ...events[0]!, region: there.events[0]!.region }]);
    await view!.catchUp(ctx, anyone, scope);
    expect(view!.items().map((i) => i.id)).toEqual([events[1]!.id]);
    expect((await itemsOf(ctx, there.scope)).map((i) => i.id).toSorted()).toEqual(
      [events[0]!.id, there.events[0]!.id].toSorted(),
    );
  });

  it('C2 compaction under a pull moves its target to the head instead of showing a state that is no more', async () => {
    const { scope, events } = await inNewRegion(PULL_PAGE + 100);
    const view = new View();
    let once = true;
    await view.catchUp(ctx, anyone, scope, async () => {
      if (!once) return;
      once = false;
      await publishEvents(
        ctx,
        events.map((e) => retitled(e, 'après')),
      );
      await compact(ctx, scope, 0);
    });
    await sameAsFresh(view, scope);
  });

  it('C2 drops tombstones only with the right to a delta from below them', async () => {
    const scope = 'programme/tombstones/53';
    const value = eventWith({ mode: 'none' });
    const ids = Array.from({ length: 5100 }, () => randomUUID());
    await ctx.db.units.one(async (tx) => ids.forEach((id) => tx.log(scope, 'event', id, value)));
    const old = new View();
    await old.catchUp(ctx, anyone, scope);
    await ctx.db.units.one(async (tx) => ids.forEach((id) => tx.log(scope, 'event', id, undefined)));
    const fresh = await loaded(ctx, anyone, scope);
    await ctx.db.units.one(async (tx) => {
      for (let i = 0; i < 1100; i++) tx.log(scope, 'event', randomUUID(), value);
    });
    expect(await compactAll(ctx)).toBeGreaterThan(5000);
    expect(await old.catchUp(ctx, anyone, scope)).toBe(false);
    expect(await fresh!.catchUp(ctx, anyone, scope)).toBe(true);
    await sameAsFresh(fresh!, scope);
  });

  it("authorisation: public scopes for all, a person's for its holder, a roster for its doors while they may", async () => {
    const event = eventWith({ mode: 'open' });
    await publish(ctx, event);
    const phone = new Phone();
    await phone.send(ctx, phone.make('register', registerArgs(event)));
    const person = personScope((phone.who as { holderId: string }).holderId);
    const roster = rosterScope(event.id);
    const programme = programmeScope(EDITION.id, event.region);
    const rows: [Identity, readonly boolean[]][] = [
      [anyone, [true, true, false, false]],
      [phone.who, [true, true, true, false]],
      [newHolder(), [true, true, false, false]],
      [doorOf(event), [true, true, false, true]],
      [doorOf(event, 'closed'), [true, true, false, false]],
      [doorOf(event, 'revoked'), [true, true, false, false]],
      [doorOf(eventWith({ mode: 'open' })), [true, true, false, false]],
    ];
    const scopes = [DIRECTORY, programme, person, roster];
    const start = { epoch: '', cursor: 0 };
    const [ofRoster] = await manifests(ctx, doorOf(event), [roster]);
    const hash = ofRoster!.pages[0]!.hash;
    for (const [who, may] of rows) {
      const answer = await pull(ctx, who, {
        protocol: 1,
        scopes: Object.fromEntries(scopes.map((s) => [s, start])),
      });
      expect(scopes.map((s) => answer.scopes[s]!.kind !== 'gone')).toEqual(may);
      const granted = (await manifests(ctx, who, scopes)).map((m) => m.scope);
      expect(scopes.map((s) => granted.includes(s))).toEqual(may);
      expect((await page(ctx, who, roster, hash)) !== undefined).toBe(may[3]);
      // A page's hash opens no other scope's door.
      expect(await page(ctx, who, programme, hash)).toBeUndefined();
    }
  });

  it('knows a credential by its secret, and a door by the state it is in', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(ctx, event);
    const secret = 'a'.repeat(43);
    const id = randomUUID();
    await ctx.db.units.one((tx) =>
      tx.db
        .insertInto('device')
        .values({
          id,
          event_id: event.id,
          secret_hash: secretHash(secret),
          name: 'Téléphone',
          door: 'Entrée',
          state: 'ready',
          created_at: ctx.clock(),
          last_seen_at: null,
          expires_at: ctx.clock() + 1000,
          profile: 'search',
        })
        .execute(),
    );
    const bearer = `d.${id}.${secret}`;
    expect(await identify(ctx, undefined)).toEqual({ kind: 'anonymous' });
    expect(await identify(ctx, `h.${secret}`)).toEqual({ kind: 'holder', holderId: secretHash(secret) });
    expect(await identify(ctx, bearer)).toEqual({
      kind: 'device',
      deviceId: id,
      eventId: event.id,
      access: 'open',
      profile: 'search',
    });
    expect(await identify(ctx, `d.${id}.${'b'.repeat(43)}`)).toBeUndefined();
    expect(await identify(ctx, `d.${randomUUID()}.${secret}`)).toBeUndefined();
    expect(await identify(ctx, 'h.short')).toBeUndefined();
    server.wait(1000);
    expect(await identify(ctx, bearer)).toMatchObject({ access: 'closed' });
    await ctx.db.units.one((tx) =>
      tx.db.updateTable('device').set({ state: 'revoked', revoked_at: ctx.clock() }).where('id', '=', id).execute(),
    );
    expect(await identify(ctx, bearer)).toMatchObject({ access: 'revoked' });
  });
});
