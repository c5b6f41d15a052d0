import { base32Decode } from '#domain/base32.ts';
import type { Allotment } from '#domain/allotment.ts';
import type { CheckIn, DoorNote, RosterEntry } from '#domain/check-in.ts';
import type { CheckInList, DoorRules } from '#domain/door-rules.ts';
import { defaultDoorRules, opensFor } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Presence } from '#domain/presence.ts';
import { guestOf, onList, presenceOf } from '#domain/presence.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { DoorRow, OutboxRow } from './database.ts';
import { NameIndex } from './name-index.ts';
import type { PackItem } from './packs.ts';
import type { Attendance, OpenDouble } from './roster-arrivals.ts';
import { Arrivals } from './roster-arrivals.ts';
import { overlayOf } from './roster-overlay.ts';
import type { EntryRow, RosterPage } from './roster-packs.ts';
import { entryOf, rowOf } from './roster-packs.ts';
import type { StoredRosterPage } from './scopes.ts';

/** People at the event, or at one of its lists, over all doors. */
export interface RosterCounts extends Attendance {
  /** Confirmed registrations whose tickets open it, and the seats in them. */
  readonly registrations: number;
  readonly seats: number;
}

/**
 * A door's roster in memory: what the server sent, with this phone's own changes laid over it at once (A1). It answers for every
 * ticket as soon as it has its pages; these are read one after the other when there is time, or when something asks for what they say.
 */
export class Roster {
  /** Of the snapshot. */
  private readonly pages: RosterPage[] = [];
  /** Pages from here on have not been read: `tickets` has none of theirs. */
  private read = 0;
  /** Entries that came after the snapshot; undefined: that one went away. */
  private readonly laid = new Map<Uuid, EntryRow | undefined>();
  /** All entries, made when it is first asked for. */
  private byId: Map<Uuid, EntryRow> | undefined;
  private readonly tickets = new Map<Uuid, EntryRow>();
  private readonly revoked = new Set<Uuid>();
  private readonly notes = new Map<Uuid, DoorNote>();
  private readonly allotments = new Map<Uuid, Allotment>();
  private event: ProgrammeEvent | undefined;
  private doorRules: DoorRules = defaultDoorRules;
  /** This phone's own, unsent. */
  private ownNotes: readonly DoorNote[] = [];
  /** Whose request this phone has read and the server has not. */
  private carried = new Map<Uuid, EntryRow>();
  private names: { index: NameIndex; entries: EntryRow[] } | undefined;
  private expected: ReadonlyMap<Uuid, { registrations: number; seats: number }> | undefined;
  private readonly arrivals = new Arrivals({
    keyOf: (c) => (c.registrationId === undefined ? this.rowOf(c.ticketId)?.[0] : undefined) ?? guestOf(c),
    partyOf: (c) => (this.rowOf(c.ticketId) ?? this.rowById(c.registrationId ?? c.ticketId))?.[4],
  });

  /** Takes stored pages over what is there, in their order. */
  takeAll(stored: readonly StoredRosterPage[]): void {
    for (const { delta, page } of stored) {
      if (delta) this.lay(page);
      else this.take(page);
    }
  }

  /** Takes a page of the snapshot: what it holds is not there yet. */
  take(page: RosterPage): void {
    if (this.laid.size > 0) {
      this.lay(page);
      return;
    }
    this.pages.push(page);
    this.byId = undefined;
    this.takeOthers(page.others);
  }

  /** Lays a delta over what is there. */
  lay(page: RosterPage): void {
    for (const row of page.entries()) this.replace(row[0], row);
    this.takeOthers(page.others);
  }

  /** Whether all that it says costs no more time than to say it. */
  get isRead(): boolean {
    return this.read === this.pages.length;
  }

  /** Reads one more page. */
  readOn(): void {
    for (const row of this.pages[this.read++]?.entries() ?? [])
      if (row[6] && !this.laid.has(row[0])) this.tickets.set(row[6], row);
  }

  private readAll(): void {
    while (!this.isRead) this.readOn();
  }

  private takeOthers(items: readonly PackItem[]): void {
    for (const { kind, id, value } of items) {
      if (kind === 'entry') this.replace(id, value ? rowOf(value as RosterEntry) : undefined);
      else if (kind === 'check-in') this.arrivals.put(id, value as CheckIn | undefined);
      else if (kind === 'event') this.event = value as ProgrammeEvent | undefined;
      else if (kind === 'door-rules') this.doorRules = (value as DoorRules | undefined) ?? defaultDoorRules;
      else if (kind === 'allotment') put(this.allotments, id, value as Allotment | undefined);
      else if (kind === 'note') put(this.notes, id, value as DoorNote | undefined);
      else if (kind === 'revoked') {
        if (value) this.revoked.add((value as { ticketId: Uuid }).ticketId);
        else this.revoked.delete(id);
      }
    }
    this.names = undefined;
    this.expected = undefined;
  }

