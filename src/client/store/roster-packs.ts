import type { RosterEntry } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
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

/**
 * A stored page of a roster, read no further than it has been asked for: a door that is opened again is ready before the names of
 * fifty thousand people are read. What is not named by its registration, and what went away, is among the others, as the server
 * sent it.
 */
export class RosterPage {
  readonly others: readonly PackItem[];
  /** How many entries there are. */
  readonly size: number;
  /** The ends of the entries' ids: of the tickets, then of the registrations. */
  private readonly ends: Uint32Array;
  /** JSON `EntryRow[]` in UTF-8, until it is read. */
  private unread: Uint8Array<ArrayBuffer> | undefined;
  private rows: readonly EntryRow[] | undefined;

  constructor(others: readonly PackItem[], ends: Uint32Array, rows: readonly EntryRow[] | Uint8Array<ArrayBuffer>) {
    this.others = others;
    this.ends = ends;
    this.size = ends.length / 2;
    if (rows instanceof Uint8Array) this.unread = rows;
    else this.rows = rows;
  }

  entries(): readonly EntryRow[] {
    this.rows ??= JSON.parse(new TextDecoder().decode(this.unread)) as EntryRow[];
    this.unread = undefined;
    return this.rows;
  }

  byTicket(ticketId: Uuid): EntryRow | undefined {
    return this.at(0, this.size, endOf(ticketId)).find((row) => row[6] === ticketId);
  }

  byRegistration(registrationId: Uuid): EntryRow | undefined {
    return this.at(this.size, 2 * this.size, endOf(registrationId)).find((row) => row[0] === registrationId);
  }

  /** Those whose ticket's id ends so. @param end of its text, eight digits or more */
  byTicketEnd(end: string): EntryRow[] {
    return this.at(0, this.size, endOf(end)).filter((row) => row[6]?.endsWith(end));
  }

  private at(from: number, to: number, end: number): EntryRow[] {
    const found: EntryRow[] = [];
    for (let i = this.ends.indexOf(end, from); i >= 0 && i < to; i = this.ends.indexOf(end, i + 1))
      found.push(this.entries()[i - from]!);
    return found;
  }
}

/** The last four bytes of an id, those that are drawn by lot in every version of UUID. */
function endOf(id: Uuid): number {
  return Number.parseInt(id.slice(-8), 16) >>> 0;
}

function endsOf(rows: readonly EntryRow[]): Uint32Array<ArrayBuffer> {
  const ends = new Uint32Array(2 * rows.length);
  for (const [i, [registrationId, , , , , , ticketId]] of rows.entries()) {
    if (ticketId) ends[i] = endOf(ticketId);
    ends[rows.length + i] = endOf(registrationId);
  }
  return ends;
}

function split(items: readonly PackItem[]): { readonly rows: EntryRow[]; readonly others: PackItem[] } {
  const rows: EntryRow[] = [];
  const others: PackItem[] = [];
  for (const item of items) {
    const { kind, id, value } = item;
    const entry = kind === 'entry' ? (value as RosterEntry | undefined) : undefined;
    if (entry?.registrationId === id) rows.push(rowOf(entry));
    else others.push(item);
  }
  return { rows, others };
}

export function rosterPage(items: readonly PackItem[]): RosterPage {
  const { rows, others } = split(items);
  return new RosterPage(others, endsOf(rows), rows);
}

/** Bytes of the numbers that a page begins with: its form, how many entries, how many bytes of others. */
const HEAD = 12;
/** No text begins with it: pages that an earlier version of the app wrote are one text. */
const FORM = 1;

/** A page as bytes: the numbers of its head and the ends of its ids in 32 bits each, the others in JSON, the entries in JSON. */
export function writeRoster(items: readonly PackItem[]): Uint8Array<ArrayBuffer> {
  const { rows, others } = split(items);
  const encoder = new TextEncoder();
  const [ends, rest, entries] = [
    endsOf(rows),
    encoder.encode(JSON.stringify(others)),
    encoder.encode(JSON.stringify(rows)),
  ];
  const bytes = new Uint8Array(HEAD + ends.byteLength + rest.length + entries.length);
  new Uint32Array(bytes.buffer, 0, 3).set([FORM, rows.length, rest.length]);
  bytes.set(new Uint8Array(ends.buffer), HEAD);
  bytes.set(rest, HEAD + ends.byteLength);
  bytes.set(entries, HEAD + ends.byteLength + rest.length);
  return bytes;
}

/** What `writeRoster` wrote, on this device: in its own order of bytes. */
export function readRoster(bytes: ArrayBuffer): RosterPage {
  if (new Uint8Array(bytes, 0, 1)[0] !== FORM) return readText(new TextDecoder().decode(bytes));
  const [, size = 0, rest = 0] = new Uint32Array(bytes, 0, 3);
  const start = HEAD + 8 * size;
  const others = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, start, rest))) as PackItem[];
  return new RosterPage(others, new Uint32Array(bytes, HEAD, 2 * size), new Uint8Array(bytes, start + rest));
}

/** As versions of the app before wrote it. */
function readText(text: string): RosterPage {
  const { entries, others } = JSON.parse(text) as { entries: EntryRow[]; others: PackItem[] };
  return new RosterPage(others, endsOf(entries), entries);
}

/** The items of a page, entries first. */
export function itemsOfRoster(page: RosterPage): PackItem[] {
  return [
    ...page.entries().map((row) => ({ kind: 'entry' as const, id: row[0], value: entryOf(row) })),
    ...page.others,
  ];
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
