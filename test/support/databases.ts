import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Edition, ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { MutationName } from '#protocol/mutation.ts';
import type { PushRequest, PushResponse } from '#protocol/push.ts';
import { readConfig } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import type { Engine } from '#server/db/migrations.ts';
import { openDatabase } from '#server/db/open.ts';
import type { Context } from '#server/services/context.ts';
import { openHints } from '#server/services/sync/hints.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { secretHash } from '#server/services/people/identity.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { push } from '#server/services/sync/push.ts';
import { openTicketKeys, publishTicketKeys } from '#server/services/door/ticket-keys.ts';
import { freshDatabase } from './postgres.ts';

export const engines: readonly Engine[] = ['sqlite', 'postgres'];

/** A real database of its own, and as many contexts on it as a test wants server processes. */
export interface Server {
  readonly ctx: Context;
  /** Another process's view: own connections, own queue. */
  another(): Promise<Context>;
  /** Moves the clock of every context. */
  wait(milliseconds: number): void;
  close(): Promise<void>;
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Two weeks before the sample events. */
export const START = Date.parse('2026-11-02T08:00:00Z');

export async function startServer(engine: Engine): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'escale-contract-'));
  const postgres = engine === 'postgres' ? await freshDatabase() : undefined;
  const config = readConfig({ ESCALE_DATA: folder, ...(postgres ? { DATABASE_URL: postgres.url } : {}) });
  const opened: Context[] = [];
  let now = START;
  const open = async (): Promise<Context> => {
    const db = await openDatabase(config);
    await migrate(db);
    const keys = await openTicketKeys(folder);
    await publishTicketKeys(db, keys);
    const ctx: Context = { db, clock: () => now, config, keys, hints: openHints(db), log: quiet };
    opened.push(ctx);
    return ctx;
  };
  return {
    ctx: await open(),
    another: open,
    wait: (milliseconds) => (now += milliseconds),
    close: async () => {
      await Promise.all(opened.map((ctx) => ctx.hints.close()));
      await Promise.all(opened.map((ctx) => ctx.db.close()));
      await postgres?.drop();
      await rm(folder, { recursive: true });
    },
  };
}

export const EDITION: Edition = {
  id: '2026',
  title: { fr: "Mois de l'innovation publique 2026" },
  year: 2026,
  themes: [],
  kind: 'current',
  current: true,
};

/** An event in Bretagne on one afternoon, that one registers for as a whole. */
export function eventWith(registration: RegistrationPolicy, more: Partial<ProgrammeEvent> = {}): ProgrammeEvent {
  const id = randomUUID();
  return {
    id,
    editionId: EDITION.id,
    slug: `atelier-${id}`,
    region: '53',
    title: { fr: 'Atelier' },
    format: 'workshop',
    themes: [],
    audiences: ['agents'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Préfecture de région' }],
    venues: [],
    sessions: [{ id: randomUUID(), slot: { date: '2026-11-17', start: '14:00', end: '17:00', zone: 'Europe/Paris' } }],
    accessibility: [],
    registration,
    publishedAt: '2026-10-01T08:00:00.000Z',
    updatedAt: '2026-10-01T08:00:00.000Z',
    ...more,
  };
}

export async function publish(ctx: Context, ...events: ProgrammeEvent[]): Promise<void> {
  await saveEdition(ctx, EDITION);
  await publishEvents(ctx, events);
}

/** A person with one replica, that numbers its mutations as a device does. */
export class Phone {
  readonly who: Exclude<Identity, { kind: 'anonymous' }>;
  readonly replicaId: string;
  seq = 0;

  constructor(who: Exclude<Identity, { kind: 'anonymous' }> = newHolder(), replicaId: string = randomUUID()) {
    this.who = who;
    this.replicaId = replicaId;
  }

  /** The next mutation, not sent. */
  make(name: MutationName | (string & {}), args: unknown, mutationId: string = randomUUID()) {
    return { seq: ++this.seq, mutationId, name, version: 1, args, clientAt: '2031-01-01T00:00:00.000Z' };
  }

  request(...mutations: PushRequest['mutations']): PushRequest {
    return { protocol: 1, replicaId: this.replicaId, mutations };
  }

  send(ctx: Context, ...mutations: PushRequest['mutations']): Promise<PushResponse> {
    return push(ctx, this.who, this.request(...mutations));
  }

  /** Registers and gives the outcome: `applied` or the reason. */
  async register(ctx: Context, event: ProgrammeEvent, more: Record<string, unknown> = {}): Promise<string> {
    const { results } = await this.send(ctx, this.make('register', registerArgs(event, more)));
    return results[0]!.reason ?? results[0]!.outcome;
  }
}

export function newHolder(): { kind: 'holder'; holderId: string } {
  return { kind: 'holder', holderId: secretHash(randomBytes(32).toString('base64url')) };
}

export function registerArgs(event: ProgrammeEvent, more: Record<string, unknown> = {}) {
  return {
    registrationId: randomUUID(),
    eventId: event.id,
    subjectId: event.id,
    firstName: 'Ana',
    lastName: 'Le Goff',
    email: `${randomUUID()}@example.org`,
    party: 1,
    language: 'fr',
    ...more,
  };
}
