import type { RosterEntry } from '#domain/check-in.ts';
import type { FormAnswers } from '#domain/registration-question.ts';
import type { PackItem } from './packs.ts';

/**
 * An entry as it is stored and held in memory: `[registrationId, subjectId, firstName, lastName, party, state, ticketId, needs,
 * answers]`, the last of them what was answered for the door to know.
 * Without the names of its fields it is a third of the size, and a door reads fifty thousand of them four times as fast.
 */
export type EntryRow = readonly [
  RosterEntry['registrationId'],
  RosterEntry['subjectId'],
  string,
  string,
  number,
  RosterEntry['state'],
  (string | null)?,
  (string | null)?,
  FormAnswers?,
];

/** A page of a roster. What is not named by its registration, and what went away, is among the others, as the server sent it. */
export interface RosterPack {
  readonly entries: readonly EntryRow[];
  readonly others: readonly PackItem[];
}

export function rosterPack(items: readonly PackItem[]): RosterPack {
  const isEntry = ({ kind, id, value }: PackItem): boolean =>
    kind === 'entry' && (value as RosterEntry | undefined)?.registrationId === id;
  return {
    entries: items.filter(isEntry).map((item) => rowOf(item.value as RosterEntry)),
    others: items.filter((item) => !isEntry(item)),
  };
}

export function writeRoster(items: readonly PackItem[]): string {
  return JSON.stringify(rosterPack(items));
}

export function readRoster(text: string): RosterPack {
  return JSON.parse(text) as RosterPack;
}

/** The items of a page, entries first. */
export function itemsOfRoster(pack: RosterPack): PackItem[] {
  return [...pack.entries.map((row) => ({ kind: 'entry' as const, id: row[0], value: entryOf(row) })), ...pack.others];
}

export function rowOf(entry: RosterEntry): EntryRow {
  const { registrationId, subjectId, firstName, lastName, party, state, ticketId, needs, answers, people } = entry;
  const row = [registrationId, subjectId, firstName, lastName, party, state] as const;
  if (answers ?? people)
    return [
      ...row,
      ticketId ?? null,
      needs ?? null,
      { ...(answers ? { answers } : {}), ...(people ? { people } : {}) },
    ];
  if (needs !== undefined) return [...row, ticketId ?? null, needs];
  return ticketId === undefined ? row : [...row, ticketId];
}

export function entryOf(row: EntryRow): RosterEntry {
  const [registrationId, subjectId, firstName, lastName, party, state, ticketId, needs, given] = row;
  return {
    registrationId,
    subjectId,
    firstName,
    lastName,
    party,
    state,
    ...(ticketId ? { ticketId } : {}),
    ...(needs ? { needs } : {}),
    ...given,
  };
}
