import Dexie from 'dexie';
import type { Registration } from '#domain/registration.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import { mutations } from '#protocol/mutation.ts';
import type { PushResult } from '#protocol/push.ts';
import type { Scope } from '#protocol/scope.ts';
import { QUESTIONS } from '#protocol/scope.ts';
import type { Attention, EscaleDatabase, OutboxRow, ReplicaRow } from './database.ts';
import { durably } from './database.ts';
import { newId } from './ids.ts';

/**
 * Queues a mutation. The row is the optimistic change as well: what a person sees is the base with the outbox laid over it
 * (A1), so one write holds both, and `seq` is taken in the same strictly durable transaction (O1).
 * @param replica `ReplicaRow.id`
 */
export async function enqueue<N extends MutationName>(
  db: EscaleDatabase,
  replica: string,
  name: N,
  args: MutationArgs<N>,
): Promise<OutboxRow<N>> {
  const mutationId = newId();
  return durably(() => db.transaction('rw', db.replicas, db.outbox, () => append(db, replica, name, args, mutationId)));
}

/**
 * `enqueue` inside the caller's transaction over `replicas` and `outbox`, for what is decided together with it.
 * @param mutationId made before: a transaction that is run again, its end not being known, must not make another (D4)
 */
export async function append<N extends MutationName>(
  db: EscaleDatabase,
  replica: string,
  name: N,
  args: MutationArgs<N>,
  mutationId: string,
): Promise<OutboxRow<N>> {
  const owner = await db.replicas.get(replica);
  if (!owner) throw new RangeError(`no replica ${replica}`);
  if (owner.kind !== mutations[name].by) throw new RangeError(`${name} is not for a ${owner.kind}`);
  const row: OutboxRow<N> = {
    replicaId: owner.replicaId,
    seq: owner.nextSeq,
    replica,
    mutationId,
    name,
    version: mutations[name].version,
    args,
    clientAt: new Date().toISOString(),
    state: 'waiting',
  };
  await db.replicas.update(replica, { nextSeq: owner.nextSeq + 1 });
  await db.outbox.add(row);
  return row;
}

/** What a replica has to send, in order of `seq`. By the index on the state: what was answered is not read again. */
export async function waitingOf(db: EscaleDatabase, replica: ReplicaRow): Promise<OutboxRow[]> {
  const rows = await db.outbox.where('state').equals('waiting').toArray();
  return rows.filter((row) => row.replicaId === replica.replicaId).sort((a, b) => a.seq - b.seq);
}

function ofReplica(db: EscaleDatabase, replicaId: string) {
  return db.outbox.where('[replicaId+seq]').between([replicaId, Dexie.minKey], [replicaId, Dexie.maxKey]);
}

/** Both ends included. */
function between(db: EscaleDatabase, replicaId: string, from: number, to: number) {
  return db.outbox.where('[replicaId+seq]').between([replicaId, from], [replicaId, to + 1]);
}

/**
 * Takes the server's verdicts. Applied ones stay laid over the base until a pull reaches them; refused ones stay until the
 * person discards them (O3). A verdict on something else than what was sent under its `seq` is none.
 */
export async function takeResults(
  db: EscaleDatabase,
  replicaId: string,
  results: readonly PushResult[],
): Promise<void> {
  if (results.length === 0) return;
  await durably(() =>
    db.transaction('rw', db.outbox, db.scopes, async () => {
      const seqs = results.map((result) => result.seq);
      const rows = new Map(
        (await between(db, replicaId, Math.min(...seqs), Math.max(...seqs)).toArray()).map((row) => [row.seq, row]),
      );
      const answered: OutboxRow[] = [];
      const refused: OutboxRow[] = [];
      for (const result of results) {
        const row = rows.get(result.seq);
        if (!row || row.state !== 'waiting' || row.mutationId !== result.mutationId) continue;
        if (result.outcome === 'applied') answered.push({ ...row, state: 'answered', reached: result.reached });
        else refused.push({ ...row, state: 'refused', ...(result.reason ? { reason: result.reason } : {}) });
      }
      // Earlier answers wait for the base, which does not change here.
      const done = await basedOn(db, answered);
      const isDone = new Set(done);
      await db.outbox.bulkPut([...answered.filter((row) => !isDone.has(row)), ...refused]);
      await remove(db, done);
    }),
  );
}

