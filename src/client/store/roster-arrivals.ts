import type { CheckIn } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import type { DoubleAdmission } from '#domain/presence.ts';
import { presenceOf } from '#domain/presence.ts';

/** People at one list, over all doors. */
export interface Attendance {
  readonly arrived: number;
  readonly inside: number;
}

/** An unsettled double admission, with the list it happened on. */
export interface OpenDouble extends DoubleAdmission {
  readonly listId?: Uuid;
}

/** What the roster knows of whom a record is about. */
export interface People {
  /** One name for a person however they came in: a record may name their ticket, their registration or both. */
  keyOf(checkIn: CheckIn): string;
  /** Undefined while nobody knows. */
  partyOf(checkIn: CheckIn): number | undefined;
}

interface Summary extends Attendance {
  readonly listId: Uuid | undefined;
  readonly doubles: readonly OpenDouble[];
}

const NOBODY: Attendance = { arrived: 0, inside: 0 };

/**
 * The records of all doors, added up by person and list. What the server sent is added up once; a change adds up again only the
 * persons that it is about, so that the counts of a full hall cost a door nothing at each arrival.
 */
export class Arrivals {
  private readonly people: People;
  private readonly base = new Map<Uuid, CheckIn>();
  /** Under which name a record stands in `groups`. */
  private readonly keys = new Map<Uuid, string>();
  private readonly groups = new Map<string, CheckIn[]>();
  private readonly summaries = new Map<string, readonly Summary[]>();
  private readonly totals = new Map<Uuid | undefined, { arrived: number; inside: number }>();
  private readonly doubled = new Set<string>();
  /** Names whose sums are to be made anew; all of them until the sums are asked for the first time. */
  private stale: Set<string> | 'all' = 'all';
  /** Whether `groups` has what `base` has. */
  private grouped = false;
  /** Persons that this phone's own unsent changes are about, whole. */
  private over = new Map<string, { readonly records: readonly CheckIn[]; readonly summaries: readonly Summary[] }>();

  constructor(people: People) {
    this.people = people;
  }

  /** Takes a record from the server; undefined takes it away. */
  put(id: Uuid, checkIn: CheckIn | undefined): void {
    if (checkIn) this.base.set(id, checkIn);
    else this.base.delete(id);
    if (!this.grouped) return;
    this.leave(id);
    if (checkIn) this.join(checkIn);
  }

  /** What is known of a person has changed: who a ticket belongs to, or how large a party is. */
  refresh(...names: readonly string[]): void {
    if (!this.grouped) return;
    for (const name of names) {
      for (const record of this.groups.get(name)?.slice() ?? []) {
        this.leave(record.id);
        this.join(record);
      }
      this.outdate(name);
    }
  }

  private outdate(name: string): void {
    if (this.stale !== 'all') this.stale.add(name);
  }

  private leave(id: Uuid): void {
    const key = this.keys.get(id);
    if (key === undefined) return;
    this.keys.delete(id);
    const rest = (this.groups.get(key) ?? []).filter((record) => record.id !== id);
    if (rest.length > 0) this.groups.set(key, rest);
    else this.groups.delete(key);
    this.outdate(key);
  }

  private join(checkIn: CheckIn): void {
    const key = this.people.keyOf(checkIn);
    this.keys.set(checkIn.id, key);
    const group = this.groups.get(key);
    if (group) group.push(checkIn);
    else this.groups.set(key, [checkIn]);
    this.outdate(key);
  }

  /** Puts records together by person, which takes a fraction of adding them up. */
  private settleGroups(): void {
    if (this.grouped) return;
    this.grouped = true;
    for (const checkIn of this.base.values()) this.join(checkIn);
  }

  private settleSums(): void {
    this.settleGroups();
    if (this.stale === 'all') {
      for (const [key, group] of this.groups) this.sum(key, group);
      this.stale = new Set();
      return;
    }
    for (const key of this.stale) {
      for (const one of this.summaries.get(key) ?? []) this.add(one, -1);
      this.summaries.delete(key);
      this.doubled.delete(key);
      const group = this.groups.get(key);
      if (group) this.sum(key, group);
    }
    this.stale.clear();
  }

  private sum(key: string, group: readonly CheckIn[]): void {
    const summaries = this.summarise(group);
    this.summaries.set(key, summaries);
    for (const one of summaries) {
      this.add(one, 1);
      if (one.doubles.length > 0) this.doubled.add(key);
    }
  }

