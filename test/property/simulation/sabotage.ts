import type { OutboxRow, ReplicaRow, ScopeRow } from '#client/store/database.ts';
import { deviceBearer, holderBearer } from '#protocol/credential.ts';
import type { PullRequest, PullResponse } from '#protocol/pull.ts';
import type { PushRequest, PushResponse } from '#protocol/push.ts';
import type { Reply, Request } from './server/edge.ts';
import { rowsOf } from './store/memory-file.ts';
import type { Data, Disk } from './store/memory-file.ts';
import type { World } from './world.ts';

/** What a reply says, changed. */
function saying<T>(reply: Reply, change: (said: T) => T): Reply {
  const said = change(structuredClone(reply.said) as T);
  return { ...reply, said, body: new TextEncoder().encode(JSON.stringify(said)) };
}

function changedRows(of: Data, change: (row: never) => unknown): Data {
  return new Map([...of].map(([key, entry]) => [key, { ...entry, value: change(entry.value as never) }]));
}

let ids = 0;
const another = (): string => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`;

/** One break for each invariant: something that the product must never do, done on purpose. */
export const sabotages: Readonly<
  Record<string, { readonly what: string; readonly commit: (world: World) => void | Promise<void> }>
> = {
  '1': {
    what: 'the server takes what is sent again for something new',
    commit: (world) => {
      world.network.breaks.arrives = (request, again) => (again && request.path === '/push' ? asNew(request) : request);
    },
  },
  '2': {
    what: 'a phone takes a refusal for a yes',
    commit: (world) => {
      world.network.breaks.receives = (request, reply) =>
        request.path !== '/push' || reply.status !== 200
          ? reply
          : saying<PushResponse>(reply, (said) => ({
              ...said,
              results: said.results.map(({ reason: _, ...one }) => ({ ...one, outcome: 'applied' })),
            }));
    },
  },
  '3': {
    what: 'the server loses the result before the last',
    commit: (world) => {
      world.spoilDatabase = `delete from mutation_result where seq = 2 and exists (
        select 1 from replica where id = mutation_result.replica_id and last_seq > 2)`;
    },
  },
  '4': {
    what: 'the server says yes when it was too busy to do it',
    commit: (world) => {
      world.network.breaks.answers = (request, reply) =>
        request.path === '/push' && reply.status >= 400 ? pretended(world, request) : reply;
    },
  },
  '5': {
    what: 'a phone forgets a change of every pull',
    commit: (world) => {
      world.network.breaks.receives = (request, reply) =>
        pulled(request, reply, (delta) => ({ ...delta, changes: delta.changes.slice(1) }));
    },
  },
  '6': {
    what: 'a phone writes an older cursor than it had',
    commit: (world) => {
      world.spoilDisk = (_device, before, after) =>
        after.scopes === before.scopes
          ? after
          : {
              ...after,
              scopes: changedRows(after.scopes, (row: ScopeRow) =>
                row.cursor > 4 ? { ...row, cursor: row.cursor - 3 } : row,
              ),
            };
    },
  },
  '7': {
    what: 'compaction drops tombstones and says nothing of it',
    commit: (world) => {
      world.spoilDatabase = `delete from change where value is null and cursor < (
        select head from scope_head where scope = change.scope)`;
    },
  },
  '8': {
    what: 'the server says that nothing has happened to a person',
    commit: (world) => {
      world.network.breaks.receives = (request, reply) =>
        pulled(request, reply, (delta, scope) => {
          if (!scope.startsWith('person/')) return delta;
          const { cursor } = (JSON.parse(request.body ?? '{}') as PullRequest).scopes[scope]!;
          return { ...delta, cursor, target: cursor, changes: [] };
        });
    },
  },
  '9': {
    what: 'a phone does not hear that it was revoked',
    commit: async (world) => {
      for (let doors = 0; doors < 4; doors++) await world.newDevice('door');
      world.network.breaks.receives = (request, reply) =>
        request.path !== '/pull' || reply.status !== 200 ? reply : unaware(request, reply);
    },
  },
  '10': {
    what: 'a reset writes anew what waits',
    commit: (world) => {
      world.spoilDisk = (_device, before, after) => (voided(before, after) ? rewritten(after) : after);
    },
  },
  '11': {
    what: 'the server forgets how many seats are taken',
    commit: (world) => {
      world.spoilDatabase = 'update subject set confirmed = 0';
    },
  },
  '12': {
    what: 'a phone sends what one person did with the credential of another',
    commit: (world) => {
      world.network.breaks.sends = (_sender, request) => {
        const all = world.devices.flatMap((device) => device.replicas()).map(bearerOf);
        const bearer = all.find((one) => one !== request.bearer);
        return request.path === '/push' && bearer !== undefined ? { ...request, bearer } : request;
      };
    },
  },
};

function asNew(request: Request): Request {
  const body = JSON.parse(request.body ?? '{}') as PushRequest;
  const mutations = body.mutations.map((mutation, i) => {
    const args = { ...(mutation.args as Record<string, unknown>) };
    for (const id of ['registrationId', 'checkInId']) {
      if (id in args && (mutation.name === 'register' || mutation.name === 'check-in')) args[id] = another();
    }
    return { ...mutation, seq: i + 1, mutationId: another(), args };
  });
  return { ...request, body: JSON.stringify({ ...body, replicaId: another(), mutations }) };
}

function pretended(world: World, request: Request): Reply {
  const { mutations } = JSON.parse(request.body ?? '{}') as PushRequest;
  const results = mutations.map(({ seq, mutationId }) => ({
    seq,
    mutationId,
    outcome: 'applied' as const,
    reached: {},
  }));
  const serverTime = new Date(world.now).toISOString();
  const said: PushResponse = { protocol: 1, serverTime, last: mutations.at(-1)?.seq ?? 0, results };
  return { status: 200, type: 'application/json', body: new TextEncoder().encode(JSON.stringify(said)), said };
}

/** For every scope that is gone: nothing has happened. */
function unaware(request: Request, reply: Reply): Reply {
  const { scopes: asked } = JSON.parse(request.body ?? '{}') as PullRequest;
  return saying<PullResponse>(reply, (said) => ({
    ...said,
    scopes: Object.fromEntries(
      Object.entries(said.scopes).map(([scope, delta]) => {
        const { epoch, cursor } = asked[scope]!;
        return [scope, delta.kind === 'gone' ? { kind: 'changes', epoch, cursor, target: cursor, changes: [] } : delta];
      }),
    ),
  }));
}

type Changes = Extract<PullResponse['scopes'][string], { kind: 'changes' }>;

function pulled(request: Request, reply: Reply, change: (delta: Changes, scope: string) => Changes): Reply {
  if (request.path !== '/pull' || reply.status !== 200) return reply;
  return saying<PullResponse>(reply, (said) => ({
    ...said,
    scopes: Object.fromEntries(
      Object.entries(said.scopes).map(([scope, delta]) => [
        scope,
        delta.kind === 'changes' ? change(delta, scope) : delta,
      ]),
    ),
  }));
}

function voided(before: Disk, after: Disk): boolean {
  return rowsOf<ScopeRow>(after.scopes).some((row) => {
    const was = before.scopes.get(JSON.stringify(row.scope))?.value as ScopeRow | undefined;
    return row.void === true && was?.void !== true;
  });
}

function rewritten(disk: Disk): Disk {
  const fresh = (row: OutboxRow): OutboxRow => ({ ...row, clientAt: '2026-11-02T00:00:00.000Z' });
  return {
    ...disk,
    outbox: changedRows(disk.outbox, (row: OutboxRow) => (row.state === 'waiting' ? fresh(row) : row)),
  };
}

function bearerOf(replica: ReplicaRow): string {
  return replica.kind === 'holder' ? holderBearer(replica.secret) : deviceBearer(replica.id, replica.secret);
}
