import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { shortCodeOf } from '#domain/ticket.ts';
import type { MutationArgs } from '#protocol/mutation.ts';
import type { DoorRow, OutboxRow } from './database.ts';
import { NameIndex } from './name-index.ts';
import type { PackItem } from './packs.ts';

export interface RosterCounts {
  /** Confirmed registrations and the seats in them. */
  readonly registrations: number;
  readonly seats: number;
  /** People recorded as arrived, and not taken back. */
  readonly arrived: number;
}

/** A door's roster in memory: what the server sent, with this phone's own arrivals laid over it at once (A1). */
export class Roster {
  private readonly entries = new Map<Uuid, RosterEntry>();
  private readonly tickets = new Map<Uuid, RosterEntry>();
  private readonly arrivals = new Map<Uuid, CheckIn>();
  private readonly revoked = new Set<Uuid>();
  /** Arrivals as they are seen: the base with the outbox over it, by ticket. */
  private seen = new Map<Uuid, CheckIn[]>();
  private event: ProgrammeEvent | undefined;
  private names: { index: NameIndex; entries: RosterEntry[] } | undefined;
  private shortCodes: Map<string, RosterEntry> | undefined;

  /** Takes a pack over what is there. */
  take(items: readonly PackItem[]): void {
    for (const { kind, id, value } of items) {
      if (kind === 'entry') this.takeEntry(id, value as RosterEntry | undefined);
      else if (kind === 'check-in') put(this.arrivals, id, value as CheckIn | undefined);
      else if (kind === 'event') this.event = value as ProgrammeEvent | undefined;
      else if (kind === 'revoked') {
        if (value) this.revoked.add((value as { ticketId: Uuid }).ticketId);
        else this.revoked.delete(id);
      }
    }
  }

  private takeEntry(id: Uuid, entry: RosterEntry | undefined): void {
    const old = this.entries.get(id);
    if (old?.ticketId) this.tickets.delete(old.ticketId);
    put(this.entries, id, entry);
    if (entry?.ticketId) this.tickets.set(entry.ticketId, entry);
    this.names = undefined;
    this.shortCodes = undefined;
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
    return this.tickets.get(ticketId);
  }

  entryOfShortCode(code: string): RosterEntry | undefined {
    this.shortCodes ??= new Map([...this.tickets].map(([ticketId, entry]) => [shortCodeOf(ticketId), entry]));
    return this.shortCodes.get(code);
  }

  search(text: string, limit: number): RosterEntry[] {
    if (!this.names) {
      const entries = [...this.entries.values()];
      this.names = { index: new NameIndex(entries.map((e) => `${e.firstName} ${e.lastName}`)), entries };
    }
    const { index, entries } = this.names;
    return index.search(text, limit).map((i) => entries[i]!);
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
    for (const entry of this.entries.values()) {
      if (entry.state !== 'confirmed') continue;
      registrations++;
      seats += entry.party;
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
