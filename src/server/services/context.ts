import type { Config } from '../config.ts';
import type { Database } from '../db/open.ts';
import type { Hints } from './sync/hints.ts';
import type { TicketKeys } from './door/ticket-keys.ts';

/** Where services write what an operator reads: pino's methods. Never personal data. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What every use case is given. */
export interface Context {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly config: Config;
  readonly keys: TicketKeys;
  readonly hints: Hints;
  readonly log: Log;
}
