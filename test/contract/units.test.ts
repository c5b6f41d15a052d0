import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edition } from '#domain/programme.ts';
import { DIRECTORY } from '#protocol/scope.ts';
import { TransientError } from '#server/db/transient.ts';
import type { Tx } from '#server/db/units.ts';
import { compact } from '#server/services/sync/compaction.ts';
import { EDITION, engines, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';

describe.each(engines)('units on %s', (engine) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const meta = async (key: string): Promise<string | undefined> =>
    (await server.ctx.db.read.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
  const put = (tx: Tx, key: string, value = 'there') => tx.db.insertInto('meta').values({ key, value }).execute();

  it('P1 keeps a work wholly or not at all, and its neighbours in the same transaction', async () => {
    const [a, b, c, d] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const outcomes = await server.ctx.db.units.run([
      async (tx) => void (await put(tx, a)),
      async (tx) => {
        await put(tx, b);
        tx.log(DIRECTORY, 'edition', 'never', EDITION);
        throw new RangeError('no');
      },
      async (tx) => void (await put(tx, c)),
      // A statement that the engine refuses aborts its own work alone.
      async (tx) => void (await put(tx, c), await put(tx, d)),
    ]);
    expect(outcomes.map((o) => o.ok)).toEqual([true, false, true, false]);
    expect(outcomes[1]).toMatchObject({ error: new RangeError('no') });
    expect(await Promise.all([a, b, c, d].map(meta))).toEqual(['there', undefined, 'there', undefined]);
    const logged = await server.ctx.db.read
      .selectFrom('change')
      .select('cursor')
      .where('item_id', '=', 'never')
      .execute();
    expect(logged).toEqual([]);
  });

  it('P1 takes a nested savepoint back with what it logged, and goes on', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const { heads } = await server.ctx.db.units.one(async (tx) => {
      await put(tx, a);
      tx.log('programme/2026/94', 'event', a, undefined);
      await tx
        .savepoint(async () => {
          await put(tx, b);
          tx.log('programme/2026/93', 'event', b, undefined);
          throw new Error('inner');
        })
        .catch(() => undefined);
    });
    expect([await meta(a), await meta(b)]).toEqual(['there', undefined]);
    expect(Object.keys(heads)).toEqual(['programme/2026/94']);
  });

  it('P3 says transient, and keeps nothing, when the commit itself fails', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const statement =
      engine === 'sqlite' ? 'pragma defer_foreign_keys = on' : 'select pg_terminate_backend(pg_backend_pid())';
    const outcomes = await server.ctx.db.units.run<unknown>([
      (tx) => put(tx, a),
      async (tx) => {
        await put(tx, b);
        await sql.raw(statement).execute(tx.db);
        if (engine === 'sqlite') {
          await tx.db.insertInto('event_organiser').values({ event_id: 'none', account_id: 'none' }).execute();
        }
      },
    ]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, error: expect.any(TransientError) });
    expect([await meta(a), await meta(b)]).toEqual([undefined, undefined]);
    await server.ctx.db.units.one((tx) => put(tx, a));
    expect(await meta(a)).toBe('there');
  });

  it('C1 gives each scope cursors without a gap in the order of the commits, from two processes at once', async () => {
    const other = await server.another();
    const scopes = Array.from({ length: 5 }, (_, i) => `programme/order/${10 + i}`);
    const reached: { scope: string; cursor: number; id: string }[] = [];
    await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        const ctx = i % 2 === 0 ? server.ctx : other;
        // Logged in opposite orders: taken sorted, they never wait for each other in a ring.
        const mine = i % 3 === 0 ? scopes.toReversed() : scopes;
        const id = randomUUID();
        const { heads } = await ctx.db.units.one(async (tx) => {
          for (const scope of mine) tx.log(scope, 'event', id, undefined);
        });
        for (const scope of scopes) reached.push({ scope, cursor: heads[scope]!.cursor, id });
      }),
    );
    for (const scope of scopes) {
      const rows = await server.ctx.db.read
        .selectFrom('change')
        .select(['cursor', 'item_id'])
        .where('scope', '=', scope)
        .orderBy('cursor')
        .execute();
      expect(rows.map((r) => r.cursor)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
      const cursors = new Map(rows.map((r) => [r.item_id, r.cursor]));
      for (const one of reached.filter((r) => r.scope === scope)) {
        expect(cursors.get(one.id)).toBeLessThanOrEqual(one.cursor);
      }
    }
  });

  it('C1 shows a reader no cursor whose rows it cannot read, while others write', async () => {
    const scope = 'programme/readers/53';
    const state = { writing: true };
    const writers = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let i = 0; i < 25; i++) {
          await server.ctx.db.units.one(async (tx) => tx.log(scope, 'event', randomUUID(), undefined));
        }
      }),
    ).finally(() => (state.writing = false));
    let looks = 0;
    while (state.writing) {
      const row = await server.ctx.db.read
        .selectFrom('scope_head')
        .select('head')
        .where('scope', '=', scope)
        .executeTakeFirst();
      const head = row?.head ?? 0;
      const rows = await server.ctx.db.read
        .selectFrom('change')
        .select('cursor')
        .where('scope', '=', scope)
        .where('cursor', '<=', head)
        .execute();
      expect(rows).toHaveLength(head);
      looks++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writers;
    expect(looks).toBeGreaterThan(0);
  });

  it('C1 writes the last of several changes to one item in a transaction', async () => {
    const scope = 'programme/last/53';
    const { heads } = await server.ctx.db.units.one(async (tx) => {
      tx.log('directory', 'edition', 'x', { ...EDITION, year: 2001 });
      tx.log(scope, 'event', 'y', undefined);
      tx.log('directory', 'edition', 'x', { ...EDITION, year: 2002 });
    });
    const rows = await server.ctx.db.read
      .selectFrom('change')
      .select(['cursor', 'value'])
      .where('item_id', '=', 'x')
      .execute();
    expect(rows.map((r) => (JSON.parse(r.value!) as Edition).year)).toEqual([2002]);
    expect(rows[0]!.cursor).toBe(heads['directory']!.cursor);
    expect(await compact(server.ctx, scope)).toBe(0);
  });

  it('D2 hints at commits of this process and of another', async () => {
    const other = await server.another();
    const scope = `programme/hints/${engine === 'sqlite' ? '53' : '52'}`;
    const seen: number[] = [];
    const stop = server.ctx.hints.subscribe([scope], (heads) => seen.push(heads[scope]!.cursor));
    await server.ctx.db.units.one(async (tx) => tx.log(scope, 'event', 'a', undefined));
    await expect.poll(() => seen).toEqual([1]);
    await other.db.units.one(async (tx) => tx.log(scope, 'event', 'b', undefined));
    await expect.poll(() => seen, { timeout: 5000 }).toEqual([1, 2]);
    stop();
    await server.ctx.db.units.one(async (tx) => tx.log(scope, 'event', 'c', undefined));
    expect(seen).toEqual([1, 2]);
  });
});