/**
 * Removes what was answered and is now part of the base; inside the transaction that changes base or outbox (A2).
 * An answer of another epoch than the base waits for a base of its own, or is asked for again. A programme is not what a mutation is
 * laid over, and may not be kept at all: it is not waited for; nor is a roster or a moderated region that was taken away (D5).
 */
export async function settle(db: EscaleDatabase): Promise<void> {
  await settleCarried(db);
  await remove(db, await basedOn(db, await db.outbox.where('state').equals('answered').toArray()));
}

/** Runs of numbers go as a range: one request where each row would be one. */
async function remove(db: EscaleDatabase, rows: readonly OutboxRow[]): Promise<void> {
  const sorted = rows.toSorted((a, b) =>
    a.replicaId === b.replicaId ? a.seq - b.seq : a.replicaId < b.replicaId ? -1 : 1,
  );
  for (let from = 0, to = 0; from < sorted.length; from = ++to) {
    const { replicaId, seq } = sorted[from]!;
    while (sorted[to + 1]?.replicaId === replicaId && sorted[to + 1]?.seq === seq + to + 1 - from) to++;
    await between(db, replicaId, seq, sorted[to]!.seq).delete();
  }
}

/** Those of some answered mutations that the base has reached. */
async function basedOn(db: EscaleDatabase, answered: readonly OutboxRow[]): Promise<OutboxRow[]> {
  if (answered.length === 0) return [];
  const scopes = new Map((await db.scopes.toArray()).map((row) => [row.scope, row]));
  return answered.filter((row) =>
    Object.entries(row.reached ?? {}).every(([scope, at]) => {
      if (scope.startsWith('programme/')) return true;
      const kept = scopes.get(scope);
      if (!kept) return ['roster/', 'moderation/', QUESTIONS].some((kind) => scope.startsWith(kind));
      return kept.epoch === at.epoch && kept.cursor >= at.cursor;
    }),
  );
}

/**
 * A request that was refused and that a door then brought, with one of its own seats, is granted after all (P5): the server's
 * later word takes the place of the refusal.
 */
async function settleCarried(db: EscaleDatabase): Promise<void> {
  const refused = await db.outbox.where('state').equals('refused').toArray();
  for (const row of refused) {
    if (row.name !== 'register') continue;
    const { registrationId } = row.args as MutationArgs<'register'>;
    const owner = await db.replicas.get(row.replica);
    const item = owner && (await db.items.get([`person/${owner.holderId}`, 'registration', registrationId]));
    const state = (item?.value as Registration | undefined)?.state;
    if (state !== undefined && state !== 'refused') await db.outbox.delete([row.replicaId, row.seq]);
  }
}

/**
 * A base of another epoch has come: the server was restored, and what it had answered before may be gone with what it lost.
 * So it is asked again, under the same number and id: a server that still has it gives the stored result (P2). What was
 * answered to an earlier number of this device goes first, under a new one with everything that waits. Inside the
 * transaction that switches the base.
 */
export async function askAnew(db: EscaleDatabase, scope: Scope, epoch: string): Promise<void> {
  const answered = await db.outbox.where('state').equals('answered').toArray();
  const before = answered.filter(({ reached }) => reached?.[scope] && reached[scope].epoch !== epoch);
  for (const id of new Set(before.map((row) => row.replica))) {
    const owner = await db.replicas.get(id);
    if (!owner) continue;
    const mine = before.filter((row) => row.replica === id);
    const earlier = mine.filter((row) => row.replicaId !== owner.replicaId);
    const latest = mine.filter((row) => row.replicaId === owner.replicaId);
    if (earlier.length === 0) {
      await db.outbox.bulkPut(latest.map((row) => asWaiting(row, row.seq, row.replicaId)));
      continue;
    }
    const waiting = await ofReplica(db, owner.replicaId)
      .filter((row) => row.state === 'waiting')
      .toArray();
    await renumber(db, owner, [...earlier, ...[...latest, ...waiting].sort((a, b) => a.seq - b.seq)]);
  }
}

/**
 * 409 `replica_gap`: the server has less than this device had sent, having been restored. What is still here goes up again
 * from there; when something in between is not here any more, the replica begins anew, and `mutationId` keeps every
 * effect single (P2).
 */
