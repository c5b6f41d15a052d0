import { accountBearer, deviceBearer, holderBearer } from '#protocol/credential.ts';
import type { PushResponse, PushResult } from '#protocol/push.ts';
import { MAX_PUSH_BYTES, pushResponse } from '#protocol/push.ts';
import { PROTOCOL } from '#protocol/version.ts';
import type { Attention, EscaleDatabase, OutboxRow, ReplicaRow } from '#client/store/database.ts';
import { renewReplica, resendAfter, setAttention, takeResults, waitingOf } from '#client/store/outbox.ts';
import { readSetting } from '#client/store/settings.ts';
import type { Answer, Api, Packed, Trouble } from './api.ts';
import { troubleOf } from './api.ts';
import { isFull } from '#client/store/full-disk.ts';

/** Room for the envelope around the mutations. */
const MARGIN = 1024;
/** How often one run answers a 409 by itself: a server that keeps saying so is left alone until the next run. */
const REPAIRS = 3;

export function bearerOf(replica: ReplicaRow): string {
  if (replica.kind === 'account') return accountBearer(replica.accountId ?? '');
  return replica.kind === 'holder' ? holderBearer(replica.secret) : deviceBearer(replica.id, replica.secret);
}

/**
 * Sends what every replica has to send, each with its own credential (O4) and in its own order. A full disk, that has no room
 * for one's answers, keeps no other from being sent; it is thrown at the end. What somebody did who is not signed in waits for them.
 */
export async function pushAll(db: EscaleDatabase, api: Api): Promise<Trouble | undefined> {
  let full: unknown;
  const account = await readSetting(db, 'account');
  for (const replica of await db.replicas.toArray()) {
    if (replica.kind === 'account' && replica.accountId !== account?.id) continue;
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
  let most = api.batch;
  for (;;) {
    const replica = await db.replicas.get(id);
    if (!replica) return undefined;
    const waiting = await waitingOf(db, replica);
    if (waiting.length === 0) return undefined;
    const { batch, answer } = await sendInTurn(db, api, replica, waiting, most);
    if (answer === 'nothing') return { kind: 'failing' };
    const trouble = troubleOf(answer);
    if (trouble) return trouble;
    // What was sent was taken; more may have come meanwhile.
    if (answer.kind !== 'problem') continue;
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

/**
 * Sends what waits, batch after batch, until all of it was taken or the server says something else than results. Each is packed while
 * the one before is being answered, and answers are written down beside, as many at once as have come: to put each on the disk before
 * the next batch leaves would take longer than all the rest. Should the writing fail, what it held is answered again (P2).
 * @returns the last batch and its answer; `nothing` when the answer was about something else
 */
async function sendInTurn(
  db: EscaleDatabase,
  api: Api,
  replica: ReplicaRow,
  waiting: readonly OutboxRow[],
  most: number,
): Promise<{ readonly batch: readonly OutboxRow[]; readonly answer: Answer<PushResponse> | 'nothing' }> {
  const answers = new Answers(db, replica.replicaId);
  const send = ({ body }: Batch): Promise<Answer<PushResponse>> => ask(api, replica, body);
  let first = true;
  let batch = pack(api, replica, waiting, most);
  let asked = send(batch);
  for (;;) {
    const next = batch.end < waiting.length ? pack(api, replica, waiting, most, batch.end) : undefined;
    const answer = await asked;
    const sent = new Map(batch.rows.map((row) => [row.seq, row.mutationId]));
    const results =
      answer.kind === 'ok' ? answer.value.results.filter((result) => sent.get(result.seq) === result.mutationId) : [];
    const goesOn = next && results.length === batch.rows.length && !answers.failed;
    if (goesOn) asked = send(next);
    if (results.length > 0) answers.take(results);
    if (results.length > 0 && first && replica.attention) await setAttention(db, replica.id);
    first = false;
    if (goesOn) {
      batch = next;
      continue;
    }
    await answers.written();
    return { batch: batch.rows, answer: answer.kind === 'ok' && results.length === 0 ? 'nothing' : answer };
  }
}

/** Writes answers down in the order in which they came, those that came during a write together in the next one. */
class Answers {
  readonly #db: EscaleDatabase;
  readonly #replicaId: string;
  #results: PushResult[] = [];
  #writing: Promise<void> | undefined;
  failed = false;

  constructor(db: EscaleDatabase, replicaId: string) {
    this.#db = db;
    this.#replicaId = replicaId;
  }

  take(results: readonly PushResult[]): void {
    this.#results.push(...results);
    if (this.#writing) return;
    this.#writing = this.#write();
    // It is met by `written`.
    this.#writing.catch(() => (this.failed = true));
  }

  /** Until everything taken is written. @throws what the store threw */
  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#results.length > 0) {
      const results = this.#results;
      this.#results = [];
      await takeResults(this.#db, this.#replicaId, results);
    }
    this.#writing = undefined;
  }
}

function ask(api: Api, replica: ReplicaRow, body: Promise<Packed>): Promise<Answer<PushResponse>> {
  return body.then((packed) => api.json({ path: '/push', bearer: bearerOf(replica), body: packed }, pushResponse));
}

function attentionOf(code: string): Attention {
  if (code === 'credential_refused' || code === 'sign_in_required') return code;
  return code === 'forbidden' || code === 'too_large' ? code : 'bad_request';
}

interface Batch {
  readonly rows: readonly OutboxRow[];
  /** Where the next one begins among all that waits. */
  readonly end: number;
  readonly body: Promise<Packed>;
}

/** As many as one push may weigh, ready to be sent; at least one. */
function pack(api: Api, replica: ReplicaRow, waiting: readonly OutboxRow[], most: number, from = 0): Batch {
  const encoder = new TextEncoder();
  const texts: string[] = [];
  let weight = MARGIN;
  let end = from;
  for (; end < waiting.length && end - from < most; end++) {
    const { seq, mutationId, name, version, args, clientAt } = waiting[end]!;
    const text = JSON.stringify({ seq, mutationId, name, version, args, clientAt });
    weight += encoder.encode(text).length + 1;
    if (weight > MAX_PUSH_BYTES && texts.length > 0) break;
    texts.push(text);
  }
  const frame = JSON.stringify({ protocol: PROTOCOL, replicaId: replica.replicaId });
  const body = api.pack(`${frame.slice(0, -1)},"mutations":[${texts.join(',')}]}`);
  // It may not be needed after all.
  body.catch(() => undefined);
  return { rows: waiting.slice(from, end), end, body };
}
