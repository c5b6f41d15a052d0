import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EscaleDatabase } from '#client/store/database.ts';
import { openMemory } from './memory-database.ts';
import { MemoryFile } from './memory-file.ts';

/** Every operation that the store asks of Dexie, on a table with a simple key and on one with a compound key and an index. */
type Step = (db: EscaleDatabase) => Promise<unknown>;

const states = ['waiting', 'answered', 'refused'] as const;
const replica = fc.constantFrom('a', 'b', 'c');
const seq = fc.integer({ min: 1, max: 4 });
const key = fc.tuple(replica, seq);
const row = fc.record({ replicaId: replica, seq, state: fc.constantFrom(...states), note: fc.nat(9) });
const item = fc.record({
  scope: fc.constantFrom('person/x', 'person/y', 'directory'),
  kind: fc.constantFrom('edition', 'registration'),
  id: fc.constantFrom('1', '2', '3'),
  value: fc.nat(9),
});

const calm =
  (step: Step): Step =>
  (db) =>
    step(db).catch((error: unknown) =>
      error instanceof Error ? error.name.replace('BulkError', 'ConstraintError') : error,
    );

const reads: fc.Arbitrary<Step>[] = [
  key.map((k) => (db: EscaleDatabase) => db.outbox.get(k)),
  fc.array(key, { maxLength: 4 }).map((k) => (db: EscaleDatabase) => db.outbox.bulkGet(k)),
  fc.constantFrom(...states).map((s) => (db: EscaleDatabase) => db.outbox.where('state').equals(s).toArray()),
  fc.constantFrom(...states).map((s) => (db: EscaleDatabase) => db.outbox.where('state').equals(s).count()),
  fc.array(key, { maxLength: 4 }).map((k) => async (db: EscaleDatabase) => {
    const found = await db.pages
      .where('[scope+name]')
      .anyOf(k.map(([r, s]) => [r, String(s)]))
      .primaryKeys();
    return found.sort((a, b) => (a.join() < b.join() ? -1 : 1));
  }),
  replica.map(
    (r) => (db: EscaleDatabase) =>
      db.outbox
        .where('[replicaId+seq]')
        .between([r, -Infinity], [r, []])
        .filter((one) => one.state === 'waiting')
        .limit(2)
        .toArray(),
  ),
  fc.constantFrom('person/x', 'directory').map(
    (s) => (db: EscaleDatabase) =>
      db.items
        .where('[scope+kind+id]')
        .between(...EscaleDatabase.underItems(s, 'registration'))
        .toArray(),
  ),
  fc
    .constantFrom('per', 'p', 'd', '')
    .map((s) => (db: EscaleDatabase) => db.scopes.where('scope').startsWith(s).primaryKeys()),
  fc.constant((db: EscaleDatabase) => db.outbox.toArray()),
  fc.constant((db: EscaleDatabase) => db.outbox.filter((one) => one.seq > 2).toArray()),
];

const writes: fc.Arbitrary<Step>[] = [
  row.map((r) => (db: EscaleDatabase) => db.outbox.put(r as never)),
  row.map((r) => (db: EscaleDatabase) => db.outbox.add(r as never)),
  fc.array(row, { maxLength: 4 }).map((r) => (db: EscaleDatabase) => db.outbox.bulkPut(r as never[]).then(() => 0)),
  key.map((k) => (db: EscaleDatabase) => db.outbox.delete(k)),
  fc.array(key, { maxLength: 4 }).map((k) => (db: EscaleDatabase) => db.outbox.bulkDelete(k)),
  fc.tuple(key, fc.nat(9)).map(
    ([k, note]) =>
      (db: EscaleDatabase) =>
        db.outbox.update(k, { note } as never),
  ),
  fc.tuple(key, fc.nat(3)).map(
    ([[r, from], more]) =>
      (db: EscaleDatabase) =>
        db.outbox
          .where('[replicaId+seq]')
          .between([r, from], [r, from + more])
          .delete(),
  ),
  item.map((i) => (db: EscaleDatabase) => db.items.put(i as never).then(() => 0)),
  item.map((i) => (db: EscaleDatabase) => db.scopes.put({ scope: i.scope, epoch: i.id } as never)),
  row.map(
    (r) => (db: EscaleDatabase) => db.pages.put({ scope: r.replicaId, name: String(r.seq), text: 't' }).then(() => 0),
  ),
  replica.map(
    (r) => (db: EscaleDatabase) =>
      db.outbox
        .where('[replicaId+seq]')
        .between([r, -Infinity], [r, []])
        .modify((one) => {
          one.state = 'refused';
        }),
  ),
];

const single = fc.oneof(...reads, ...writes).map(calm);
const transaction = fc
  .tuple(fc.array(fc.oneof(...reads, ...writes), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([steps, fails]): Step =>
    calm((db) =>
      db.transaction('rw', [db.outbox, db.items, db.scopes, db.pages], async () => {
        const seen: unknown[] = [];
        for (const step of steps) seen.push(await step(db));
        if (fails) throw new RangeError('taken back');
        return seen;
      }),
    ),
  );

let stores = 0;

test('the store in memory answers as Dexie on IndexedDB does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(single, transaction), { minLength: 1, maxLength: 12 }), async (steps) => {
      const dexie = new EscaleDatabase(`contract-${++stores}`);
      const memory = openMemory(new MemoryFile(), () => Promise.resolve());
      for (const step of steps) expect(await step(memory)).toEqual(await step(dexie));
      for (const name of ['outbox', 'items', 'scopes', 'pages'] as const) {
        expect(await memory[name].toArray()).toEqual(await dexie[name].toArray());
      }
      await dexie.delete();
    }),
    { numRuns: 60, seed: 3 },
  );
});
