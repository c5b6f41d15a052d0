import { deviceBearer, holderBearer } from '#protocol/credential.ts';
import { MAX_MUTATIONS, MAX_PUSH_BYTES, pushResponse } from '#protocol/push.ts';
import { PROTOCOL } from '#protocol/version.ts';
import type { Attention, EscaleDatabase, OutboxRow, ReplicaRow } from '#client/store/database.ts';
import { renewReplica, resendAfter, setAttention, takeResults, waitingOf } from '#client/store/outbox.ts';
import type { Api, Trouble } from './api.ts';
import { troubleOf } from './api.ts';
import { isFull } from './full-disk.ts';

/** Room for the envelope around the mutations. */
const MARGIN = 1024;
/** How often one run answers a 409 by itself: a server that keeps saying so is left alone until the next run. */
const REPAIRS = 3;

export function bearerOf(replica: ReplicaRow): string {
  return replica.kind === 'holder' ? holderBearer(replica.secret) : deviceBearer(replica.id, replica.secret);
}

/**
 * Sends what every replica has to send, each with its own credential (O4) and in its own order. A full disk, that has no room
 * for one's answers, keeps no other from being sent; it is thrown at the end.
 */
export async function pushAll(db: EscaleDatabase, api: Api): Promise<Trouble | undefined> {
  let full: unknown;
  for (const replica of await db.replicas.toArray()) {
    try {
      const trouble = await pushReplica(db, api, replica.id);
      if (trouble) return trouble;
    } catch (error) {
      if (!isFull(error)) throw error;
      full = error;
    }
  }
  if (full !== undefined) throw full;
  return undefined;
}

async function pushReplica(db: EscaleDatabase, api: Api, id: string): Promise<Trouble | undefined> {
  let repairs = 0;
  let most = MAX_MUTATIONS;
  for (;;) {
    const replica = await db.replicas.get(id);
    if (!replica) return undefined;
    const batch = fitting(await waitingOf(db, replica, most));
    if (batch.length === 0) return undefined;
    const answer = await api.json(
      {
        path: '/push',
        bearer: bearerOf(replica),
        body: {
          protocol: PROTOCOL,
          replicaId: replica.replicaId,
          mutations: batch.map(({ seq, mutationId, name, version, args, clientAt }) => ({
            seq,
            mutationId,
            name,
            version,
            args,
            clientAt,
          })),
        },
      },
      pushResponse,
    );
    const trouble = troubleOf(answer);
    if (trouble) return trouble;
    if (answer.kind === 'ok') {
      const sent = new Set(batch.map((row) => row.seq));
      const results = answer.value.results.filter((result) => sent.has(result.seq));
      if (results.length === 0) return { kind: 'failing' };
      await takeResults(db, replica.replicaId, results);
      if (replica.attention) await setAttention(db, id);
      continue;
    }
    if (answer.kind !== 'problem') return undefined;
    const { code, last } = answer.problem;
    if (code === 'replica_gap' || code === 'replica_cloned') {
      if (repairs++ >= REPAIRS) return { kind: 'failing' };
      if (code === 'replica_gap') await resendAfter(db, replica, last ?? 0);
      else await renewReplica(db, replica);
      continue;
    }
    if ((code === 'too_large' || code === 'bad_request') && batch.length > 1) {
      // What stands before the one that cannot be read or is too much still goes.
      most = Math.ceil(batch.length / 2);
      continue;
    }
    await setAttention(db, id, attentionOf(code));
    return undefined;
  }
}

function attentionOf(code: string): Attention {
  if (code === 'credential_refused' || code === 'sign_in_required') return 'credential_refused';
  return code === 'forbidden' || code === 'too_large' ? code : 'bad_request';
}

/** As many from the start as one push may weigh; at least one. */
function fitting(rows: readonly OutboxRow[]): OutboxRow[] {
  const encoder = new TextEncoder();
  let weight = MARGIN;
  const batch: OutboxRow[] = [];
  for (const row of rows) {
    weight += encoder.encode(JSON.stringify(row)).length;
    if (weight > MAX_PUSH_BYTES && batch.length > 0) break;
    batch.push(row);
  }
  return batch;
}
