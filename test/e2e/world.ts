import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { Gate } from '../support/gate.ts';
import { escale } from '../support/operator.ts';
import { freshDatabase } from '../support/postgres.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { openEvent, publish } from '../support/seed.ts';
import { ServerProcess } from '../support/server-process.ts';
import type { PhoneOptions } from './phone.ts';
import { Phone } from './phone.ts';

export const engines = ['sqlite', 'postgres'] as const;
export type Engine = (typeof engines)[number];

export const ORGANISER = 'accueil@escale.test';

/** A server with the sample, an event whose door is open now, an organiser, and phones that reach it through a gate. */
export class World {
  readonly folder: string;
  readonly server: ServerProcess;
  readonly gate: Gate;
  readonly event: ProgrammeEvent;
  readonly #edition: string;
  readonly #phones: Phone[] = [];
  readonly #drop: () => Promise<void>;

  private constructor(
    folder: string,
    server: ServerProcess,
    gate: Gate,
    event: ProgrammeEvent,
    edition: string,
    drop: () => Promise<void>,
  ) {
    this.folder = folder;
    this.server = server;
    this.gate = gate;
    this.event = event;
    this.#edition = edition;
    this.#drop = drop;
  }

  static async make(engine: Engine, title: string): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'escale-e2e-'));
    const database = engine === 'postgres' ? await freshDatabase() : undefined;
    const server = await ServerProcess.start({
      dataDir: join(folder, 'data'),
      ...(database ? { databaseUrl: database.url } : {}),
    });
    const gate = await Gate.before(server.port);
    escale(server.options, 'user', 'add', ORGANISER, '--role', 'national');
    const current = (await new ProtocolClient(server.url).editions()).find((edition) => edition.current);
    if (!current) throw new Error('the sample has no current edition');
    const event = openEvent(current.id, title);
    await publish(server.options, [event]);
    return new World(folder, server, gate, event, current.id, async () => database?.drop());
  }

  /** Publishes more events like the first. */
  async publish(...titles: string[]): Promise<ProgrammeEvent[]> {
    const events = titles.map((title) => openEvent(this.#edition, title));
    await publish(this.server.options, events);
    return events;
  }

  /** Opens a phone, or the same one again by its name. */
  async phone(name: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
    const phone = await Phone.open({ home: join(this.folder, name), origin: this.gate.url, ...options });
    this.#phones.push(phone);
    return phone;
  }

  /** Where a test may write a film for the camera. */
  file(name: string): string {
    return join(this.folder, name);
  }

  async end(): Promise<void> {
    for (const phone of this.#phones) await phone.close().catch(() => undefined);
    await this.gate.close();
    await this.server.kill();
    await this.#drop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