export async function resendAfter(db: EscaleDatabase, replica: ReplicaRow, last: number): Promise<void> {
  await durably(() =>
    db.transaction('rw', db.replicas, db.outbox, async () => {
      const owner = await db.replicas.get(replica.id);
      if (!owner || owner.replicaId !== replica.replicaId) return;
      const all = await ofReplica(db, owner.replicaId).toArray();
      const lost = all.filter((row) => row.seq > last);
      if (lost.length === owner.nextSeq - 1 - last) {
        await db.outbox.bulkPut(lost.map((row) => asWaiting(row, row.seq, owner.replicaId)));
      } else {
        const unsettled = all.filter((row) => row.state === 'waiting' || (row.state === 'answered' && row.seq > last));
        await renumber(db, owner, unsettled);
      }
    }),
  );
}

/** 409 `replica_cloned`: another copy of this device has used these numbers (P2). */
export async function renewReplica(db: EscaleDatabase, replica: ReplicaRow): Promise<void> {
  await durably(() =>
    db.transaction('rw', db.replicas, db.outbox, async () => {
      const owner = await db.replicas.get(replica.id);
      if (!owner || owner.replicaId !== replica.replicaId) return;
      const rows = await ofReplica(db, owner.replicaId).toArray();
      await renumber(
        db,
        owner,
        rows.filter((row) => row.state === 'waiting'),
      );
    }),
  );
}

async function renumber(db: EscaleDatabase, owner: ReplicaRow, rows: readonly OutboxRow[]): Promise<void> {
  const replicaId = newId();
  await db.outbox.bulkDelete(rows.map((row) => [row.replicaId, row.seq] as [string, number]));
  await db.outbox.bulkAdd(rows.map((row, i) => asWaiting(row, i + 1, replicaId)));
  await db.replicas.update(owner.id, { replicaId, nextSeq: rows.length + 1 });
}

function asWaiting(row: OutboxRow, seq: number, replicaId: string): OutboxRow {
  const { replica, mutationId, name, version, args, clientAt } = row;
  return { replicaId, seq, replica, mutationId, name, version, args, clientAt, state: 'waiting' };
}

/** Why the server takes nothing from this replica at present; undefined once it does again. */
export async function setAttention(db: EscaleDatabase, replica: string, attention?: Attention): Promise<void> {
  await db.transaction('rw', db.replicas, async () => {
    const row = await db.replicas.get(replica);
    if (!row || row.attention === attention) return;
    const { attention: _, ...rest } = row;
    await db.replicas.put(attention ? { ...rest, attention } : rest);
  });
}

/** The person's own choice to let a refused mutation go (O2). One that waits is never removed so. */
export async function discard(db: EscaleDatabase, replicaId: string, seq: number): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const row = await db.outbox.get([replicaId, seq]);
    if (row?.state === 'refused') await db.outbox.delete([replicaId, seq]);
  });
}

/**
 * The person's own choice to let go what waits and what the server has said that it does not take (O2). The numbers are given
 * again: should the server have taken one after all and its answer been lost, it says so, and the replica begins anew (P2).
 * @param replica `ReplicaRow.id`
 */
export async function discardBlocked(db: EscaleDatabase, replica: string): Promise<void> {
  await durably(() =>
    db.transaction('rw', db.replicas, db.outbox, async () => {
      const owner = await db.replicas.get(replica);
      if (!owner?.attention) return;
      const rows = await ofReplica(db, owner.replicaId).toArray();
      const waiting = rows.filter((row) => row.state === 'waiting').map((row) => row.seq);
      const others = rows.filter((row) => row.state !== 'waiting').map((row) => row.seq);
      if (waiting.length === 0) return;
      await db.outbox.bulkDelete(waiting.map((seq) => [owner.replicaId, seq] as [string, number]));
      const { attention: _, ...rest } = owner;
      await db.replicas.put({ ...rest, nextSeq: Math.max(Math.min(...waiting), ...others.map((seq) => seq + 1)) });
    }),
  );
}

/** Asks again for what was refused, as a new mutation of the same replica; the refused one goes in the same transaction. */
export async function tryAgain(db: EscaleDatabase, replicaId: string, seq: number): Promise<void> {
  const mutationId = newId();
  await durably(() =>
    db.transaction('rw', db.replicas, db.outbox, async () => {
      const row = await db.outbox.get([replicaId, seq]);
      const owner = row && (await db.replicas.get(row.replica));
      if (!row || !owner || row.state !== 'refused') return;
      await db.outbox.delete([replicaId, seq]);
      await db.outbox.add({ ...asWaiting(row, owner.nextSeq, owner.replicaId), mutationId });
      await db.replicas.update(owner.id, { nextSeq: owner.nextSeq + 1 });
    }),
  );
}
