import type { Context } from '../context.ts';
import { forgetPush } from '../registration/follow.ts';
import { originFor } from './newsletter-mails.ts';
import { encryptPush, openVapidKey, vapidHeader } from './web-push.ts';

/** Devices taken at a time, and milliseconds for which nobody else takes them. */
const BATCH = 50;
const CLAIM = 120_000;
/** Messages on their way at once. */
const AT_ONCE = 8;
const DEADLINE = 15_000;
/** Milliseconds before the first further try; doubled each time, and given up after the last: the app sees what changed when it is opened. */
const RETRY = 60_000;
const TRIES = 6;
/** Seconds for which a push service keeps a message for a phone that is off. */
const TTL = 2 * 86_400;

/**
 * Tells the devices whose events have changed so: a message that says nothing but that, and for which they look themselves.
 * @returns how many were told
 */
export async function sendPushes(ctx: Context): Promise<number> {
  let told = 0;
  for (;;) {
    const rows = await claim(ctx);
    if (rows.length === 0) return told;
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const outcomes = await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => tell(ctx, row)));
      told += outcomes.filter(Boolean).length;
    }
  }
}

type Claimed = Awaited<ReturnType<typeof claim>>[number];

async function claim(ctx: Context) {
  const now = ctx.clock();
  const due = ctx.db.read.selectFrom('follower').select('id').where('due_at', '<=', now).limit(1);
  // Almost always there is nothing: no unit is opened for that.
  if (!(await due.executeTakeFirst())) return [];
  const { value } = await ctx.db.units.one(async (tx) => {
    const query = tx.db.selectFrom('follower').selectAll().where('due_at', '<=', now).orderBy('due_at').limit(BATCH);
    const rows = await (tx.kind === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
    const ids = rows.map((row) => row.id);
    if (ids.length > 0)
      await tx.db
        .updateTable('follower')
        .set({ due_at: now + CLAIM })
        .where('id', 'in', ids)
        .execute();
    return rows.map((row) => ({ ...row, due_at: now + CLAIM }));
  });
  return value;
}

async function tell(ctx: Context, row: Claimed): Promise<boolean> {
  const outcome = await deliver(ctx, row);
  await ctx.db.units.one(async (tx) => {
    if (outcome === 'gone') {
      await forgetPush(tx, row.id);
      return;
    }
    const again = outcome === 'later' && row.tries + 1 < TRIES;
    await tx.db
      .updateTable('follower')
      .set({ due_at: again ? ctx.clock() + RETRY * 2 ** row.tries : null, tries: again ? row.tries + 1 : 0 })
      .where('id', '=', row.id)
      .where('due_at', '=', row.due_at)
      .execute();
  });
  return outcome === 'told';
}

/** `gone`: the browser has given the subscription up (RFC 8030 §7.3). */
async function deliver(ctx: Context, { endpoint, p256dh, auth }: Claimed): Promise<'told' | 'gone' | 'later'> {
  if (endpoint === null || p256dh === null || auth === null) return 'gone';
  const { publicUrl } = ctx.config;
  const subject = publicUrl?.startsWith('https:') ? publicUrl : `mailto:escale@${new URL(originFor(ctx)).hostname}`;
  let body: Buffer;
  try {
    body = encryptPush(JSON.stringify({ kind: 'changed' }), { p256dh, auth });
  } catch {
    // Keys that are none: nothing can ever be said to it.
    return 'gone';
  }
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: vapidHeader(await openVapidKey(ctx.config.dataDir), endpoint, ctx.clock(), subject),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(TTL),
        urgency: 'normal',
        // A later one takes the place of one that the phone has not had yet.
        topic: 'changes',
      },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE),
    });
    await answer.body?.cancel();
    if (answer.ok) return 'told';
    // 403 and 401: made with another key than ours.
    return [400, 401, 403, 404, 410].includes(answer.status) ? 'gone' : 'later';
  } catch {
    return 'later';
  }
}
