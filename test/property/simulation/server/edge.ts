import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { deviceReady, enrolRequest } from '#protocol/enrolment.ts';
import { pullRequest } from '#protocol/pull.ts';
import { pushRequest } from '#protocol/push.ts';
import { scopeInAddress } from '#protocol/scope.ts';
import { PROTOCOL } from '#protocol/version.ts';
import { takeAllotment as takeAllotmentBody } from '#protocol/walk-in.ts';
import { TransientError } from '#server/db/transient.ts';
import { scopesMeant } from '#server/routes/hints.ts';
import { problemOf } from '#server/routes/problems.ts';
import type { Account } from '#server/services/people/accounts.ts';
import type { Context } from '#server/services/context.ts';
import { takeAllotment } from '#server/services/door/allotments.ts';
import { enrol, markReady, noteSeen } from '#server/services/door/enrolment.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { identify, meantBy } from '#server/services/people/identity.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { pull } from '#server/services/sync/pull.ts';
import { push } from '#server/services/sync/push.ts';
import { manifests, page } from '#server/services/sync/snapshots.ts';

/** A request as it arrives. */
export interface Request {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bearer: string | undefined;
  /** JSON. */
  readonly body: string | undefined;
  /** The account of the session that its cookie names. */
  readonly session: string | undefined;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array;
  /** What the body says, before it was written. */
  readonly said: unknown;
}

/** Sizes that are small here, so that what takes thousands of changes in the product takes a few. */
export interface Sizes {
  readonly pullPage: number;
  readonly snapshotPage: number;
  readonly staleChanges: number;
}

/** The routes of sync without HTTP around them: parse, ask the service, answer; every error becomes its problem. */
export async function answer(ctx: Context, request: Request, sizes: Sizes): Promise<Reply> {
  try {
    return await route(ctx, request, sizes);
  } catch (error) {
    const problem =
      error instanceof ProblemError
        ? error
        : error instanceof TransientError
          ? new ProblemError('busy', undefined, { retryAfter: 1 })
          : error instanceof v.ValiError
            ? new ProblemError('bad_request', error.message)
            : new ProblemError('internal', error instanceof Error ? error.message : String(error));
    const said = problemOf(problem);
    return { status: said.status, type: 'application/problem+json', body: bytes(said), said };
  }
}

async function route(ctx: Context, request: Request, sizes: Sizes): Promise<Reply> {
  const { path, query } = request;
  const json = (): unknown => JSON.parse(request.body ?? 'null');
  if (path === '/push') {
    const parsed = v.parse(pushRequest, json());
    return ok(await push(ctx, await identityOf(ctx, request), parsed));
  }
  if (path === '/pull') {
    const parsed = v.parse(pullRequest, json());
    return ok(await pull(ctx, await identityOf(ctx, request), parsed, sizes.pullPage));
  }
  if (path === '/snapshots') {
    const scopes = v.parse(v.array(scopeInAddress), query.getAll('scope'));
    const who = await identityOf(ctx, request);
    const serverTime = new Date(ctx.clock()).toISOString();
    return ok({
      protocol: PROTOCOL,
      serverTime,
      manifests: await manifests(ctx, who, scopesMeant(who, scopes), sizes),
    });
  }
  const hash = /^\/snapshots\/pages\/([0-9a-f]{64})$/.exec(path)?.[1];
  if (hash !== undefined) {
    const who = await identityOf(ctx, request);
    const scope = meantBy(who, v.parse(scopeInAddress, query.get('scope')));
    const found = scope === undefined ? undefined : await page(ctx, who, scope, hash);
    if (!found) throw new ProblemError('snapshot_stale');
    return { status: 200, type: 'application/json', body: gunzipSync(found.gzip), said: undefined };
  }
  if (path === '/door/allotments') {
    const who = await identityOf(ctx, request);
    if (who.kind !== 'device') throw new ProblemError('forbidden');
    return ok(await takeAllotment(ctx, who, v.parse(takeAllotmentBody, json())));
  }
  if (path === '/enrolments') return ok(await enrol(ctx, v.parse(enrolRequest, json())));
  if (path === '/devices/ready') {
    v.parse(deviceReady, json());
    const who = await identityOf(ctx, request);
    if (who.kind !== 'device' || who.access !== 'open') throw new ProblemError('credential_refused');
    await markReady(ctx, who.deviceId);
    return { status: 204, type: '', body: new Uint8Array(), said: undefined };
  }
  throw new ProblemError('not_found', path);
}

async function identityOf(ctx: Context, request: Request): Promise<Identity> {
  const { session } = request;
  const who = await identify(ctx, request.bearer, () => accountOf(ctx, session));
  if (!who) throw new ProblemError('credential_refused');
  if (who.kind === 'device') await noteSeen(ctx, who.deviceId).catch(() => undefined);
  return who;
}

async function accountOf(ctx: Context, id: string | undefined): Promise<Account | undefined> {
  if (id === undefined) return undefined;
  const row = await ctx.db.read
    .selectFrom('account')
    .select(['id', 'email', 'role', 'regions'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...row, regions: JSON.parse(row.regions) as Account['regions'], bodies: [], demo: false };
}

function ok(said: unknown): Reply {
  return { status: 200, type: 'application/json', body: bytes(said), said };
}

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
