import type { Edition, ProgrammeEvent } from '#domain/programme.ts';

/** What is wrong with a file or with one item of it, and where. */
export interface ImportProblem {
  readonly message: string;
  /** One-based. */
  readonly line?: number;
  /** As the source names it. */
  readonly item?: string;
}

export interface ImportedItem {
  /** The source's own name of it, unique in the file. */
  readonly externalId: string;
  readonly line: number;
  readonly event: ProgrammeEvent;
}

/** What every reader of a programme gives. `refused`: the file as a whole is none of the format's, and nothing of it counts. */
export type Imported =
  | {
      readonly kind: 'programme';
      readonly edition: Edition;
      readonly items: readonly ImportedItem[];
      /** Items that cannot be events; the others stand. */
      readonly refused: readonly ImportProblem[];
    }
  | { readonly kind: 'refused'; readonly problem: ImportProblem };

/** What a reader is told; it has no clock, no hash and no default of its own. */
export interface ImportOptions {
  readonly editionId: string;
  /** For events that say nothing of theirs. */
  readonly region: string;
  /** For times that say nothing of theirs. */
  readonly zone: string;
  /** ISO 8601: when it is read. */
  readonly at: string;
  /** SHA-256 of a text's UTF-8 bytes: makes the ids. */
  readonly digest: (text: string) => Uint8Array;
}

/** What is said of a file whose items are all refused: the first of them stands for the others. */
export function noneTaken(refused: readonly [ImportProblem, ...ImportProblem[]]): ImportProblem {
  const [first, ...more] = refused;
  if (more.length === 0) return first;
  return { ...first, message: `${first.message}; ${more.length} more are refused, and none can be taken` };
}