  private replace(id: Uuid, row: EntryRow | undefined): void {
    const old = this.baseRow(id)?.[6];
    if (old) this.tickets.delete(old);
    this.laid.set(id, row);
    if (this.byId) put(this.byId, id, row);
    if (row?.[6]) this.tickets.set(row[6], row);
    this.arrivals.refresh(id, ...(row?.[6] ? [row[6]] : []), ...(old ? [old] : []));
  }

  private allById(): Map<Uuid, EntryRow> {
    if (this.byId) return this.byId;
    this.readAll();
    this.byId = new Map(this.pages.flatMap((page) => page.entries()).map((row) => [row[0], row]));
    for (const [id, row] of this.laid) put(this.byId, id, row);
    return this.byId;
  }

  private rowOf(ticketId: Uuid): EntryRow | undefined {
    const known = this.tickets.get(ticketId);
    if (known || this.isRead) return known;
    const row = firstOf(this.pages.slice(this.read), (page) => page.byTicket(ticketId));
    return row && !this.laid.has(row[0]) ? row : undefined;
  }

  private baseRow(registrationId: Uuid): EntryRow | undefined {
    if (this.isRead) return this.allById().get(registrationId);
    if (this.laid.has(registrationId)) return this.laid.get(registrationId);
    return firstOf(this.pages, (page) => page.byRegistration(registrationId));
  }

  private rowById(registrationId: Uuid): EntryRow | undefined {
    return this.baseRow(registrationId) ?? this.carried.get(registrationId);
  }

  private rows(): EntryRow[] {
    return [...this.base(), ...this.carried.values()];
  }

  private base(): EntryRow[] {
    this.readAll();
    return this.byId || this.laid.size > 0
      ? [...this.allById().values()]
      : this.pages.flatMap((page) => page.entries());
  }

  /** Lays this phone's own mutations over everything. `rows` in order of `seq`. */
  overlay(rows: readonly OutboxRow[], door: DoorRow): void {
    const { checkIns, notes, carried } = overlayOf(
      rows,
      door,
      (id) => this.arrivals.get(id),
      this.event?.registrationForm,
    );
    const before = this.carried.size;
    this.carried = new Map(
      carried.filter(([registrationId]) => !this.baseRow(registrationId)).map((row) => [row[0], row]),
    );
    if (before > 0 || this.carried.size > 0) this.names = undefined;
    this.ownNotes = notes.filter((note) => !this.notes.has(note.id));
    this.arrivals.overlay(checkIns);
  }

  entryOf(ticketId: Uuid): RosterEntry | undefined {
    return asEntry(this.rowOf(ticketId));
  }

  entryById(registrationId: Uuid): RosterEntry | undefined {
    return asEntry(this.rowById(registrationId));
  }

  isCarried(registrationId: Uuid): boolean {
    return this.carried.has(registrationId);
  }

  /** The code is the end of the ticket's id in other letters: a look along all ids costs less than an index of codes. */
  entriesOfShortCode(code: string): RosterEntry[] {
    const bytes = base32Decode(code);
    if (bytes?.length !== 5) return [];
    const end = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const found: RosterEntry[] = [];
    for (const [ticketId, row] of this.tickets) if (ticketId.endsWith(end)) found.push(entryOf(row));
    for (const page of this.pages.slice(this.read))
      for (const row of page.byTicketEnd(end)) if (!this.laid.has(row[0])) found.push(entryOf(row));
    return found;
  }

  search(text: string, limit: number): RosterEntry[] {
    if (!this.names) {
      const entries = this.rows();
      this.names = { index: new NameIndex(entries.map(namesOf)), entries };
    }
    const { index, entries } = this.names;
    return index.search(text, limit).map((i) => entryOf(entries[i]!));
  }

  everyone(): RosterEntry[] {
    return this.rows().map(entryOf);
  }

  checkInsOf(id: Uuid): readonly CheckIn[] {
    return this.arrivals.of(this.rowOf(id)?.[0] ?? id);
  }

