import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { EscaleDatabase } from '#client/store/database.ts';
import {
  discard,
  discardBlocked,
  enqueue,
  renewReplica,
  setAttention,
  settle,
  takeResults,
  tryAgain,
} from '#client/store/outbox.ts';
import { ensureHolder, HOLDER } from '#client/store/replicas.ts';
import { beginLoad, land } from '#client/store/scopes.ts';
import { forgetScope } from '#client/store/scopes.ts';

let db: EscaleDatabase;
let count = 0;
beforeEach(() => {
  db = new EscaleDatabase(`escale-outbox-${++count}`);
});

const cancel = (on = db) => enqueue(on, HOLDER, 'cancel-registration', { registrationId: randomUUID() });

describe('outbox', () => {
  test('O1 seq is dense per replica whoever writes: two tabs never take the same number', async () => {
    const tab = new EscaleDatabase(db.name);
    await Promise.all([ensureHolder(db), ensureHolder(tab)]);
    expect(await db.replicas.count()).toBe(1);
    await Promise.all(Array.from({ length: 40 }, (_, i) => cancel(i % 2 ? tab : db)));
    const rows = await db.outbox.toArray();
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(new Set(rows.map((row) => row.mutationId)).size).toBe(40);
    expect(rows.every((row) => row.mutationId[14] === '7')).toBe(true);
  });

  test('O1 a write that fails takes no number: the change and its seq are one transaction', async () => {
    await ensureHolder(db);
    await cancel();
    db.outbox.hook('creating', () => {
      throw new Error('disk full');
    });
    await expect(cancel()).rejects.toThrow();
    db.close();
    const again = new EscaleDatabase(db.name);
    await cancel(again);
    expect((await again.outbox.toArray()).map((row) => row.seq)).toEqual([1, 2]);
  });

  test('O2 a reload, a lost base and a credential that is refused leave every mutation as it was', async () => {
    const { holderId } = await ensureHolder(db);
    await cancel();
    await cancel();
    const before = await db.outbox.toArray();
    await setAttention(db, HOLDER, 'credential_refused');
    await forgetScope(db, `person/${holderId}`);
    await discard(db, before[0]!.replicaId, 1);
    db.close();
    const again = new EscaleDatabase(db.name);
    expect(await again.outbox.toArray()).toEqual(before);
  });

  test('O2 what the server does not take goes at the word of the person alone, and leaves what was refused', async () => {
    const { replicaId } = await ensureHolder(db);
    const first = await cancel();
    await takeResults(db, replicaId, [{ seq: 1, mutationId: first.mutationId, outcome: 'refused', reached: {} }]);
    await cancel();
    await cancel();
    await discardBlocked(db, HOLDER);
    expect(await db.outbox.count()).toBe(3);
    await setAttention(db, HOLDER, 'bad_request');
    await discardBlocked(db, HOLDER);
    expect(await db.outbox.toArray()).toMatchObject([{ seq: 1, state: 'refused' }]);
    expect((await db.replicas.get(HOLDER))?.attention).toBeUndefined();
    expect((await cancel()).seq).toBe(2);
  });

  test('O3 a refused mutation stays with its reason, and asking again is a new mutation', async () => {
    await ensureHolder(db);
    const row = await cancel();
    const { mutationId, replicaId } = row;
    await takeResults(db, replicaId, [
      { seq: 1, mutationId, outcome: 'refused', reason: 'registration_unknown', reached: {} },
    ]);
    expect(await db.outbox.toArray()).toMatchObject([{ state: 'refused', reason: 'registration_unknown' }]);
    await tryAgain(db, replicaId, 1);
    const [asked, ...others] = await db.outbox.toArray();
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ seq: 2, state: 'waiting', args: row.args });
    expect(asked?.mutationId).not.toBe(mutationId);
    expect(asked).not.toHaveProperty('reason');
  });

  test('O4 a mutation is taken only by a replica of the kind that may make it', async () => {
    await ensureHolder(db);
    const args = { checkInId: randomUUID(), eventId: randomUUID(), at: new Date().toISOString() };
    await expect(enqueue(db, HOLDER, 'undo-check-in', args)).rejects.toThrow(RangeError);
    expect(await db.outbox.count()).toBe(0);
  });

  test('A1 an answered mutation goes only once the pulled cursor has reached it, in its own epoch', async () => {
    const { holderId } = await ensureHolder(db);
    const scope = `person/${holderId}`;
    const { mutationId, replicaId } = await cancel();
    const base = { scope, epoch: 'a', cursor: 3, base: 3, pages: [], syncedAt: 50 };
    await db.scopes.put(base);
    const reached = { [scope]: { epoch: 'a', cursor: 4 }, 'programme/2026/53': { epoch: 'a', cursor: 999 } };
    await takeResults(db, replicaId, [{ seq: 1, mutationId, outcome: 'applied', reached }]);
    expect(await db.outbox.toArray()).toMatchObject([{ state: 'answered' }]);
    await settle(db);
    expect(await db.outbox.count()).toBe(1);
    await db.scopes.put({ ...base, cursor: 4 });
    await settle(db);
    expect(await db.outbox.count()).toBe(0);
  });

  test('A1 an answer from a log that began anew waits for that log, whatever the clock says', async () => {
    const { holderId } = await ensureHolder(db);
    const scope = `person/${holderId}`;
    const { mutationId, replicaId } = await cancel();
    const base = { scope, epoch: 'a', cursor: 9, base: 3, pages: [], syncedAt: Number.MAX_SAFE_INTEGER };
    await db.scopes.put(base);
    const reached = { [scope]: { epoch: 'b', cursor: 4 } };
    await takeResults(db, replicaId, [{ seq: 1, mutationId, outcome: 'applied', reached }]);
    expect(await db.outbox.toArray()).toMatchObject([{ state: 'answered' }]);
    await db.scopes.put({ ...base, epoch: 'b', cursor: 3 });
    await settle(db);
    expect(await db.outbox.count()).toBe(1);
    await db.scopes.put({ ...base, epoch: 'b', cursor: 4 });
    await settle(db);
    expect(await db.outbox.count()).toBe(0);
  });

  test('O2 an answer whose log began anew before it was pulled is asked for again under its number', async () => {
    const { holderId } = await ensureHolder(db);
    const scope = `person/${holderId}`;
    const { mutationId, replicaId } = await cancel();
    const base = { scope, epoch: 'a', cursor: 3, base: 3, pages: [], syncedAt: 0 };
    await db.scopes.put(base);
    const reached = { [scope]: { epoch: 'a', cursor: 4 } };
    await takeResults(db, replicaId, [{ seq: 1, mutationId, outcome: 'applied', reached }]);
    await beginLoad(db, [{ scope, epoch: 'b', cursor: 8, pages: [] }]);
    await land(db, [], [scope], 1);
    expect(await db.outbox.toArray()).toMatchObject([{ seq: 1, mutationId, state: 'waiting' }]);
    const again = { [scope]: { epoch: 'b', cursor: 8 } };
    await takeResults(db, replicaId, [{ seq: 1, mutationId, outcome: 'applied', reached: again }]);
    expect(await db.outbox.count()).toBe(0);
  });

  test('P2 a verdict on another mutation than the one that was sent under its number is none', async () => {
    await ensureHolder(db);
    const { replicaId } = await cancel();
    await takeResults(db, replicaId, [{ seq: 1, mutationId: randomUUID(), outcome: 'applied', reached: {} }]);
    expect(await db.outbox.toArray()).toMatchObject([{ state: 'waiting' }]);
  });

  test('P2 a renewed replica numbers what waits from one, in the same order and with the same ids', async () => {
    const replica = await ensureHolder(db);
    for (let i = 0; i < 4; i++) await cancel();
    const before = await db.outbox.toArray();
    const { mutationId } = before[0]!;
    await takeResults(db, replica.replicaId, [{ seq: 1, mutationId, outcome: 'refused', reached: {} }]);
    await renewReplica(db, replica);
    const waiting = (await db.outbox.toArray()).filter((row) => row.state === 'waiting');
    expect(waiting.map((row) => row.seq)).toEqual([1, 2, 3]);
    expect(waiting.map((row) => row.mutationId)).toEqual(before.slice(1).map((row) => row.mutationId));
    expect(await db.outbox.where('state').equals('refused').count()).toBe(1);
    expect((await cancel()).seq).toBe(4);
  });
});
