import type { Sessions } from '#protocol/team.ts';
import type { Context } from '../context.ts';

/** Milliseconds between two notes that a session was used: people need minutes, the disk needs rest. */
const SEEN_EVERY = 300_000;
const seenAt = new WeakMap<Context, Map<string, number>>();

/** Notes that a session is used. */
export async function noteSession(ctx: Context, id: string): Promise<void> {
  const now = ctx.clock();
  const seen = seenAt.get(ctx) ?? new Map<string, number>();
  seenAt.set(ctx, seen);
  if (now - (seen.get(id) ?? 0) < SEEN_EVERY) return;
  if (seen.size > 10_000) seen.clear();
  seen.set(id, now);
  await ctx.db.units.one((tx) =>
    tx.db.updateTable('session').set({ last_seen_at: now }).where('id', '=', id).execute(),
  );
}

/** Where an account is signed in, the latest used first. @param current the session that asks */
export async function sessionsOf(ctx: Context, accountId: string, current: string): Promise<Sessions> {
  const rows = await ctx.db.read
    .selectFrom('session')
    .select(['id', 'device', 'created_at', 'last_seen_at', 'expires_at', 'opened_by'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', ctx.clock())
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute();
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      ...(row.device === null ? {} : { device: row.device }),
      since: new Date(row.created_at).toISOString(),
      lastSeenAt: new Date(row.last_seen_at).toISOString(),
      expiresAt: new Date(row.expires_at).toISOString(),
      current: row.id === current,
      by: row.opened_by,
    })),
  };
}

/** Ends one session of an account. @returns false when it has no such session */
export async function endSession(ctx: Context, accountId: string, id: string): Promise<boolean> {
  const { value } = await ctx.db.units.one((tx) =>
    tx.db.deleteFrom('session').where('account_id', '=', accountId).where('id', '=', id).returning('id').execute(),
  );
  return value.length > 0;
}

/** Ends every session of an account but one. */
export async function endOthers(ctx: Context, accountId: string, kept: string): Promise<void> {
  await ctx.db.units.one((tx) =>
    tx.db.deleteFrom('session').where('account_id', '=', accountId).where('id', '!=', kept).execute(),
  );
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A few words by which people know their own device again; what a browser says of itself beyond that is not kept. */
export function deviceIn(userAgent: string | undefined): string | undefined {
  const found = [BROWSERS, SYSTEMS].flatMap(
    (list) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? [],
  );
  return found.length > 0 ? found.join(' · ') : undefined;
}
