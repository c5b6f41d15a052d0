/** Whoever acts: a tab, a server process, the network. Dead ones never go on from where they wait. */
export class Actor {
  readonly name: string;
  alive = true;
  /** Milliseconds since 1970, as this one believes. */
  readonly clock: () => number;

  constructor(name: string, clock: () => number) {
    this.name = name;
    this.clock = clock;
  }
}

interface Waiter {
  readonly actor: Actor;
  readonly what: string;
  readonly go: () => void;
}

/**
 * Stops every actor before each thing that it does to the world, and lets one at a time go on. What runs between two gates
 * is one actor's, so that the order of everything is the order in which gates are opened.
 */
export class Scheduler {
  readonly #waiters: Waiter[] = [];
  #activity = 0;
  /** Who runs now. */
  current: Actor;
  /** Turns of the event loop without anything happening after which nothing will. */
  idleTurns = 2;
  /** Waits for what is under way outside of this process, a database's answer; false when there is nothing. */
  outside: (() => Promise<boolean>) | undefined;

  constructor(nobody: Actor) {
    this.current = nobody;
  }

  get waiters(): readonly Waiter[] {
    return this.#waiters;
  }

  /** Something happened: it is not quiet yet. */
  note(): void {
    this.#activity += 1;
  }

  /** Waits until the scheduler lets the actor go on; for ever when it dies. */
  gate(actor: Actor, what: string): Promise<void> {
    this.#activity += 1;
    if (!actor.alive) return new Promise(() => undefined);
    return new Promise((go) => void this.#waiters.push({ actor, what, go }));
  }

  kill(actor: Actor): void {
    actor.alive = false;
    for (let i = this.#waiters.length - 1; i >= 0; i--) {
      if (this.#waiters[i]!.actor === actor) this.#waiters.splice(i, 1);
    }
  }

  /** Opens a gate and waits until everything that follows from it has happened. */
  async open(index: number): Promise<Waiter> {
    const [waiter] = this.#waiters.splice(index, 1);
    this.current = waiter!.actor;
    waiter!.go();
    await this.quiet();
    return waiter!;
  }

  async quiet(): Promise<void> {
    for (;;) {
      let seen = this.#activity;
      for (let idle = 0; idle < this.idleTurns; idle++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.#activity !== seen) {
          seen = this.#activity;
          idle = -1;
        }
      }
      if (!this.outside || !(await this.outside())) return;
    }
  }
}