  private add({ listId, arrived, inside }: Summary, sign: 1 | -1): void {
    const sum = this.totals.get(listId);
    if (!sum) {
      this.totals.set(listId, { arrived: sign * arrived, inside: sign * inside });
      return;
    }
    sum.arrived += sign * arrived;
    sum.inside += sign * inside;
  }

  private summarise(group: readonly CheckIn[]): readonly Summary[] {
    const party = this.partyOf(group);
    const [only] = group;
    if (only && group.length === 1) return [single(only, party)];
    const lists = new Set(group.map((record) => record.listId));
    return [...lists].map((listId) => {
      const records = lists.size === 1 ? group : group.filter((record) => record.listId === listId);
      const { arrived, inside, doubles } = presenceOf(records, party);
      return {
        listId,
        arrived,
        inside,
        doubles: doubles.map((double) => (listId === undefined ? double : { ...double, listId })),
      };
    });
  }

  /** Nobody is called too many as long as nobody knows how many they are. */
  private partyOf(group: readonly CheckIn[]): number {
    for (const record of group) {
      const party = record.walkIn ? record.count : this.people.partyOf(record);
      if (party !== undefined) return party;
    }
    return Number.POSITIVE_INFINITY;
  }

  get(id: Uuid): CheckIn | undefined {
    return this.base.get(id);
  }

  /** Lays records over the base: this phone's own, and others' that it has changed. */
  overlay(changed: ReadonlyMap<Uuid, CheckIn>): void {
    this.settleGroups();
    this.over = new Map();
    const byKey = new Map<string, CheckIn[]>();
    for (const record of changed.values()) {
      const key = this.keys.get(record.id) ?? this.people.keyOf(record);
      const same = byKey.get(key);
      if (same) same.push(record);
      else byKey.set(key, [record]);
    }
    for (const [key, mine] of byKey) {
      const base = this.groups.get(key) ?? [];
      const records = [...base.filter((record) => !changed.has(record.id)), ...mine];
      this.over.set(key, { records, summaries: this.summarise(records) });
    }
  }

  /** All records of a person, those taken back included. */
  of(key: string): readonly CheckIn[] {
    this.settleGroups();
    return this.over.get(key)?.records ?? this.groups.get(key) ?? [];
  }

  attendance(listId: Uuid | undefined): Attendance {
    this.settleSums();
    let { arrived, inside } = this.totals.get(listId) ?? NOBODY;
    const count = (summaries: readonly Summary[] | undefined, sign: 1 | -1): void => {
      for (const one of summaries ?? []) {
        if (one.listId !== listId) continue;
        arrived += sign * one.arrived;
        inside += sign * one.inside;
      }
    };
    for (const [key, { summaries }] of this.over) {
      count(this.summaries.get(key), -1);
      count(summaries, 1);
    }
    return { arrived, inside };
  }

  /** Of all lists, the latest first. */
  doubles(): OpenDouble[] {
    this.settleSums();
    const summaries = [
      ...[...this.over.values()].flatMap((one) => one.summaries),
      ...[...this.doubled].filter((key) => !this.over.has(key)).flatMap((key) => this.summaries.get(key) ?? []),
    ];
    return summaries.flatMap((one) => one.doubles).sort((a, b) => (a.second.at < b.second.at ? 1 : -1));
  }

  /** The latest first, those taken back included. */
  latest(limit: number, wanted: (checkIn: CheckIn) => boolean): CheckIn[] {
    this.settleGroups();
    const found: CheckIn[] = [];
    const take = (record: CheckIn): void => {
      const last = found.at(-1);
      if (found.length >= limit && last && record.at <= last.at) return;
      if (!wanted(record)) return;
      let at = found.length;
      while (at > 0 && found[at - 1]!.at < record.at) at--;
      found.splice(at, 0, record);
      if (found.length > limit) found.pop();
    };
    for (const [key, records] of this.groups) if (!this.over.has(key)) records.forEach(take);
    for (const { records } of this.over.values()) records.forEach(take);
    return found;
  }
}

const NO_DOUBLES: readonly OpenDouble[] = [];

/** What `presenceOf` says of one record, at once: most people of a full hall have come once. */
function single(record: CheckIn, party: number): Summary {
  const { listId, count, exit, undoneAt, settled } = record;
  const gone = exit || undoneAt !== undefined || settled?.as === 'mistake';
  const inside = gone ? 0 : settled?.as === 'accepted' ? count : Math.min(count, party);
  return { listId, arrived: inside, inside, doubles: NO_DOUBLES };
}
