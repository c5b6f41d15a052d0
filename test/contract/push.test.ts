import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personScope } from '#protocol/scope.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Database } from '#server/db/open.ts';
import { TransientError } from '#server/db/transient.ts';
import type { Tx } from '#server/db/units.ts';
import type { Context } from '#server/services/context.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { push } from '#server/services/sync/push.ts';
import { engines, eventWith, newHolder, Phone, publish, registerArgs, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';

describe.each(engines)('push on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  let event: ProgrammeEvent;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    event = eventWith({ mode: 'open', capacity: 100_000, maxParty: 5 });
    await publish(ctx, event);
  });
  afterAll(() => server.close());

  const registrations = async (phone: Phone): Promise<number> => {
    const { holderId } = phone.who as { holderId: string };
    const rows = await ctx.db.read.selectFrom('registration').select('id').where('holder_id', '=', holderId).execute();
    return rows.length;
  };
  const lastOf = async (phone: Phone): Promise<number | undefined> =>
    (await ctx.db.read.selectFrom('replica').select('last_seq').where('id', '=', phone.replicaId).executeTakeFirst())
      ?.last_seq;
  const problem = async (promise: Promise<unknown>): Promise<ProblemError> => {
    const error: unknown = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProblemError);
    return error as ProblemError;
  };

  it("P1 answers in order with what each mutation reached, of the sender's own scope alone", async () => {
    const phone = new Phone();
    const answer = await phone.send(
      ctx,
      phone.make('register', registerArgs(event)),
      phone.make('register', registerArgs(event)),
    );
    expect(answer.last).toBe(2);
    expect(answer.results.map((r) => [r.seq, r.outcome])).toEqual([
      [1, 'applied'],
      [2, 'applied'],
    ]);
    const scope = personScope((phone.who as { holderId: string }).holderId);
    for (const { reached } of answer.results) {
      expect(reached).toEqual({ [scope]: { epoch: expect.any(String), cursor: 2 } });
    }
  });

  it('P2 answers a repeated push from the stored results, without a second effect', async () => {
    const phone = new Phone();
    const one = phone.make('register', registerArgs(event));
    const refused = phone.make('register', registerArgs(event, { party: 9 }));
    const first = await phone.send(ctx, one, refused);
    const again = await phone.send(ctx, one, refused);
    expect(again.results).toEqual(first.results);
    // The first answer was lost; the device has gone on meanwhile.
    const three = phone.make('register', registerArgs(event));
    const longer = await phone.send(ctx, one, refused, three);
    expect(longer.results.map((r) => r.outcome)).toEqual(['applied', 'refused', 'applied']);
    expect(await registrations(phone)).toBe(2);
  });

  it('P2 has one effect for a push that arrives many times at once, at two processes', async () => {
    const other = await server.another();
    const phone = new Phone();
    const request = phone.request(
      phone.make('register', registerArgs(event)),
      phone.make('register', registerArgs(event)),
    );
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => push(i % 2 === 0 ? ctx : other, phone.who, request)),
    );
    for (const answer of answers) {
      expect(answer.last).toBe(2);
      expect(answer.results.map((r) => r.outcome)).toEqual(['applied', 'applied']);
    }
    expect(await registrations(phone)).toBe(2);
  });

  it('P2 refuses a gap with the last number it has, and applies nothing of that push', async () => {
    const phone = new Phone();
    await phone.send(ctx, phone.make('register', registerArgs(event)));
    phone.make('register', registerArgs(event));
    const error = await problem(phone.send(ctx, phone.make('register', registerArgs(event))));
    expect([error.code, error.last]).toEqual(['replica_gap', 1]);
    phone.seq = 1;
    const two = phone.make('register', registerArgs(event));
    phone.seq = 3;
    const four = phone.make('register', registerArgs(event));
    expect((await problem(phone.send(ctx, two, four))).last).toBe(1);
    expect(await registrations(phone)).toBe(1);
  });

  it('P2 tells a restored or copied device from a replay, and what it sends under a new replica has its effect once', async () => {
    const phone = new Phone();
    const [one, two] = [phone.make('register', registerArgs(event)), phone.make('register', registerArgs(event))];
    await phone.send(ctx, one, two);
    phone.seq = 1;
    const mine = phone.make('register', registerArgs(event));
    expect((await problem(phone.send(ctx, mine))).code).toBe('replica_cloned');
    const renumbered = new Phone(phone.who);
    const answer = await renumbered.send(ctx, { ...one, seq: 1 }, { ...two, seq: 2 }, { ...mine, seq: 3 });
    expect(answer.results.map((r) => r.outcome)).toEqual(['applied', 'applied', 'applied']);
    expect(await registrations(phone)).toBe(3);
    // And a replay of that again, to the letter.
    const repeated = await renumbered.send(ctx, { ...one, seq: 1 }, { ...two, seq: 2 }, { ...mine, seq: 3 });
    expect(repeated.results).toEqual(answer.results);
    expect(await registrations(phone)).toBe(3);
  });

  it('P2 has one effect for one mutation that two replicas bring at the same moment', async () => {
    const other = await server.another();
    for (let round = 0; round < 5; round++) {
      const a = new Phone();
      const b = new Phone(a.who);
      const mutation = a.make('register', registerArgs(event));
      const answers = await Promise.all([a.send(ctx, mutation), b.send(other, mutation)]);
      expect(answers.map((r) => r.results[0]!.outcome)).toEqual(['applied', 'applied']);
      expect(await registrations(a)).toBe(1);
    }
  });

  it("O4 keeps a replica its owner's, and somebody else's outcome to themselves", async () => {
    const phone = new Phone();
    const mutation = phone.make('register', registerArgs(event));
    await phone.send(ctx, mutation);
    const thief = new Phone(newHolder(), phone.replicaId);
    expect((await problem(thief.send(ctx, mutation))).code).toBe('forbidden');
    expect((await problem(push(ctx, { kind: 'anonymous' }, phone.request(mutation)))).code).toBe('sign_in_required');
    const stranger = new Phone();
    const { results } = await stranger.send(ctx, { ...mutation, seq: 1 });
    expect(results[0]).toMatchObject({ outcome: 'refused', reason: 'invalid' });
    expect(await registrations(stranger)).toBe(0);
    const device = new Phone({
      kind: 'device',
      deviceId: randomUUID(),
      eventId: event.id,
      access: 'open',
      profile: 'full',
    });
    const byDoor = await device.send(ctx, device.make('register', registerArgs(event)));
    expect(byDoor.results[0]).toMatchObject({ outcome: 'refused', reason: 'forbidden' });
  });

  it('O3 refuses what it cannot read or does not know, and goes on with the next', async () => {
    const phone = new Phone();
    const answer = await phone.send(
      ctx,
      phone.make('register', { nonsense: true }),
      phone.make('teleport', {}),
      { ...phone.make('register', registerArgs(event)), version: 99 },
      phone.make('constructor', {}),
      phone.make('register', registerArgs(event)),
    );
    expect(answer.results.map((r) => r.reason ?? r.outcome)).toEqual([
      'invalid',
      'unsupported',
      'unsupported',
      'unsupported',
      'applied',
    ]);
    expect(answer.results[0]!.reached).toEqual({});
    expect(answer.last).toBe(5);
  });

  it('P3 a transient failure advances nothing beyond it and is never stored as a refusal', async () => {
    const phone = new Phone();
    const mutations = [1, 2, 3].map(() => phone.make('register', registerArgs(event)));
    const broken = failingAt(ctx, 2);
    await expect(push(broken, phone.who, phone.request(...mutations))).rejects.toThrow('disk');
    // What came before may be kept; nothing after it is.
    expect(await lastOf(phone)).toBe(1);
    expect(await registrations(phone)).toBe(1);
    const answer = await phone.send(ctx, ...mutations);
    expect(answer.results.map((r) => r.outcome)).toEqual(['applied', 'applied', 'applied']);
    expect(await registrations(phone)).toBe(3);
    const late = failingAt(ctx, 1, new TransientError('busy'));
    const four = phone.make('register', registerArgs(event));
    await expect(push(late, phone.who, phone.request(four))).rejects.toBeInstanceOf(TransientError);
    expect(await lastOf(phone)).toBe(3);
    expect((await phone.send(ctx, four)).results[0]!.outcome).toBe('applied');
  });

  it('P1 P2 a process killed before the commit leaves nothing, and the same push then has its effect once', async () => {
    const phone = new Phone();
    const request = phone.request(
      phone.make('register', registerArgs(event)),
      phone.make('register', registerArgs(event)),
    );
    const dying = dyingBeforeCommit(ctx);
    await expect(push(dying, phone.who, request)).rejects.toThrow('killed');
    expect(await lastOf(phone)).toBeUndefined();
    expect(await registrations(phone)).toBe(0);
    expect((await push(ctx, phone.who, request)).last).toBe(2);
    expect(await registrations(phone)).toBe(2);
  });

  it('P4 takes no time from the device', async () => {
    const phone = new Phone();
    const args = registerArgs(event);
    await phone.send(ctx, { ...phone.make('register', args), clientAt: 'the year 9999' });
    const row = await ctx.db.read
      .selectFrom('registration')
      .select('requested_at')
      .where('id', '=', args.registrationId)
      .executeTakeFirstOrThrow();
    expect(row.requested_at).toBe(ctx.clock());
  });

  it("invariant 3 applies each replica's numbers as a contiguous prefix when pushes overlap and are cut short", async () => {
    const other = await server.another();
    const phones = Array.from({ length: 6 }, () => new Phone());
    await Promise.all(
      phones.map(async (phone, p) => {
        const queue = Array.from({ length: 20 }, () => phone.make('register', registerArgs(event)));
        let confirmed = 0;
        for (let turn = 0; confirmed < queue.length; turn++) {
          const process = turn % 2 === 0 ? ctx : other;
          const cut = turn % 3 === 2 ? dyingBeforeCommit(process) : process;
          const sent = queue.slice(Math.max(0, confirmed - (turn % 4)), confirmed + 1 + ((p + turn) % 5));
          const answer = await push(cut, phone.who, phone.request(...sent)).catch(() => undefined);
          confirmed = Math.max(confirmed, answer?.last ?? 0);
          expect((await lastOf(phone)) ?? 0).toBeGreaterThanOrEqual(confirmed);
        }
      }),
    );
    for (const phone of phones) {
      expect(await registrations(phone)).toBe(20);
      const rows = await ctx.db.read
        .selectFrom('mutation_result')
        .select('seq')
        .where('replica_id', '=', phone.replicaId)
        .orderBy('seq')
        .execute();
      expect(rows.map((r) => r.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    }
  });
});

/** A context whose n-th insertion of a registration fails in the middle of its unit. */
function failingAt(ctx: Context, n: number, error: Error = new Error('disk')): Context {
  let inserted = 0;
  return withUnits(ctx, (work) => (tx) => {
    const log: Tx['log'] = (scope, ...rest) => {
      tx.log(scope, ...rest);
      if (scope.startsWith('person/') && ++inserted === n) throw error;
    };
    return work({ ...tx, log });
  });
}

/** A context whose process ends when all is written and nothing is committed. */
function dyingBeforeCommit(ctx: Context): Context {
  return withUnits(ctx, (work) => async (tx) => {
    await work(tx);
    throw new Error('killed');
  });
}

function withUnits(ctx: Context, wrap: <T>(work: (tx: Tx) => Promise<T>) => (tx: Tx) => Promise<T>): Context {
  const { units } = ctx.db;
  const db: Database = {
    ...ctx.db,
    units: {
      run: (works) => units.run(works.map(wrap)),
      one: (work) => units.one(wrap(work)),
      onCommit: (listener) => units.onCommit(listener),
    },
  };
  return { ...ctx, db };
}
