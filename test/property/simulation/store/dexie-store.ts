import { EscaleDatabase } from '#client/store/database.ts';
import type { Actor } from '../scheduler.ts';
import type { Data, Entry, MemoryFile, TableName } from './memory-file.ts';
import { tables } from './memory-file.ts';

/** What fake-indexeddb keeps of a transaction and of a database. */
interface RawTransaction {
  readonly mode: IDBTransactionMode;
  readonly db: RawConnection;
  readonly _scope: ReadonlySet<string>;
  readonly error: unknown;
  _started: boolean;
  _state: 'active' | 'inactive' | 'committing' | 'finished';
  _start(): void;
  abort(): void;
}
interface RawConnection {
  readonly _rawDatabase: {
    readonly rawObjectStores: ReadonlyMap<string, { readonly records: { values(): Iterable<Entry> } }>;
  };
}

/** A tab's connection: who it belongs to and which file shows what it has written. */
interface Owner {
  readonly actor: Actor;
  readonly file: MemoryFile;
  readonly turn: (what: string) => Promise<void>;
  readonly note: () => void;
  /** Transactions that have not had their turn. */
  readonly waiting: Set<RawTransaction>;
}

const owners = new WeakMap<RawConnection, Owner>();
let watching = false;

/** Lets each transaction of an owned connection wait for its turn, and shows what it has written once it is committed. */
function watch(): void {
  if (watching) return;
  watching = true;
  const prototype = IDBTransaction.prototype as unknown as RawTransaction;
  const start = prototype._start;
  prototype._start = function watched(this: RawTransaction): void {
    const owner = owners.get(this.db);
    if (!owner || this.mode === 'versionchange') return start.call(this);
    owner.note();
    if (this._started) return proceed(this, owner);
    // Begun before its tab died, and behind another until now: nobody would ever give it its turn, nor anything after it.
    if (!owner.actor.alive) return this.abort();
    this._started = true;
    owner.waiting.add(this);
    void owner.turn([...this._scope].join('+')).then(() => {
      owner.waiting.delete(this);
      if (this._state !== 'finished') proceed(this, owner);
    });
  };
  const proceed = (tx: RawTransaction, owner: Owner): void => {
    const open = tx._state !== 'finished';
    start.call(tx);
    if (open && tx._state === 'finished' && !tx.error && tx.mode === 'readwrite') show(tx, owner.file);
  };
}

function show(tx: RawTransaction, file: MemoryFile): void {
  const changed: Partial<Record<TableName, Data>> = {};
  for (const name of Object.keys(tables) as TableName[]) {
    const store = tx._scope.has(name) ? tx.db._rawDatabase.rawObjectStores.get(name) : undefined;
    if (!store) continue;
    const rows = [...store.records.values()];
    changed[name] = new Map(rows.map(({ key, value }) => [JSON.stringify(key), { key, value }]));
  }
  file.commit(changed);
}

/** The store of a later version of the app: one more table, and an upgrade that touches others. */
class LaterDatabase extends EscaleDatabase {
  constructor(name: string) {
    super(name);
    this.version(1000)
      .stores({ later: 'id' })
      .upgrade((tx) => tx.table('settings').put({ key: 'upgraded', value: true }));
  }
}

/** A connection of the product's own store on IndexedDB, of a tab that can be killed between two transactions. */
export function openDexie(
  name: string,
  owner: Omit<Owner, 'waiting'>,
  later: boolean,
): { readonly db: EscaleDatabase; readonly kill: () => void } {
  watch();
  const mine: Owner = { ...owner, waiting: new Set() };
  const db = later ? new LaterDatabase(name) : new EscaleDatabase(name);
  // At every opening: an update in another tab closes it once.
  const sticky = true;
  db.on('ready', () => void owners.set(db.backendDB() as unknown as RawConnection, mine), sticky);
  const kill = (): void => {
    for (const tx of mine.waiting) tx.abort();
    mine.waiting.clear();
    db.close();
  };
  return { db, kill };
}

/** Puts a copied disk under a new name. */
export async function fillDexie(name: string, file: MemoryFile): Promise<void> {
  const db = new EscaleDatabase(name);
  for (const table of Object.keys(tables) as TableName[]) {
    const values = [...file.disk[table].values()].map((entry) => entry.value);
    if (values.length > 0) await db.table(table).bulkPut(values);
  }
  db.close();
}
