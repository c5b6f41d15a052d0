import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { regionsAndNational } from '#domain/regions.ts';
import { holderBearer } from '#protocol/credential.ts';
import { programmeScope } from '#protocol/scope.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { facts } from '../support/facts.ts';
import { escale } from '../support/operator.ts';
import { newUuid, ProtocolClient } from '../support/protocol-client.ts';
import { openEvent, publish } from '../support/seed.ts';
import { ServerProcess } from '../support/server-process.ts';
import { Roster } from './roster.ts';
import type { Group, Row } from './row.ts';
import { rowOf } from './row.ts';
import { fullestEvent } from './stage.ts';

const RUNS = 3;
const PEOPLE = 6000;
/** So that the session fills while they register. */
const SEATS = 4000;
/** People who press the button in the same moment. */
const AT_ONCE = 64;
const EVENTS = 10_000;
const REGISTRATIONS = 100_000;

/** One server process on SQLite. */
export const serverGroup: Group = async (log, quick) => [
  ...(await filling(log, quick ? 10 : 1)),
  ...(await memory(log, quick ? 10 : 1)),
];

/** Everyone registers for one session, each with a connection's round trip and an identity of their own. */
async function filling(log: (line: string) => void, smaller: number): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'escale-bench-'));
  const server = await ServerProcess.start({ dataDir });
  try {
    const edition = (await new ProtocolClient(server.url).editions()).find((one) => one.current)!;
    const rates: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const registration = { mode: 'open', capacity: SEATS / smaller, waitingList: true, maxParty: 4 } as const;
      const event = openEvent(edition.id, `Séance ${run} ${newUuid().slice(-8)}`, { registration });
      await publish(server.options, [event]);
      const people = Array.from({ length: PEOPLE / smaller }, (_, at) => person(event.id, run, at));
      const started = performance.now();
      await all(people, (one) => post(server.port, one));
      rates.push(people.length / ((performance.now() - started) / 1000));
      const [row] = await facts(
        server.options,
        `select count(*) as n from registration where event_id = '${event.id}' and state = 'confirmed'`,
      );
      if (Number(row?.['n']) !== registration.capacity)
        throw new Error(`${String(row?.['n'])} of ${registration.capacity} seats were given`);
    }
    log(`registrations a second: ${rates.map(Math.round).join(' ')}; never one too many`);
    const name = `registrations into one filling session over HTTP, durable, SQLite, ${AT_ONCE} at once`;
    return [rowOf({ name, unit: '/s', ours: rates, budget: { least: 1500 } })];
  } finally {
    await server.kill();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Person {
  readonly bearer: string;
  readonly body: string;
}

function person(eventId: string, run: number, at: number): Person {
  const secret = randomBytes(32).toString('base64url');
  const email = `${createHash('sha256').update(`${run} ${at}`).digest('hex').slice(0, 16)}@example.org`;
  const args = {
    registrationId: newUuid(),
    eventId,
    subjectId: eventId,
    firstName: 'Ana',
    lastName: `Le Goff ${at}`,
    email,
    party: 1,
    language: 'fr',
  };
  const mutation = {
    seq: 1,
    mutationId: newUuid(),
    name: 'register',
    version: 1,
    args,
    clientAt: new Date().toISOString(),
  };
  return {
    bearer: holderBearer(secret),
    body: JSON.stringify({ protocol: PROTOCOL, replicaId: newUuid(), mutations: [mutation] }),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

function post(port: number, { bearer, body }: Person): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${bearer}`,
      [PROTOCOL_HEADER]: String(PROTOCOL),
    };
    const asked = request(
      { host: '127.0.0.1', port, path: '/api/v1/push', method: 'POST', headers, agent },
      (answer) => {
        answer.resume().on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`a registration was answered with ${answer.statusCode}`));
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

async function all<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** What the process holds at most while it serves first loads of everything. */
async function memory(log: (line: string) => void, smaller: number): Promise<Row[]> {
  const [events, registrations] = [EVENTS / smaller, REGISTRATIONS / smaller];
  log(`making ${events} events and ${registrations} registrations`);
  const dataDir = await mkdtemp(join(tmpdir(), 'escale-bench-'));
  let server: ServerProcess | undefined;
  try {
    escale({ dataDir }, 'demo', '--events', String(events), '--registrations', String(registrations));
    server = await ServerProcess.start({ dataDir });
    const client = new ProtocolClient(server.url);
    const editions = await client.editions();
    for (const { id } of editions)
      for (const { code } of regionsAndNational) await client.snapshot(programmeScope(id, code));
    const roster = await Roster.of(server, await fullestEvent({ server }));
    await roster.arrive(500);
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    const peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1000;
    const now = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
    log(`at most ${Math.round(peak)} MB, afterwards ${Math.round(now)} MB`);
    const name = `memory of the server at most, ${events} events, ${registrations} registrations`;
    return [rowOf({ name, unit: 'MB', ours: [peak], budget: { most: 300 } })];
  } finally {
    await server?.kill();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
