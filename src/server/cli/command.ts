import type { ParseArgsOptionsConfig } from 'node:util';
import type { Context } from '#server/services/context.ts';

/**
 * One of the operator's commands, listed in `escale.ts`. Options are those of `parseArgs` of `node:util`;
 * an unknown one is refused before `run` is called.
 */
export interface Command {
  /** As it is typed: `import`, `user add`. */
  readonly name: string;
  /** What follows the name, for `--help`: `--format FORMAT FILE --edition ID [--region CODE] [--dry-run]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** How many arguments without a dash it takes; another number is refused. */
  readonly positionals: number;
  readonly run: (call: CommandCall) => Promise<void>;
}

export interface CommandCall {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
  /** Opens data folder and database, migrated, at the first call; closed once the command has ended. */
  readonly context: () => Promise<Context>;
  /** One line to standard output. */
  readonly print: (line: string) => void;
}

/** What the operator gave cannot be taken: its message is one line that says what is wrong and where; exit code 2. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
}
