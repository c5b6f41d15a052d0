import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personScope } from '#protocol/scope.ts';
import { readConfig } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import type { Engine } from '#server/db/migrations.ts';
import { openDatabase } from '#server/db/open.ts';
import { readTables } from '#server/db/tables.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { writeBackup } from '#server/services/operation/backup.ts';
import type { Context } from '#server/services/context.ts';
import { openHints } from '#server/services/sync/hints.ts';
import { unsubscribe } from '#server/services/mail/newsletter.ts';
import { restoreBackup } from '#server/services/operation/restore.ts';
import { openTicketKeys } from '#server/services/door/ticket-keys.ts';
import type { Server } from '../support/databases.ts';
import { engines, eventWith, Phone, publish, START, startServer } from '../support/databases.ts';
import { freshDatabase } from '../support/postgres.ts';
import { View } from '../support/scopes.ts';

/** A machine without anything, for a backup to be put back on. */
class Target {
  readonly config: ReturnType<typeof readConfig>;
  readonly #drop: () => Promise<void>;

  private constructor(config: Target['config'], drop: () => Promise<void>) {
    this.config = config;
    this.#drop = drop;
  }

  static async make(engine: Engine): Promise<Target> {
    const folder = await mkdtemp(join(tmpdir(), 'escale-restore-'));
    const postgres = engine === 'postgres' ? await freshDatabase() : undefined;
    const config = readConfig({ ESCALE_DATA: folder, ...(postgres ? { DATABASE_URL: postgres.url } : {}) });
    return new Target(config, async () => {
      await postgres?.drop();
      await rm(folder, { recursive: true });
    });
  }

  /** What its tables hold, by table, moments and epochs left out. */
  async tables(): Promise<Record<string, unknown[]>> {
    return tablesOf(this.config);
  }

  async running<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
    const db = await openDatabase(this.config);
    await migrate(db);
    const keys = await openTicketKeys(this.config.dataDir);
    const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const ctx: Context = { db, clock: () => START, config: this.config, keys, hints: openHints(db), log: quiet };
    try {
      return await work(ctx);
    } finally {
      await ctx.hints.close();
      await db.close();
    }
  }

  close(): Promise<void> {
    return this.#drop();
  }
}

const FORGOTTEN = ['snapshot', 'snapshot_page', 'session', 'sign_in_code', 'provider_trip', 'passkey_challenge'];

async function tablesOf(config: ReturnType<typeof readConfig>): Promise<Record<string, unknown[]>> {
  const engine = config.databaseUrl === undefined ? 'sqlite' : 'postgres';
  return readTables(engine, config.databaseUrl ?? join(config.dataDir, 'escale.sqlite'), async (reader) => {
    const tables: Record<string, unknown[]> = {};
    for (const table of reader.tables) {
      if (FORGOTTEN.includes(table.name)) continue;
      const rows: string[] = [];
      const epoch = table.columns.indexOf('epoch');
      for await (const row of reader.rows(table)) {
        rows.push(JSON.stringify(row.map((cell, i) => (i === epoch ? 'epoch' : cell))));
      }
      tables[table.name] = rows.filter((row) => !row.startsWith('["epoch"')).toSorted();
    }
    return tables;
  });
}

/** Somebody with a passkey, who is somebody at a provider too, and on their way there. */
async function keyAndIdentity(ctx: Context): Promise<void> {
  const { id: account_id } = await ensureAccount(ctx, { email: 'cle@nantes.example', role: 'organiser' });
  await ctx.db.units.one(async (tx) => {
    const at = { created_at: START, last_used_at: START };
    const key = { credential_id: 'AAEC', public_key: Buffer.from([0, 255, 10]), counter: 2 ** 32 - 1 };
    await tx.db
      .insertInto('passkey')
      .values({ id: randomUUID(), account_id, ...key, transports: '["usb"]', name: 'Clé', ...at })
      .execute();
    const named = { issuer: 'https://identity.example', subject: 'anne' };
    await tx.db
      .insertInto('account_identity')
      .values({ id: randomUUID(), account_id, ...named, ...at })
      .execute();
    const secrets = { browser_hash: 'b', nonce: 'n', verifier: 'v', next: '/' };
    await tx.db
      .insertInto('provider_trip')
      .values({ state_hash: 's', ...secrets, expires_at: START })
      .execute();
  });
}

const pairs = engines.flatMap((from) => engines.map((to) => [from, to] as const));

