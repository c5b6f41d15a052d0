import type { Kysely } from 'kysely';
import type { Heads } from '#protocol/hints.ts';
import type { ItemKind, Scope } from '#protocol/scope.ts';
import type { Values } from '#protocol/values.ts';
import type { Engine } from './migrations.ts';
import type { Schema } from './schema.ts';

/** One atomic unit's view of the transaction it is in. */
export interface Tx {
  readonly db: Kysely<Schema>;
  readonly kind: Engine;
  /**
   * Puts an item into a scope, or a tombstone when the value is undefined. Written when the transaction ends (C1: scopes sorted,
   * late, each head's row locked until the commit); of several changes to one item in a transaction the last remains.
   */
  log<K extends ItemKind>(scope: Scope, kind: K, id: string, value: Values[K] | undefined): void;
  /** Does the work wholly or not at all: when it throws, what it wrote and logged is taken back and the error passed on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}

export type Work<T> = (tx: Tx) => Promise<T>;

/** `heads`: where the scopes that the transaction touched stand since. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly heads: Heads }
  | { readonly ok: false; readonly error: unknown };

/** The only way to write (P1): nothing is answered before its commit. */
export interface Units {
  /**
   * Does the works in order in one transaction, each wholly or not at all. An error that the engine may not meet again
   * comes as a TransientError (P3). On PostgreSQL a work may be run again after a deadlock: it keeps nothing outside `tx`.
   */
  run<T>(works: readonly Work<T>[]): Promise<Outcome<T>[]>;
  /** One work. @throws what it threw, or TransientError */
  one<T>(work: Work<T>): Promise<{ value: T; heads: Heads }>;
  /** Calls back with the heads of each commit of this process. */
  onCommit(listener: (heads: Heads) => void): () => void;
}

/** `Units.one` by `Units.run`. */
export async function oneOf<T>(run: Units['run'], work: Work<T>): Promise<{ value: T; heads: Heads }> {
  const [outcome] = await run([work]);
  if (!outcome?.ok) throw outcome?.error;
  return { value: outcome.value, heads: outcome.heads };
}

export interface LoggedChange {
  readonly scope: Scope;
  readonly kind: ItemKind;
  readonly id: string;
  /** JSON; null is a tombstone. */
  readonly value: string | null;
}

/** What a transaction has logged and not yet written. */
export class PendingLog {
  #changes: LoggedChange[] = [];

  add(scope: Scope, kind: ItemKind, id: string, value: unknown): void {
    this.#changes.push({ scope, kind, id, value: value === undefined ? null : JSON.stringify(value) });
  }

  /** A point to go back to. */
  mark(): number {
    return this.#changes.length;
  }

  backTo(mark: number): void {
    this.#changes.length = mark;
  }

  /** By scope in the scopes' order, the last change of each item, in the order of those. */
  byScope(): [Scope, LoggedChange[]][] {
    const scopes = new Map<Scope, Map<string, LoggedChange>>();
    for (const change of this.#changes) {
      let items = scopes.get(change.scope);
      if (!items) scopes.set(change.scope, (items = new Map()));
      const key = `${change.kind} ${change.id}`;
      items.delete(key);
      items.set(key, change);
    }
    return [...scopes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([scope, items]) => [scope, [...items.values()]]);
  }
}

/** Listeners to commits. */
export class Commits {
  #listeners = new Set<(heads: Heads) => void>();

  on(listener: (heads: Heads) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(heads: Heads): void {
    if (Object.keys(heads).length === 0) return;
    for (const listener of this.#listeners) {
      try {
        listener(heads);
      } catch {
        // What is committed stays committed, and the others are told.
      }
    }
  }
}
