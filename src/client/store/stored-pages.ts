import type { Scope } from '#protocol/scope.ts';
import type { PageRow, ScopeRow } from './database.ts';

/**
 * What the device keeps of a programme, read without Dexie: a worker that only reads two tables starts without its thirty
 * kilobytes. It never makes the database, nor stands in the way of a newer version of it.
 */
export class StoredPages {
  readonly #name: string;
  #opened: Promise<IDBDatabase> | undefined;

  constructor(name = 'escale') {
    this.#name = name;
  }

  /** The scopes of an edition's programme, by their names. */
  async scopes(editionId: string): Promise<readonly ScopeRow[]> {
    const range = IDBKeyRange.bound(`programme/${editionId}/`, `programme/${editionId}0`, false, true);
    return (await this.#read('scopes', (store) => store.getAll(range))) as ScopeRow[];
  }

  /** A page's text; undefined when it is not there any more. */
  async text(scope: Scope, name: string): Promise<string | undefined> {
    const row = (await this.#read('pages', (store) => store.get([scope, name]))) as PageRow | undefined;
    return typeof row?.text === 'string' ? row.text : undefined;
  }

  async #read(table: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
    const db = await this.#open();
    return settled(ask(db.transaction(table, 'readonly').objectStore(table)));
  }

  #open(): Promise<IDBDatabase> {
    this.#opened ??= this.#connect().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #connect(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name);
    // There is none: the app makes it, with its tables.
    request.addEventListener('upgradeneeded', () => request.transaction?.abort());
    const db = await settled(request);
    const leave = (): void => {
      db.close();
      this.#opened = undefined;
    };
    db.addEventListener('versionchange', leave);
    db.addEventListener('close', leave);
    return db;
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the store could not be read')));
  });
}