describe.each(pairs)('a backup of %s put back into %s', (from, to) => {
  const event = eventWith({ mode: 'open', capacity: 10 });
  let server: Server;
  let target: Target;
  let folder: string;
  const phone = new Phone();

  beforeAll(async () => {
    server = await startServer(from);
    target = await Target.make(to);
    folder = await mkdtemp(join(tmpdir(), 'escale-backup-'));
    await publish(server.ctx, event);
    await phone.register(server.ctx, event, { firstName: 'Zoé\u2028"\\', needs: "d'accord ; 👍" });
    await keyAndIdentity(server.ctx);
    await mkdir(join(server.ctx.config.dataDir, 'mail'));
    await writeFile(join(server.ctx.config.dataDir, 'mail', 'un.eml'), Buffer.alloc(400_000, 7));
  });
  afterAll(async () => {
    await server.close();
    await target.close();
    await rm(folder, { recursive: true });
  });

  test('is one moment of everything, taken while others write, and comes back the same', async () => {
    const file = join(folder, 'backup.escale');
    const before = await tablesOf(server.ctx.config);
    const writing = Array.from({ length: 5 }, () => new Phone().register(server.ctx, event));
    const [counts] = await Promise.all([writeBackup(server.ctx.config, file, START), ...writing]);
    expect(counts.files).toBe(2);
    expect((await stat(file)).mode % 0o1000).toBe(0o600);

    const { aside, ...restored } = await restoreBackup(target.config, file, false);
    expect(restored).toEqual({ madeAt: new Date(START).toISOString(), rows: counts.rows, files: 2 });
    expect(aside).toEqual([]);
    const after = await target.tables();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    // Seats, registrations and log agree with one another, however many of the five were in.
    const [seats] = (after['subject'] ?? []).map((row) => JSON.parse(row as string) as unknown[]);
    expect(seats).toContain(after['registration']!.length);
    expect(after['event']).toEqual(before['event']);
    expect(after['account_identity']).toHaveLength(1);
    expect(after['account_identity']).toEqual(before['account_identity']);
    expect(after['registration']).toContain(before['registration']![0]);
    expect(await readFile(join(target.config.dataDir, 'mail', 'un.eml'))).toHaveLength(400_000);
    const ticket = await server.ctx.db.read.selectFrom('registration').select('ticket').executeTakeFirstOrThrow();
    await target.running(async (ctx) => {
      const trips = await ctx.db.read.selectFrom('provider_trip').select('next').execute();
      expect(trips).toEqual([]);
      const key = await ctx.db.read.selectFrom('passkey').select(['public_key', 'counter']).executeTakeFirst();
      expect({ ...key, public_key: [...key!.public_key] }).toEqual({ public_key: [0, 255, 10], counter: 2 ** 32 - 1 });
    });
    await target.running(async (ctx) => expect(ctx.keys.check(ticket.ticket!)?.eventId).toBe(event.id));
  });

  test('who left the newsletter since the backup stays away, and so they do when it is put back once more', async () => {
    const file = join(folder, 'newsletter.escale');
    const subscriber = (name: string) => ({
      id: randomUUID(),
      email: `${name}@example.org`,
      email_key: `${name}@example.org`,
      language: 'fr' as const,
      state: 'confirmed' as const,
      token: randomUUID(),
      asked_at: START,
      confirmed_at: START,
      mail_due_at: null,
      mails: 1,
      mails_since: START,
      holder_id: null,
    });
    const [leaves, stays] = [subscriber('part'), subscriber('reste')];
    await server.ctx.db.units.one((tx) => tx.db.insertInto('subscriber').values([leaves, stays]).execute());
    await writeBackup(server.ctx.config, file, START);
    await restoreBackup(target.config, file, true);
    await target.running((ctx) => unsubscribe(ctx, leaves.token));
    const here = () =>
      target.running(async (ctx) =>
        (await ctx.db.read.selectFrom('subscriber').select('email').execute()).map((r) => r.email),
      );
    for (const _ of [1, 2]) {
      expect((await restoreBackup(target.config, file, true)).leftAgain).toBe(1);
      expect(await here()).toEqual([stays.email]);
    }
  });

  test('a phone that knows more than the backup is told to load anew, and what it sends again counts once (P2, L1)', async () => {
    const file = join(folder, 'earlier.escale');
    await writeBackup(server.ctx.config, file, START);
    const scope = personScope((phone.who as { holderId: string }).holderId);
    const lost = phone.make('rate-tour', { eventId: event.id, rating: 4 });
    const registration = phone.make('register', {
      registrationId: randomUUID(),
      eventId: event.id,
      subjectId: event.id,
      firstName: 'Ana',
      lastName: 'Le Goff',
      email: 'ana@example.org',
      party: 1,
      language: 'fr',
    });
    await phone.send(server.ctx, lost, registration);
    const view = new View();
    await view.catchUp(server.ctx, phone.who, scope);

    await restoreBackup(target.config, file, true);
    await target.running(async (ctx) => {
      expect(await view.catchUp(ctx, phone.who, scope)).toBe(false);
      const next = phone.make('rate-tour', { eventId: event.id, rating: 5 });
      await expect(phone.send(ctx, next)).rejects.toMatchObject({ code: 'replica_gap' });
      const again = await phone.send(ctx, lost, registration, next);
      expect(again.results.map((one) => one.mutationId)).toEqual([
        lost.mutationId,
        registration.mutationId,
        next.mutationId,
      ]);
      expect(again.results[1]!.outcome).toBe('applied');
      expect((await phone.send(ctx, registration)).results[0]!.outcome).toBe('applied');
      const mine = await ctx.db.read.selectFrom('registration').select('id').where('first_name', '=', 'Ana').execute();
      expect(
        mine.filter((row) => row.id === (registration.args as { registrationId: string }).registrationId),
      ).toHaveLength(1);
    });
  });

  test('refuses to take the place of data unless told, and then puts them aside', async () => {
    const file = join(folder, 'again.escale');
    await writeBackup(server.ctx.config, file, START);
    const before = await target.tables();
    await expect(restoreBackup(target.config, file, false)).rejects.toThrow('there is data already');
    expect(await target.tables()).toEqual(before);
    const { aside } = await restoreBackup(target.config, file, true);
    expect(aside).toHaveLength(2);
    expect((await target.tables())['registration']!.length).toBeGreaterThan(0);
  });

  test('refuses while a server has the database open', async () => {
    const file = join(folder, 'open.escale');
    await writeBackup(server.ctx.config, file, START);
    await expect(restoreBackup(server.ctx.config, file, true)).rejects.toThrow('stop it first');
  });

  test('a file that is not whole, or was changed anywhere, changes nothing', async () => {
    const file = join(folder, 'good.escale');
    await writeBackup(server.ctx.config, file, START);
    const bytes = await readFile(file);
    const lines = gunzipSync(bytes).toString().split('\n');
    const packed = (change: (lines: string[]) => void): Buffer => {
      const copy = [...lines];
      change(copy);
      return gzipSync(copy.join('\n'));
    };
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(flipped.length / 2)]! ^= 0x40;
    const row = lines.findIndex((line) => line.includes('Zoé'));
    const inserted = '{"file":"../../etc/passwd"}';
    const broken: readonly [string, Buffer, RegExp][] = [
      ['early.escale', bytes.subarray(0, bytes.length - 200), /damaged|ends early/],
      ['flipped.escale', flipped, /flipped\.escale/],
      ['name.escale', packed((all) => (all[row] = all[row]!.replace('Zoé', 'Léa'))), /the file is damaged/],
      ['gone.escale', packed((all) => all.splice(row, 1)), /the file is damaged/],
      ['cut.escale', packed((all) => all.splice(-2)), /ends early/],
      ['outside.escale', packed((all) => all.splice(-2, 0, inserted)), /not a line of a backup/],
      ['table.escale', packed((all) => all.splice(1, 0, '{"table":"pg_user","columns":["a"]}')), /no such table/],
      ['newer.escale', packed((all) => (all[0] = all[0]!.replace('"0001_ground"', '"9999_new"'))), /another version/],
      ['other.escale', gzipSync('{"hello":1}\n'), /no backup of Escale/],
      ['text.escale', Buffer.from('hello'), /no backup of Escale/],
      ['empty.escale', Buffer.alloc(0), /ends early|no backup/],
    ];
    const before = await target.tables();
    const there = (await readdir(target.config.dataDir)).toSorted();
    for (const [name, content, message] of broken) {
      await writeFile(join(folder, name), content);
      await expect(restoreBackup(target.config, join(folder, name), true), name).rejects.toThrow(message);
    }
    await expect(restoreBackup(target.config, join(folder, 'absent.escale'), true)).rejects.toThrow('cannot be read');
    expect(await target.tables()).toEqual(before);
    expect((await readdir(target.config.dataDir)).toSorted()).toEqual(there);
  });

  test('never overwrites another file, and leaves none behind when it cannot be written', async () => {
    const file = join(folder, 'there.escale');
    await writeFile(file, 'mine');
    await expect(writeBackup(server.ctx.config, file, START)).rejects.toThrow('never overwrites');
    expect(await readFile(file, 'utf8')).toBe('mine');
    const nowhere = join(folder, 'no-such-folder', 'x.escale');
    await expect(writeBackup(server.ctx.config, nowhere, START)).rejects.toThrow('cannot be written');
    expect(existsSync(join(folder, 'no-such-folder'))).toBe(false);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
