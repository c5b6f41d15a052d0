import { generateKeyPairSync, sign } from 'node:crypto';
import type { OutboxRow, ReplicaRow, ScopeRow } from '#client/store/database.ts';
import { readRequest, requestBody, requestText } from '#domain/request-code.ts';
import type { Courier } from '#protocol/courier.ts';
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

export interface Sabotage {
  readonly invariant: string;
  readonly what: string;
  readonly commit: (world: World) => void | Promise<void>;
}

/** Breaks of each invariant: something that the product must never do, done on purpose. */
export const sabotages: readonly Sabotage[] = [
  {
    invariant: '1',
    what: 'the server takes what is sent again for something new',
    commit: (world) => {
      world.network.breaks.arrives = (request, again) => (again && request.path === '/push' ? asNew(request) : request);
    },
  },
  {
    invariant: '2',
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
  {
    invariant: '3',
    what: 'the server loses the result before the last',
    commit: (world) => {
      world.spoilDatabase = `delete from mutation_result where seq = 2 and exists (
        select 1 from replica where id = mutation_result.replica_id and last_seq > 2)`;
    },
  },
  {
    invariant: '4',
    what: 'the server says yes when it was too busy to do it',
    commit: (world) => {
      world.network.breaks.answers = (request, reply) =>
        request.path === '/push' && reply.status >= 400 ? pretended(world, request) : reply;
    },
  },
  {
    invariant: '5',
    what: 'a phone forgets a change of every pull',
    commit: (world) => {
      world.network.breaks.receives = (request, reply) =>
        pulled(request, reply, (delta) => ({ ...delta, changes: delta.changes.slice(1) }));
    },
  },
  {
    invariant: '6',
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
  {
    invariant: '7',
    what: 'compaction drops tombstones and says nothing of it',
    commit: (world) => {
      world.spoilDatabase = `delete from change where value is null and scope like 'programme/%' and cursor < (
        select head from scope_head where scope = change.scope)`;
    },
  },
  {
    invariant: '8',
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
  {
    invariant: '9',
    what: 'a phone does not hear that it was revoked',
    commit: async (world) => {
      for (let doors = 0; doors < 4; doors++) await world.newDevice('door');
      world.network.breaks.receives = (request, reply) =>
        request.path !== '/pull' || reply.status !== 200 ? reply : unaware(request, reply);
    },
  },
  {
    invariant: '10',
    what: 'a reset writes anew what waits',
    commit: (world) => {
      world.spoilDisk = (_device, before, after) => (voided(before, after) ? rewritten(after) : after);
    },
  },
  {
    invariant: '11',
    what: 'the server forgets how many seats are taken',
    commit: (world) => {
      world.spoilDatabase = 'update subject set confirmed = 0';
    },
  },
  {
    invariant: '12',
    what: 'a phone sends what one person did with the credential of another',
    commit: (world) => {
      world.network.breaks.sends = (_sender, request) => {
        const all = world.devices.flatMap((device) => device.replicas()).map(bearerOf);
        const bearer = all.find((one) => one !== request.bearer);
        return request.path === '/push' && bearer !== undefined ? { ...request, bearer } : request;
      };
    },
  },
  {
    invariant: '11',
    what: 'the server gives the seats of an allotment away while its phone may use them',
    commit: (world) => {
      moreDoors(world);
      world.spoilDatabase = 'update subject set held = 0, held_until = null';
    },
  },
  {
    invariant: '11',
    what: 'the server takes an arrival back when the evening is long over',
    commit: (world) => {
      moreDoors(world);
      world.network.breaks.arrives = (request) =>
        changedArgs(request, 'undo-check-in', () => ({ at: '2000-01-01T00:00:00.000Z' }));
    },
  },
  {
    invariant: '1',
    what: "a courier's copy and the attendee's own count twice",
    commit: (world) => {
      moreDoors(world);
      world.network.breaks.arrives = (request) => changedArgs<Courier>(request, 'courier', anotherRequest);
    },
  },
  {
    invariant: '1',
    what: 'the server forgets that people left',
    commit: (world) => {
      moreDoors(world);
      world.spoilDatabase = 'update check_in set exit = 0 where exit = 1';
    },
  },
  {
    invariant: '5',
    what: 'a roster shows the names that the organiser hides',
    commit: (world) => {
      moreDoors(world);
      world.spoilDatabase = 'update door_rules set hidden_names = 0';
    },
  },
];

/** Most of what is broken here happens at doors. */
function moreDoors(world: World): void {
  for (let doors = 0; doors < 3; doors++) void world.newDevice('door');
}

function changedArgs<A extends object>(request: Request, name: string, change: (args: A) => object): Request {
  if (request.path !== '/push') return request;
  const body = JSON.parse(request.body ?? '{}') as PushRequest;
  const mutations = body.mutations.map((one) =>
    one.name === name ? { ...one, args: { ...(one.args as A), ...change(one.args as A) } } : one,
  );
  return { ...request, body: JSON.stringify({ ...body, mutations }) };
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

/** The same person's request as if it were one of its own. */
function anotherRequest({ request: text }: Courier): Partial<Courier> {
  const read = readRequest(text);
  if (!read) return {};
  const own = { ...read.request, mutationId: another(), registrationId: another(), email: `${another()}@example.org` };
  const body = requestBody(own, Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'));
  return { request: requestText(body, sign(null, body, privateKey)) };
}

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