  notesOf(id: Uuid): DoorNote[] {
    const names = new Set([id, this.rowOf(id)?.[0], this.rowById(id)?.[6]]);
    return [...this.notes.values(), ...this.ownNotes]
      .filter((note) => names.has(note.ticketId))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  isRevoked(ticketId: Uuid): boolean {
    return this.revoked.has(ticketId);
  }

  eventOf(): ProgrammeEvent | undefined {
    return this.event;
  }

  rules(): DoorRules {
    return this.doorRules;
  }

  allotment(id: Uuid): Allotment | undefined {
    return this.allotments.get(id);
  }

  counts(list?: CheckInList): RosterCounts {
    let registrations = 0;
    let seats = 0;
    for (const [subjectId, sum] of this.expectedBySubject()) {
      if (list && !opensFor(list, subjectId)) continue;
      registrations += sum.registrations;
      seats += sum.seats;
    }
    return { registrations, seats, ...this.arrivals.attendance(list?.id) };
  }

  private expectedBySubject(): ReadonlyMap<Uuid, { registrations: number; seats: number }> {
    if (this.expected) return this.expected;
    const sums = new Map<Uuid, { registrations: number; seats: number }>();
    for (const [, subjectId, , , party, state] of this.base()) {
      if (state !== 'confirmed') continue;
      const sum = sums.get(subjectId);
      if (!sum) sums.set(subjectId, { registrations: 1, seats: party });
      else {
        sum.registrations++;
        sum.seats += party;
      }
    }
    return (this.expected = sums);
  }

  doubles(): OpenDouble[] {
    return this.arrivals.doubles();
  }

  latest(limit: number, wanted: (checkIn: CheckIn) => boolean): CheckIn[] {
    return this.arrivals.latest(limit, wanted);
  }
}

/** Who comes along is found too: they may arrive before the one who registered. */
function namesOf([, , first, last, , , , , given]: EntryRow): readonly string[] {
  return given?.people ? [first, last, ...given.people.flatMap((person) => person.name ?? [])] : [first, last];
}

function asEntry(row: EntryRow | undefined): RosterEntry | undefined {
  return row && entryOf(row);
}

function firstOf<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function put<T>(map: Map<string, T>, id: string, value: T | undefined): void {
  if (value === undefined) map.delete(id);
  else map.set(id, value);
}

/** What a door's screen asks; a new object whenever an answer may have changed. */
export class RosterIndex {
  /** The event of this door, once it is known. */
  readonly event: ProgrammeEvent | undefined;
  readonly rules: DoorRules;
  /** False while to count people would hold up whoever stands before the door: the same roster comes again once it would not. */
  readonly counted: boolean;
  private readonly roster: Roster;
  private known: { readonly counts: RosterCounts; readonly doubles: readonly OpenDouble[] } | undefined;

  constructor(roster: Roster, event: ProgrammeEvent | undefined) {
    this.roster = roster;
    this.event = event;
    this.rules = roster.rules();
    this.counted = roster.isRead;
    // What is shown stays as it was when this was made.
    if (this.counted) this.sum();
  }

  private sum() {
    return (this.known ??= { counts: this.roster.counts(), doubles: this.roster.doubles() });
  }

  /** At the event itself. */
  get counts(): RosterCounts {
    return this.sum().counts;
  }

  /** Unsettled double admissions of all lists, the latest first. */
  get doubles(): readonly OpenDouble[] {
    return this.sum().doubles;
  }

  /** At one list. */
  countsOf(list: CheckInList): RosterCounts {
    return this.roster.counts(list);
  }

  byTicket(ticketId: Uuid): RosterEntry | undefined {
    return this.roster.entryOf(ticketId);
  }

  byRegistration(registrationId: Uuid): RosterEntry | undefined {
    return this.roster.entryById(registrationId);
  }

  /** This phone has read the request of that registration, and the server has not. */
  isCarried(registrationId: Uuid): boolean {
    return this.roster.isCarried(registrationId);
  }

  /** More than one where tickets share a code. @param code eight characters as `readCode` gives them */
  byShortCode(code: string): RosterEntry[] {
    return this.roster.entriesOfShortCode(code);
  }

  /** By name, without accents, case or order of words; a word may be a beginning, and have a typing error in it. */
  search(text: string, limit: number): RosterEntry[] {
    return this.roster.search(text, limit);
  }

  /** Every entry there is: for groups that one guide knows, not for halls. */
  everyone(): RosterEntry[] {
    return this.roster.everyone();
  }

  /** All records of a person, this phone's unsent ones and those taken back included. @param id of the ticket, or of the registration of who has none */
  checkIns(id: Uuid): readonly CheckIn[] {
    return this.roster.checkInsOf(id);
  }

  /** How many of a party are in, and how many ever were. @param id as for `checkIns` */
  presence(id: Uuid, party: number, listId: Uuid | undefined): Presence {
    return presenceOf(onList(this.roster.checkInsOf(id), listId), party);
  }

  /** What was written on a person, at any door, the oldest first. @param id as for `checkIns` */
  notes(id: Uuid): readonly DoorNote[] {
    return this.roster.notesOf(id);
  }

  isRevoked(ticketId: Uuid): boolean {
    return this.roster.isRevoked(ticketId);
  }

  /** The server's word on seats that a phone has been given. */
  allotment(id: Uuid): Allotment | undefined {
    return this.roster.allotment(id);
  }

  /** The latest records first, those taken back and exits included. */
  latest(limit: number, wanted: (checkIn: CheckIn) => boolean = () => true): readonly CheckIn[] {
    return this.roster.latest(limit, wanted);
  }
}
