import type { Heads } from '#protocol/hints.ts';
import type { Scope } from '#protocol/scope.ts';
import type { Database } from '../../db/open.ts';
import { watchOthers } from '../../db/watch-heads.ts';

/** Says that a pull would bring something (D2). */
export interface Hints {
  /** Calls back with the new heads of any of the scopes, whichever process raised them. Returns what ends it. */
  subscribe(scopes: readonly Scope[], listener: (heads: Heads) => void): () => void;
  close(): Promise<void>;
}

export function openHints(db: Database): Hints {
  const board = new Board();
  const stopOwn = db.units.onCommit((heads) => board.tell(heads));
  const stopOthers = watchOthers(db, board);
  return {
    subscribe: (scopes, listener) => board.subscribe(scopes, listener),
    close: async () => {
      stopOwn();
      await stopOthers();
    },
  };
}

type Listener = (heads: Heads) => void;

class Board {
  readonly #listeners = new Map<Scope, Set<Listener>>();
  readonly #told = new Map<Scope, number>();

  subscribe(scopes: readonly Scope[], listener: Listener): () => void {
    // One wrapper a subscription, so that the same function subscribed twice is told twice and ended once.
    const mine: Listener = (heads) => listener(heads);
    for (const scope of scopes) {
      const all = this.#listeners.get(scope) ?? new Set();
      this.#listeners.set(scope, all.add(mine));
    }
    return () => {
      for (const scope of scopes) {
        const all = this.#listeners.get(scope);
        all?.delete(mine);
        if (all?.size === 0) {
          this.#listeners.delete(scope);
          this.#told.delete(scope);
        }
      }
    };
  }

  scopes(): Scope[] {
    return [...this.#listeners.keys()];
  }

  tell(heads: Heads): void {
    const news = new Map<Listener, Heads>();
    for (const [scope, head] of Object.entries(heads)) {
      const all = this.#listeners.get(scope);
      if (!all || (this.#told.get(scope) ?? -1) >= head.cursor) continue;
      this.#told.set(scope, head.cursor);
      for (const listener of all) {
        const mine = news.get(listener) ?? {};
        mine[scope] = head;
        news.set(listener, mine);
      }
    }
    for (const [listener, mine] of news) listener(mine);
  }
}
