import type { Context } from '#server/services/context.ts';
import type { Actor } from '../scheduler.ts';
import type { Committed, Order } from '../oracle/committed.ts';

/** What the server's machine asks of the simulation. */
export interface MachineHost {
  readonly now: () => number;
  /** Before a statement: whether others may come in between is the scheduler's choice. */
  readonly turn: (process: Actor, statement: string) => Promise<void>;
  /** Something was committed: what the database holds now, and in which order it came to it. */
  readonly committed: (state: Committed, order: readonly Order[]) => void;
}

/** The computer that the server runs on: a database that outlives processes, and at most one process. */
export interface Machine {
  readonly kind: 'sqlite' | 'postgres';
  /** The running process's context; undefined while none runs. */
  readonly ctx: Context | undefined;
  readonly process: Actor | undefined;
  /** Resolves when the process that runs now has died. */
  readonly death: Promise<void>;
  start(): Promise<void>;
  /** Kills the process before (or, for a commit, right after) its nth statement from now. */
  killAt(statement: number, after: boolean): void;
  kill(): void;
  /** What is committed, as the oracle reads it by itself. */
  look(): Promise<Committed>;
  /** Keeps a copy of the database. */
  backUp(): Promise<void>;
  /** Puts the copy in its place under a new epoch; no process is running. False without a copy. */
  restore(epoch: string): Promise<boolean>;
  /** A statement that the product would never make: a deliberate break. */
  tamper(statement: string): void;
  close(): Promise<void>;
}

/** Thrown where a process that is dead would have gone on. */
export class Dead extends Error {
  override readonly name = 'Dead';
}
