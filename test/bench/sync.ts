import { regionsAndNational } from '#domain/regions.ts';
import type { Scope } from '#protocol/scope.ts';
import { programmeScope, rosterScope } from '#protocol/scope.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import type { Bench } from './browser/page.ts';
import type { Peer, PeerBench } from './peers.ts';
import { peerNames, Peers } from './peers.ts';
import { Roster } from './roster.ts';
import type { Group, Row } from './row.ts';
import { rowOf, spread } from './row.ts';
import { enrol, fullestEvent, Stage, STREET } from './stage.ts';

const RUNS = 5;
/** A peer takes half a minute for what takes us a second. */
const RUNS_BESIDE_PEERS = 3;
const EVENTS = 10_000;
const ROSTER = 50_000;
const STREET_ROSTER = 10_000;
const QUEUED = 1000;

/** First loads, deltas and queued arrivals against the raw floor and the peers, in a real browser: on loopback, and as in a street. */
export const syncGroup: Group = async (log, quick) => {
  const [events, few, many] = quick ? [EVENTS / 10, STREET_ROSTER / 10, ROSTER / 10] : [EVENTS, STREET_ROSTER, ROSTER];
  const runs = quick ? 1 : RUNS_BESIDE_PEERS;
  return [
    ...(await programme(log, events, runs)),
    ...(await roster(log, { size: many, runs, street: false })),
    ...(await roster(log, { size: few, runs, street: true })),
  ];
};

const IN_STREET = `${STREET.rtt} ms, ${STREET.bits / 1e6} Mbit/s, CPU ${STREET.slower} ×`;

async function programme(log: (line: string) => void, size: number, inStreet: number): Promise<Row[]> {
  log(`making a programme of ${size} events`);
  const stage = await Stage.make('--events', String(size), '--registrations', '0');
  try {
    const current = (await new ProtocolClient(stage.server.url).editions()).find((edition) => edition.current)!;
    const scopes = regionsAndNational.map(({ code }) => programmeScope(current.id, code));
    await stage.measure('fetchAndParse', scopes);
    const name = `first load of a programme of ${size} events (floor: fetch and parse)`;
    const rows: Row[] = [];
    for (const street of [false, true]) {
      stage.street = street;
      const ours: number[] = [];
      const floor: number[] = [];
      for (let run = 0; run < (street ? inStreet : RUNS); run++) {
        floor.push(await stage.measure('fetchAndParse', scopes));
        ours.push(await stage.measure('load', scopes));
      }
      log(`ours ${spread(ours)} ms, floor ${spread(floor)} ms${street ? ` (${IN_STREET})` : ''}`);
      const where = street ? `${name}, ${IN_STREET}` : name;
      rows.push(rowOf({ name: where, unit: 'ms', ours, floor, budget: { timesFloor: 2 } }));
    }
    return rows;
  } finally {
    await stage.end();
  }
}

/** What one side took, by what was measured. */
interface Times {
  readonly load: number[];
  readonly loadBytes: number[];
  readonly delta: number[];
  readonly deltaBytes: number[];
  readonly send: number[];
}
const none = (): Times => ({ load: [], loadBytes: [], delta: [], deltaBytes: [], send: [] });

interface Extent {
  readonly size: number;
  readonly runs: number;
  readonly street: boolean;
}

async function roster(log: (line: string) => void, { size, runs, street }: Extent): Promise<Row[]> {
  log(`making a roster of ${size} registrations${street ? ` (${IN_STREET})` : ''}`);
  const stage = await Stage.make('--events', '1', '--registrations', String(size));
  const peers = await Peers.make(stage.folder, log);
  try {
    const eventId = await fullestEvent(stage);
    const scope = rosterScope(eventId);
    const other = await Roster.of(stage.server, eventId);
    if (peers) {
      log("giving the peers' servers the same roster");
      await peers.fill('roster', other.documents());
    }
    const ours = none();
    const floor = none();
    const theirs: Record<Peer, Times> = { rxdb: none(), pouchdb: none() };
    const few = Math.round(size / 100);
    stage.street = street;
    for (let run = 0; run < runs; run++) {
      await oursRuns(stage, other, { scope, eventId, few, peers, ours, floor });
      for (const peer of Object.keys(theirs) as Peer[])
        if (peers) await peerRuns(stage, peers, other, { peer, few, size, run, times: theirs[peer] });
      log(`run ${run + 1}: ours ${said(ours)}; floor ${said(floor)}`);
      if (peers) log(`   RxDB ${said(theirs.rxdb)}; PouchDB ${said(theirs.pouchdb)}`);
    }
    return rosterRows({ size, few, street, ours, floor, theirs });
  } finally {
    peers?.end();
    await stage.end();
  }
}

interface Measured {
  readonly size: number;
  readonly few: number;
  readonly street: boolean;
  readonly ours: Times;
  readonly floor: Times;
  readonly theirs: Readonly<Record<Peer, Times>>;
}

