import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { shortCodeOf } from '#domain/ticket.ts';
import type { MutationArgs } from '#protocol/mutation.ts';
import type { DoorRow, OutboxRow } from './database.ts';
import { NameIndex } from './name-index.ts';
import type { PackItem } from './packs.ts';
import type { EntryRow, RosterPack } from './roster-packs.ts';
import { entryOf, rowOf } from './roster-packs.ts';
import type { StoredRosterPack } from './scopes.ts';

export interface RosterCounts {
  /** Confirmed registrations and the seats in them. */
  readonly registrations: number;
  readonly seats: number;
  /** People recorded as arrived, and not taken back. */
  readonly arrived: number;
}

/** A door's roster in memory: what the server sent, with this phone's own arrivals laid over it at once (A1). */
export class Roster {
  /** Entries as the snapshot's pages had them, until one is replaced: from then on `byId` has them all. */
  private pages: (readonly EntryRow[])[] = [];
  private byId: Map<Uuid, EntryRow> | undefined;
  private readonly tickets = new Map<Uuid, EntryRow>();
  private readonly arrivals = new Map<Uuid, CheckIn>();
  private readonly revoked = new Set<Uuid>();
  /** Arrivals as they are seen: the base with the outbox over it, by ticket. */
  private seen = new Map<Uuid, CheckIn[]>();
  private event: ProgrammeEvent | undefined;
  private names: { index: NameIndex; entries: EntryRow[] } | undefined;
  private shortCodes: Map<string, EntryRow> | undefined;

  /** Takes stored pages over what is there, in their order. */
  takeAll(packs: readonly StoredRosterPack[]): void {
    for (const { delta, pack } of packs) {
      if (delta) this.lay(pack);
      else this.take(pack);
    }
  }

  /** Takes a page of the snapshot: what it holds is not there yet. */
  take({ entries, others }: RosterPack): void {
    if (this.byId) for (const row of entries) this.byId.set(row[0], row);
    else this.pages.push(entries);
    for (const row of entries) if (row[6]) this.tickets.set(row[6], row);
    this.takeOthers(others);
  }

  /** Lays a delta over what is there. */
  lay({ entries, others }: RosterPack): void {
    for (const row of entries) this.replace(row[0], row);
    this.takeOthers(others);
  }

  private takeOthers(items: readonly PackItem[]): void {
    for (const { kind, id, value } of items) {
      if (kind === 'entry') this.replace(id, value ? rowOf(value as RosterEntry) : undefined);
      else if (kind === 'check-in') put(this.arrivals, id, value as CheckIn | undefined);
      else if (kind === 'event') this.event = value as ProgrammeEvent | undefined;
      else if (kind === 'revoked') {
        if (value) this.revoked.add((value as { ticketId: Uuid }).ticketId);
        else this.revoked.delete(id);
      }
    }
    this.names = undefined;
    this.shortCodes = undefined;
  }

  private replace(id: Uuid, row: EntryRow | undefined): void {
    this.byId ??= new Map(this.pages.flat().map((one) => [one[0], one]));
    this.pages = [];
    const old = this.byId.get(id)?.[6];
    if (old) this.tickets.delete(old);
    put(this.byId, id, row);
    if (row?.[6]) this.tickets.set(row[6], row);
  }

  private rows(): EntryRow[] {
    return this.byId ? [...this.byId.values()] : this.pages.flat();
  }

  /** Lays this phone's own mutations over the arrivals. `rows` in order of `seq`. */
  overlay(rows: readonly OutboxRow[], door: DoorRow): void {
    const all = new Map(this.arrivals);
    for (const row of rows) {
      if (row.replica !== door.deviceId || row.state === 'refused') continue;
      if (row.name === 'check-in') {
        const { checkInId: id, ticket: _, ...args } = row.args as MutationArgs<'check-in'>;
        if (!all.has(id)) all.set(id, { ...args, id, deviceId: door.deviceId });
      } else if (row.name === 'undo-check-in') {
        const { checkInId, at } = row.args as MutationArgs<'undo-check-in'>;
        const arrival = all.get(checkInId);
        if (arrival && arrival.undoneAt === undefined) all.set(checkInId, { ...arrival, undoneAt: at });
      }
    }
    this.seen = new Map();
    for (const arrival of all.values()) {
      const list = this.seen.get(arrival.ticketId);
      if (list) list.push(arrival);
      else this.seen.set(arrival.ticketId, [arrival]);
    }
  }

  entryOf(ticketId: Uuid): RosterEntry | undefined {
    return asEntry(this.tickets.get(ticketId));
  }

  entryOfShortCode(code: string): RosterEntry | undefined {
    this.shortCodes ??= new Map([...this.tickets].map(([ticketId, row]) => [shortCodeOf(ticketId), row]));
    return asEntry(this.shortCodes.get(code));
  }

  search(text: string, limit: number): RosterEntry[] {
    if (!this.names) {
      const entries = this.rows();
      this.names = { index: new NameIndex(entries.map(([, , first, last]) => [first, last])), entries };
    }
    const { index, entries } = this.names;
    return index.search(text, limit).map((i) => entryOf(entries[i]!));
  }

  checkInsOf(ticketId: Uuid): readonly CheckIn[] {
    return this.seen.get(ticketId) ?? [];
  }

  isRevoked(ticketId: Uuid): boolean {
    return this.revoked.has(ticketId);
  }

  eventOf(): ProgrammeEvent | undefined {
    return this.event;
  }

  counts(): RosterCounts {
    let registrations = 0;
    let seats = 0;
    for (const [, , , , party, state] of this.rows()) {
      if (state !== 'confirmed') continue;
      registrations++;
      seats += party;
    }
    let arrived = 0;
    for (const list of this.seen.values()) {
      for (const one of list) if (one.undoneAt === undefined) arrived += one.count;
    }
    return { registrations, seats, arrived };
  }

  /** The latest arrivals first, those taken back included. */
  latest(limit: number): CheckIn[] {
    const all = [...this.seen.values()].flat();
    return all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit);
  }
}

function asEntry(row: EntryRow | undefined): RosterEntry | undefined {
  return row && entryOf(row);
}

function put<T>(map: Map<string, T>, id: string, value: T | undefined): void {
  if (value === undefined) map.delete(id);
  else map.set(id, value);
}

/** What a door's screen asks; a new object whenever an answer may have changed. */
export class RosterIndex {
  /** The event of this door, once it is known. */
  readonly event: ProgrammeEvent | undefined;
  readonly counts: RosterCounts;
  private readonly roster: Roster;

  constructor(roster: Roster, event: ProgrammeEvent | undefined) {
    this.roster = roster;
    this.event = event;
    this.counts = roster.counts();
  }

  byTicket(ticketId: Uuid): RosterEntry | undefined {
    return this.roster.entryOf(ticketId);
  }

  /** @param code eight characters as `readCode` gives them */
  byShortCode(code: string): RosterEntry | undefined {
    return this.roster.entryOfShortCode(code);
  }

  /** By name, without accents, case or order of words; a word may be a beginning. */
  search(text: string, limit: number): RosterEntry[] {
    return this.roster.search(text, limit);
  }

  /** Arrivals of a ticket, this phone's unsent ones and those taken back included. */
  checkIns(ticketId: Uuid): readonly CheckIn[] {
    return this.roster.checkInsOf(ticketId);
  }

  isRevoked(ticketId: Uuid): boolean {
    return this.roster.isRevoked(ticketId);
  }

  /** The latest arrivals first, those taken back included. */
  latest(limit: number): readonly CheckIn[] {
    return this.roster.latest(limit);
  }
}
