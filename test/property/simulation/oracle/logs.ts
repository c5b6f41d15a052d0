import type { Committed } from './committed.ts';
import type { View } from './views.ts';
import { viewOf } from './views.ts';

interface Logged {
  readonly cursor: number;
  readonly kind: string;
  readonly id: string;
  readonly value: unknown;
}

export class LogError extends Error {
  override readonly name = 'LogError';
}

/** The oracle's own copy of every scope's log, which nothing compacts, by epoch. */
export class Logs {
  readonly #logs = new Map<string, Logged[]>();
  readonly #views = new Map<string, View>();

  /**
   * Takes what was committed since. Returns the scopes that went on, with where they stood before.
   * @throws LogError when the log is not what the rules of the log allow (C1)
   */
  take(state: Committed): Map<string, number> {
    const moved = new Map<string, number>();
    for (const { scope, epoch, head } of state.heads) {
      const log = this.#of(epoch, scope);
      const known = log.at(-1)?.cursor ?? 0;
      if (head < known) throw new LogError(`the head of ${scope} went back from ${known} to ${head}`);
      if (head === known) continue;
      moved.set(scope, known);
      const fresh = state.changes.filter((change) => change.scope === scope && change.cursor > known);
      if (fresh.length !== head - known || fresh.at(-1)?.cursor !== head)
        throw new LogError(`${scope} went from ${known} to ${head} with ${fresh.length} changes`);
      for (const { cursor, kind, item_id, value } of fresh)
        log.push({ cursor, kind, id: item_id, value: value === null ? undefined : JSON.parse(value) });
    }
    for (const change of state.changes) {
      const log = this.#of(state.heads.find((head) => head.scope === change.scope)?.epoch ?? '', change.scope);
      const mine = log[change.cursor - 1];
      if (mine?.id !== change.item_id || mine.kind !== change.kind)
        throw new LogError(`a row came into ${change.scope} below its head: ${change.cursor}`);
    }
    return moved;
  }

  /** What the scope held at a cursor; undefined for a cursor that never was. */
  at(epoch: string, scope: string, cursor: number): View | undefined {
    const log = this.#of(epoch, scope);
    if (cursor > log.length) return undefined;
    const key = `${epoch} ${scope} ${cursor}`;
    let view = this.#views.get(key);
    if (!view) this.#views.set(key, (view = viewOf(log.slice(0, cursor))));
    return view;
  }

  /** A backup was put back: the logs begin with what it holds, under its new epoch. */
  restored(state: Committed, before: string): void {
    for (const { scope, epoch, head } of state.heads)
      this.#logs.set(`${epoch} ${scope}`, this.#of(before, scope).slice(0, head));
  }

  #of(epoch: string, scope: string): Logged[] {
    const key = `${epoch} ${scope}`;
    let log = this.#logs.get(key);
    if (!log) this.#logs.set(key, (log = []));
    return log;
  }
}