/** BUDGETS speaks of the machine as it is; in the street, where the line is what takes the time, of no number. */
function rosterRows({ size, few, street, ours, floor, theirs }: Measured): Row[] {
  const { rxdb, pouchdb } = peerNames;
  const beside = (what: keyof Times) => ({
    ours: ours[what],
    peers: { [rxdb]: theirs.rxdb[what], [pouchdb]: theirs.pouchdb[what] },
    ahead: { [rxdb]: 1, [pouchdb]: 1 },
  });
  const where = street ? `, ${IN_STREET}` : '';
  const of = `of a roster of ${size} rows`;
  return [
    rowOf({
      name: `first load ${of}, encrypted (floor: rows in Dexie, two indexes; peers: in clear)${where}`,
      unit: 'ms',
      ...beside('load'),
      floor: floor.load,
      ...(street ? {} : { budget: { timesFloor: 0.5 }, ahead: { [rxdb]: 10, [pouchdb]: 20 } }),
    }),
    rowOf({ name: `bytes received for the first load ${of}`, unit: 'KB', ...beside('loadBytes'), ahead: {} }),
    rowOf({ name: `a delta of ${few} arrivals onto it${where}`, unit: 'ms', ...beside('delta') }),
    rowOf({ name: `bytes received for a delta of ${few} arrivals`, unit: 'KB', ...beside('deltaBytes'), ahead: {} }),
    rowOf({
      name: `${QUEUED} queued arrivals sent (floor: one POST of the same, written durably)${where}`,
      unit: 'ms',
      ...beside('send'),
      floor: floor.send,
      budget: { timesFloor: 10 },
    }),
  ];
}

function said({ load, delta, send }: Times): string {
  const last = (times: number[]): string => (times.length > 0 ? `${Math.round(times.at(-1)!)} ms` : '–');
  return `load ${last(load)}, delta ${last(delta)}, sent ${last(send)}`;
}

interface OursRuns {
  readonly scope: Scope;
  readonly eventId: string;
  /** How many arrivals a delta has. */
  readonly few: number;
  readonly peers: Peers | undefined;
  readonly ours: Times;
  readonly floor: Times;
}

async function oursRuns(
  stage: Stage,
  other: Roster,
  { scope, eventId, few, peers, ours, floor }: OursRuns,
): Promise<void> {
  const door = await enrol(stage.server, eventId);
  floor.load.push(await stage.measure('fetchAndPutRows', [scope], door.bearer));
  await stage.visit<Bench, void>(`${stage.gate.url}/bench.html`, async ({ call, received }) => {
    // The bytes are counted on another visit: to count them takes time of its own.
    // A snapshot may be a while old: what happened since is part of a first load.
    const loaded = await call('keep', [scope], door.bearer);
    ours.load.push(loaded + (await call('catchUp', scope, door.bearer)).took);
    await other.arrive(few);
    const { took, items } = await call('catchUp', scope, door.bearer);
    if (items !== few) throw new Error(`the delta brought ${items} items and not ${few}`);
    ours.delta.push(took);
    await other.arrive(few);
    ours.deltaBytes.push(await received(() => call('catchUp', scope, door.bearer)));
  });
  await stage.visit<Bench, void>(`${stage.gate.url}/bench.html`, async ({ call, received }) => {
    ours.loadBytes.push(await received(() => call('keep', [scope], door.bearer)));
  });
  const arrivals = other.arrivals(QUEUED);
  if (peers)
    await stage.visit<Bench, void>(`${peers.url}/pages/escale.html`, async ({ call }) => {
      await call('queue', door.deviceId, door.secret, arrivals);
      floor.send.push(await call('post', '/floor'));
    });
  await stage.visit<Bench, void>(`${stage.gate.url}/bench.html`, async ({ call }) => {
    await call('queue', door.deviceId, door.secret, arrivals);
    ours.send.push(await call('send'));
  });
}

interface PeerRuns {
  readonly peer: Peer;
  readonly few: number;
  readonly size: number;
  readonly run: number;
  readonly times: Times;
}

async function peerRuns(
  stage: Stage,
  peers: Peers,
  other: Roster,
  { peer, few, size, run, times }: PeerRuns,
): Promise<void> {
  const address = `${peers.url}/pages/${peer}.html`;
  await stage.visit<PeerBench, void>(address, async ({ call, received }) => {
    times.load.push(await call('load', 'roster'));
    const has = await call('count');
    if (has < size) throw new Error(`${peer} has ${has} items and not ${size}`);
    await peers.fill('roster', other.changed(few));
    times.delta.push(await call('load', 'roster'));
    await peers.fill('roster', other.changed(few));
    times.deltaBytes.push(await received(() => call('load', 'roster')));
  });
  if (run === 0)
    await stage.visit<PeerBench, void>(address, async ({ call, received }) => {
      times.loadBytes.push(await received(() => call('load', 'roster')));
    });
  await stage.visit<PeerBench, void>(address, async ({ call }) => {
    await call(
      'queue',
      other.arrivals(QUEUED).map(({ checkInId: id, ...rest }) => ({ id, ...rest })),
    );
    times.send.push(await call('send', `arrivals-${peer}-${run}`));
  });
}
