import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#server/config.ts';
import type { Database } from '#server/db/open.ts';
import type { Context } from '#server/services/context.ts';
import type { TicketKeys } from '#server/services/door/ticket-keys.ts';
import { openTicketKeys } from '#server/services/door/ticket-keys.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const deaf = { subscribe: () => () => undefined, close: () => Promise.resolve() };

let keys: Promise<TicketKeys> | undefined;

/** One pair of keys for all runs: what they sign is not what is simulated. */
export function simulationKeys(): Promise<TicketKeys> {
  if (!keys) {
    const folder = mkdtempSync(join(tmpdir(), 'escale-simulation-keys-'));
    keys = openTicketKeys(folder).finally(() => rmSync(folder, { recursive: true }));
  }
  return keys;
}

/** A server's context as `openContext` makes it, on a database that the simulation watches. */
export async function contextOn(db: Database, clock: () => number): Promise<Context> {
  return { db, clock, config: readConfig({}), keys: await simulationKeys(), hints: deaf, log: silent };
}
