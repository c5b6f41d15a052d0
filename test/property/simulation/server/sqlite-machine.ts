import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DatabaseSync as Sqlite } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import { Kysely } from 'kysely';
import { migrate } from '#server/db/migrate.ts';
import type { Database } from '#server/db/open.ts';
import { openDatabase } from '#server/db/open.ts';
import type { Schema } from '#server/db/schema.ts';
import { SqliteConnection, sqliteDialect } from '#server/db/sqlite.ts';
import { SqliteUnits } from '#server/db/sqlite-units.ts';
import type { Context } from '#server/services/context.ts';
import { publishTicketKeys } from '#server/services/door/ticket-keys.ts';
import type { Committed, Order } from '../oracle/committed.ts';
import { looks, orderOf } from '../oracle/committed.ts';
import { Actor } from '../scheduler.ts';
import { contextOn } from './context.ts';
import type { Machine, MachineHost } from './machine.ts';
import { Dead } from './machine.ts';

/** Memory where there is some: it is not the disk that is tested. */
const GROUND = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let template: Promise<string> | undefined;

/** An empty migrated file without an epoch. */
function emptyFile(): Promise<string> {
  return (template ??= (async () => {
    const folder = mkdtempSync(join(GROUND, 'escale-simulation-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const db = await openDatabase({ dataDir: folder });
    await migrate(db);
    await db.close();
    const file = join(folder, 'escale.sqlite');
    const raw = new Sqlite(file);
    raw.exec('delete from meta; pragma wal_checkpoint(truncate); pragma journal_mode = delete');
    raw.close();
    return file;
  })());
}

/** One life of the server's process: counts its statements and ends at the one that it is to die at. */
class Life {
  readonly actor: Actor;
  readonly host: MachineHost;
  readonly connections: DatabaseSync[] = [];
  readonly ended = Promise.withResolvers<void>();
  dead = false;
  /** Statements left, and whether the last of them is still executed. */
  left = Number.POSITIVE_INFINITY;
  after = false;
  /** The clock while it writes. */
  writing: number | undefined;
  onCommit: (order: readonly Order[]) => void = () => undefined;

  constructor(name: string, host: MachineHost) {
    this.actor = new Actor(name, host.now);
    this.host = host;
  }

  /** @throws Dead when this is where the process ends */
  statement(): void {
    if (this.dead) throw new Dead();
    this.left -= 1;
    if (this.left <= 0 && !this.after) {
      this.die();
      throw new Dead();
    }
  }

  executed(): void {
    if (this.left <= 0 && this.after && !this.dead) {
      this.die();
      throw new Dead();
    }
  }

  die(): void {
    if (this.dead) return;
    this.dead = true;
    for (const connection of this.connections) if (connection.isOpen) connection.close();
    this.ended.resolve();
  }
}

/** A connection whose every statement the process's life goes through. */
class WatchedConnection extends SqliteConnection {
  readonly #life: Life;
  /** Of the transaction under way when it writes. */
  #order: Order[] | undefined;
  readonly #marks: number[] = [];

  constructor(file: string, life: Life) {
    super(file, 0);
    this.#life = life;
    const real = this.handle;
    life.connections.push(real);
    const watched = {
      prepare: (sql: string) => real.prepare(sql),
      exec: (sql: string) => {
        life.statement();
        real.exec(sql);
        this.#follow(sql);
        life.executed();
      },
      close: () => real.isOpen && real.close(),
      get isTransaction() {
        return !life.dead && real.isTransaction;
      },
      get isOpen() {
        return real.isOpen;
      },
    };
    (this as { handle: unknown }).handle = watched;
  }

  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.#life.host.turn(this.#life.actor, query.sql);
    if (this.#life.dead) return new Promise(() => undefined);
    const result = await super.executeQuery<R>(query);
    const order = orderOf(query.sql, query.parameters);
    if (order) this.#order?.push(order);
    return result;
  }

  override prepare(sql: string): ReturnType<SqliteConnection['prepare']> {
    this.#life.statement();
    this.#follow(sql);
    return super.prepare(sql);
  }

  #follow(sql: string): void {
    if (sql === 'begin immediate') [this.#order, this.#life.writing] = [[], this.#life.host.now()];
    const order = this.#order;
    if (!order) return;
    if (sql.startsWith('savepoint')) this.#marks.push(order.length);
    else if (sql.startsWith('release')) this.#marks.pop();
    else if (sql.startsWith('rollback to')) order.length = this.#marks.pop() ?? 0;
    else if (sql === 'commit' || sql === 'rollback') {
      this.#order = undefined;
      this.#marks.length = 0;
      if (sql === 'commit') this.#life.onCommit(order);
      this.#life.writing = undefined;
    }
  }
}

/** The server on a SQLite file of its own. */
export class SqliteMachine implements Machine {
  readonly kind = 'sqlite';
  readonly #host: MachineHost;
  readonly #folder: string;
  readonly #file: string;
  #witness: DatabaseSync;
  readonly #looks = new Map<string, StatementSync>();
  /** The highest row id of the log at the last look. */
  #seen = 0;
  #life: Life | undefined;
  #lives = 0;
  #ctx: Context | undefined;

  private constructor(host: MachineHost, folder: string) {
    this.#host = host;
    this.#folder = folder;
    this.#file = join(folder, 'escale.sqlite');
    this.#witness = new Sqlite(this.#file);
  }

  static async make(host: MachineHost, epoch: string): Promise<SqliteMachine> {
    const folder = mkdtempSync(join(GROUND, 'escale-simulation-'));
    copyFileSync(await emptyFile(), join(folder, 'escale.sqlite'));
    const machine = new SqliteMachine(host, folder);
    machine.#witness.exec('pragma journal_mode = wal');
    machine.#witness.prepare('insert into meta (key, value) values (?, ?)').run('epoch', epoch);
    return machine;
  }

  get process(): Actor | undefined {
    return this.#life?.dead === false ? this.#life.actor : undefined;
  }

  get ctx(): Context | undefined {
    return this.process ? this.#ctx : undefined;
  }

  get death(): Promise<void> {
    return this.#life?.ended.promise ?? Promise.resolve();
  }

  async start(): Promise<void> {
    this.#ctx = undefined;
    const life = new Life(`server ${++this.#lives}`, this.#host);
    this.#life = life;
    life.onCommit = (order) => this.#host.committed(this.#look(), order);
    const open = (): SqliteConnection => new WatchedConnection(this.#file, life);
    const read = new Kysely<Schema>({ dialect: sqliteDialect(open, 4) });
    const units = new SqliteUnits(open());
    const db: Database = {
      kind: 'sqlite',
      read,
      units,
      owner: read,
      address: this.#file,
      close: () => Promise.resolve(life.die()),
    };
    const ctx = await contextOn(db, () => life.writing ?? this.#host.now());
    await publishTicketKeys(db, ctx.keys);
    this.#ctx = ctx;
  }

  killAt(statement: number, after: boolean): void {
    if (!this.#life) return;
    this.#life.left = statement;
    this.#life.after = after;
  }

  kill(): void {
    this.#life?.die();
    this.#ctx = undefined;
  }

  look(): Promise<Committed> {
    return Promise.resolve(this.#look());
  }

  backUp(): Promise<void> {
    rmSync(this.#backup, { force: true });
    this.#witness.exec(`vacuum into '${this.#backup}'`);
    return Promise.resolve();
  }

  restore(epoch: string): Promise<boolean> {
    if (!existsSync(this.#backup)) return Promise.resolve(false);
    this.#witness.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${this.#file}${end}`, { force: true });
    copyFileSync(this.#backup, this.#file);
    this.#witness = new Sqlite(this.#file);
    this.#looks.clear();
    this.#seen = 0;
    this.#witness.exec('pragma journal_mode = wal');
    for (const statement of restored(epoch)) this.#witness.exec(statement);
    return Promise.resolve(true);
  }

  tamper(statement: string): void {
    this.#witness.exec(statement);
  }

  close(): Promise<void> {
    this.kill();
    this.#witness.close();
    rmSync(this.#folder, { recursive: true, force: true });
    return Promise.resolve();
  }

  get #backup(): string {
    return join(this.#folder, 'backup.sqlite');
  }

  #look(): Committed {
    const read = (sql: string): unknown => {
      const kept = this.#looks.get(sql);
      const statement = kept ?? this.#witness.prepare(sql);
      if (!kept && !sql.includes('rowid >')) this.#looks.set(sql, statement);
      return statement.all();
    };
    // The log is long and its old rows are known: of what is new the row ids are higher than the highest of the last look.
    const seen = this.#seen;
    const [{ last }] = read('select coalesce(max(rowid), 0) as last from change') as [{ last: number }];
    this.#seen = last;
    const fresh = looks.changes.replace('from change', `from change where rowid > ${seen}`);
    const all = { ...looks, changes: fresh };
    const rows = Object.fromEntries(Object.entries(all).map(([name, sql]) => [name, read(sql)]));
    return { ...rows, clock: this.#life?.writing ?? this.#host.now() } as unknown as Committed;
  }
}

/** What putting a backup back must do beside: the log goes on under another epoch. */
export function restored(epoch: string): string[] {
  return [
    `update meta set value = '${epoch}' where key = 'epoch'`,
    `update scope_head set epoch = '${epoch}'`,
    'delete from snapshot',
    'delete from snapshot_page',
  ];
}
