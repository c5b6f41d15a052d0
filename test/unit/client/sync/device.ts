import 'fake-indexeddb/auto';
import type { Edition } from '#domain/programme.ts';
import type { MutationArgs } from '#protocol/mutation.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { enqueue } from '#client/store/outbox.ts';
import { ensureHolder, HOLDER } from '#client/store/replicas.ts';
import { newId } from '#client/store/ids.ts';
import { Api } from '#client/sync/api.ts';
import type { Outcome } from '#client/sync/run.ts';
import { runSync } from '#client/sync/run.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { buildApp } from '#server/app.ts';
import { createLog } from '#server/log.ts';
import type { Context } from '#server/services/context.ts';
import { saveEdition } from '#server/services/programme/publishing.ts';
import { EDITION, startServer } from '../../../support/databases.ts';
import type { Server } from '../../../support/databases.ts';
import { freePort } from '../../../support/free-port.ts';
import { Gate } from '../../../support/gate.ts';

/** The real server on SQLite, behind a gate that a test meddles with. */
export interface Site {
  readonly ctx: Context;
  readonly server: Server;
  readonly gate: Gate;
  close(): Promise<void>;
}

export async function startSite(edition: Edition = EDITION): Promise<Site> {
  const server = await startServer('sqlite');
  await saveEdition(server.ctx, edition);
  const app = await buildApp({ ...server.ctx, log: createLog('silent') }, { clientFolder: '/nowhere' });
  const port = await freePort();
  await app.listen({ port, host: '127.0.0.1' });
  const gate = await Gate.before(port);
  return {
    ctx: server.ctx,
    server,
    gate,
    close: async () => {
      await gate.close();
      await app.close();
      await server.close();
    },
  };
}

let devices = 0;

/** One phone: a store of its own that outlives its tabs. */
export class Device {
  readonly name: string = `escale-test-${++devices}`;
  readonly api: Api;
  db: EscaleDatabase;

  constructor(url: string) {
    this.api = new Api(url);
    this.db = new EscaleDatabase(this.name);
  }

  sync(): Promise<Outcome> {
    return runSync(this.db, this.api);
  }

  /** The app is killed and opened again. */
  reload(): void {
    this.db.close();
    this.db = new EscaleDatabase(this.name);
  }

  /** Another tab on the same store. */
  tab(): EscaleDatabase {
    return new EscaleDatabase(this.name);
  }

  async register(event: ProgrammeEvent, more: Partial<MutationArgs<'register'>> = {}): Promise<string> {
    await ensureHolder(this.db);
    const registrationId = newId();
    await enqueue(this.db, HOLDER, 'register', {
      registrationId,
      eventId: event.id,
      subjectId: event.id,
      firstName: 'Ana',
      lastName: 'Le Goff',
      email: `${registrationId}@example.org`,
      party: 1,
      language: 'fr',
      ...more,
    });
    return registrationId;
  }
}
