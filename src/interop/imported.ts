import type { Uuid } from '#domain/ids.ts';
import type { DepartmentCode, Edition, Position, ProgrammeEvent, RegionCode, Theme } from '#domain/programme.ts';
import { NATIONAL } from '#domain/regions.ts';

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
  /** The event of ours that the file names, when it is one that we wrote. */
  readonly eventId?: Uuid;
  readonly line?: number;
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
      /** What was read otherwise than one might think, for the person who imports. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly problem: ImportProblem };

/** A reader takes a file's text in pieces. */
export interface ProgrammeReader {
  /** @returns what makes the whole file unusable, as soon as it is known; what follows is not read then */
  write(chunk: string): ImportProblem | undefined;
  end(): Imported;
}

/** Where something is, as far as a file says it. */
export interface Place {
  readonly postalCode?: string;
  /** ISO 3166-1, two letters. */
  readonly country?: string;
  readonly position?: Position;
}

/** What a reader is told; it has no clock, no hash and no map of its own. */
export interface ImportOptions {
  readonly editionId: string;
  /** Of every event, whatever the file says. */
  readonly region?: RegionCode;
  /** For times that say nothing of theirs. */
  readonly zone: string;
  /** Themes of the edition, which a file may name by their labels. */
  readonly themes: readonly Theme[];
  /** ISO 8601: when it is read. */
  readonly at: string;
  /** SHA-256 of a text's UTF-8 bytes: makes the ids. */
  readonly digest: (text: string) => Uint8Array;
  /** The région and département of a place in France. */
  readonly locate: (place: Place) => { region: RegionCode; department: DepartmentCode } | undefined;
}

/** The region asked for, else the first of the places that lies in one, else the national part. */
export function placed(
  places: readonly Place[],
  options: ImportOptions,
): { region: RegionCode; department?: DepartmentCode } {
  for (const place of places) {
    const found = options.locate(place);
    if (!found) continue;
    if (options.region === undefined || options.region === found.region) return found;
  }
  return { region: options.region ?? NATIONAL };
}

/** Limits of a file, in characters and pieces: far above every real programme, far below what hurts. */
export const limits = {
  file: 100_000_000,
  /** One item, as the file writes it. */
  item: 2_000_000,
  text: 200_000,
  items: 50_000,
  /** Of one event: a year of days, twice a day. */
  sessions: 800,
} as const;

/** What is said of a file whose items are all refused: the first of them stands for the others. */
export function noneTaken(refused: readonly [ImportProblem, ...ImportProblem[]]): ImportProblem {
  const [first, ...more] = refused;
  if (more.length === 0) return first;
  return { ...first, message: `${first.message}; ${more.length} more are refused, and none can be taken` };
}
