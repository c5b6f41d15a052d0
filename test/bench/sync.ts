import { regionsAndNational } from '#domain/regions.ts';
import { programmeScope, rosterScope } from '#protocol/scope.ts';
import { facts } from '../support/facts.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import type { Group, Row } from './row.ts';
import { rowOf } from './row.ts';
import { Stage } from './stage.ts';

const RUNS = 5;
const EVENTS = 10_000;
const ROSTER = 50_000;

/** First loads against the raw floor, over HTTP on loopback in a real browser. */
export const syncGroup: Group = async (log) => [...(await programme(log)), ...(await roster(log))];

async function programme(log: (line: string) => void): Promise<Row[]> {
  log(`making a programme of ${EVENTS} events`);
  const stage = await Stage.make('--events', String(EVENTS), '--registrations', '0');
  try {
    const current = (await new ProtocolClient(stage.server.url).editions()).find((edition) => edition.current)!;
    const scopes = regionsAndNational.map(({ code }) => programmeScope(current.id, code));
    const ours: number[] = [];
    const floor: number[] = [];
    await stage.measure('fetchAndParse', scopes);
    for (let run = 0; run < RUNS; run++) {
      floor.push(await stage.measure('fetchAndParse', scopes));
      ours.push(await stage.measure('load', scopes));
      log(`run ${run + 1}: ${Math.round(ours.at(-1)!)} ms, floor ${Math.round(floor.at(-1)!)} ms`);
    }
    const name = `first load of a programme of ${EVENTS} events (floor: fetch and parse)`;
    return [rowOf({ name, unit: 'ms', ours, floor, budget: { timesFloor: 2 } })];
  } finally {
    await stage.end();
  }
}

async function roster(log: (line: string) => void): Promise<Row[]> {
  log(`making a roster of ${ROSTER} registrations`);
  const stage = await Stage.make('--events', '1', '--registrations', String(ROSTER));
  try {
    const eventId = await fullestEvent(stage);
    const bearer = await stage.enrol(eventId);
    const scopes = [rosterScope(eventId)];
    const ours: number[] = [];
    const floor: number[] = [];
    await stage.measure('fetchAndParse', scopes, bearer);
    for (let run = 0; run < RUNS; run++) {
      floor.push(await stage.measure('fetchAndPutRows', scopes, bearer));
      ours.push(await stage.measure('load', scopes, bearer));
      log(`run ${run + 1}: ${Math.round(ours.at(-1)!)} ms, floor ${Math.round(floor.at(-1)!)} ms`);
    }
    const name = `first load of a roster of ${ROSTER} rows, encrypted (floor: rows in Dexie, two indexes)`;
    return [rowOf({ name, unit: 'ms', ours, floor, budget: { timesFloor: 0.5 } })];
  } finally {
    await stage.end();
  }
}

/** The event with the most registrations. */
export async function fullestEvent(stage: Stage): Promise<string> {
  const [row] = await facts(
    stage.server.options,
    'select event_id, count(*) as n from registration group by event_id order by n desc limit 1',
  );
  if (!row) throw new Error('nobody is registered');
  return String(row['event_id']);
}
