import { surround } from './determinism.ts';
import { happen } from './chaos.ts';
import { Desk } from './desk.ts';
import { comeToRest } from './finish.ts';
import { atRest } from './oracle/at-rest.ts';
import { fromAnyCursor } from './oracle/any-cursor.ts';
import { Prng } from './prng.ts';
import { newProgramme } from './programme.ts';
import { PostgresMachine } from './server/postgres-machine.ts';
import { SqliteMachine } from './server/sqlite-machine.ts';
import { insideTransaction } from './store/memory-database.ts';
import type { Climate, Failure } from './world.ts';
import { World } from './world.ts';

export interface Report {
  readonly seed: string;
  readonly failure: Failure | undefined;
  /** What happened last, and how often each thing happened. */
  readonly trace: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly steps: number;
}

export interface Options {
  readonly engine?: 'sqlite' | 'postgres';
  /** Where devices keep what they have: in memory, or by Dexie on IndexedDB. */
  readonly store?: 'memory' | 'dexie';
  /** Changes the world before it begins: a deliberate break. */
  readonly sabotage?: (world: World) => void | Promise<void>;
}

function climateOf(random: Prng, engine: string): Climate {
  const bad = random.pick([0, 0.5, 1, 3]);
  return {
    weather: {
      arrives: 12,
      lost: bad,
      late: bad,
      twice: bad,
      unanswered: bad,
      cut: bad / 2,
      portal: bad / 2,
      proxy: bad / 4,
      limited: bad / 4,
    },
    // On PostgreSQL what has no turn would run beside, in an order of its own.
    statements: engine === 'postgres' ? 1 : random.pick([0.02, 0.2, 1]),
    transactions: random.pick([0.1, 0.5, 1]),
    sizes: {
      pullPage: random.pick([1, 3, 500]),
      snapshotPage: random.pick([200, 2000, 262_144]),
      staleChanges: random.pick([0, 3, 200]),
    },
    batch: random.pick([1, 2, 100]),
  };
}

/** One life of everything, from a seed to the first broken rule or to rest. */
export async function simulate(seed: string, options: Options = {}): Promise<Report> {
  newProgramme();
  const random = new Prng(seed);
  const world = await World.open(seed, climateOf(random, options.engine ?? 'sqlite'), random);
  const host = {
    now: () => world.now,
    turn: world.serverTurn,
    committed: world.committed,
  };
  world.dexie = options.store === 'dexie';
  if (world.dexie) world.scheduler.idleTurns = 8;
  if (options.engine === 'postgres') {
    const machine = await PostgresMachine.make(host, 'epoch-0');
    world.scheduler.outside = () => machine.settled();
    world.machine = machine;
  } else {
    world.machine = await SqliteMachine.make(host, 'epoch-0');
  }
  const end = surround(seed, {
    now: () => world.scheduler.current.clock(),
    elapsed: () => world.now,
    fetch: world.network.fetch,
    pause: () => world.scheduler.gate(world.scheduler.current, 'pause'),
    leaving: (what) => insideTransaction() && world.fail('A2', `${what} is awaited inside a transaction`),
  });
  let steps = 0;
  try {
    const desk = new Desk(world);
    await begin(world, desk);
    await options.sabotage?.(world);
    for (const goal = random.int(200, 3000); steps < goal && !world.failure; steps++) await happen(world, desk);
    if (!world.failure) await comeToRest(world);
    if (!world.failure) {
      atRest(world);
      world.server.committed(await world.machine.look(), []);
    }
    if (!world.failure) await inPeace(world, () => fromAnyCursor(world));
  } finally {
    await world.machine.close();
    end();
  }
  return { seed, failure: world.failure, trace: world.trace, counts: world.counts, steps };
}

async function begin(world: World, desk: Desk): Promise<void> {
  await world.startServer();
  while (!world.machine.ctx) await world.scheduler.open(0);
  await inPeace(world, () => desk.open(world.machine.ctx!));
  const { random } = world;
  for (let i = random.int(1, 3); i > 0; i--) await world.newDevice('attendee');
  for (let i = random.int(1, 2); i > 0; i--) await world.newDevice('door');
  for (let i = random.int(0, 3); i > 0; i--) await world.newDevice('office');
}

/** Does something while everybody else stands still. */
async function inPeace(world: World, work: () => Promise<void>): Promise<void> {
  let done = false;
  let failed: unknown;
  work().then(
    () => (done = true),
    (error: unknown) => {
      done = true;
      failed = error;
    },
  );
  while (!done) {
    await world.scheduler.quiet();
    if (world.scheduler.waiters.length > 0) await world.scheduler.open(0);
  }
  if (failed !== undefined) throw failed;
}
