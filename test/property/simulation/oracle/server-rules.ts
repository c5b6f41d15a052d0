import { isDeepStrictEqual } from 'node:util';
import type { DoorRules } from '#domain/door-rules.ts';
import type { RegionCode } from '#domain/programme.ts';
import type { Proposal } from '#domain/proposal.ts';
import type { Scope } from '#protocol/scope.ts';
import { accountScopes, DIRECTORY, personScope, rosterScope } from '#protocol/scope.ts';
import type { Committed, Order } from './committed.ts';
import { expectedEditions, expectedView, withoutEvent } from './expected.ts';
import { LogError, Logs } from './logs.ts';
import type { Deed, Proofs } from './model.ts';
import { Model } from './model.ts';
import { difference } from './views.ts';

/** The fields that edits change (`programme.ts`). */
const EDITED = ['title', 'region', 'status', 'sessions', 'registration'] as const;

export type Fail = (invariant: string, detail: string) => void;

/** Where a log stood. */
interface Shown {
  readonly scope: Scope;
  readonly epoch: string;
  readonly head: number;
}

type Results = Extract<Order, { kind: 'results' }>;
type Result = Committed['results'][number];

/** Watches every commit of the server. */
export class ServerRules {
  readonly logs = new Logs();
  readonly #deeds: ReadonlyMap<string, Deed>;
  readonly #proofs: Proofs;
  readonly #fail: Fail;
  #model = new Model();
  #known = new Map<string, Result>();
  #state: Committed | undefined;
  #commits = 0;
  /** The commit that each subject came with. */
  readonly #since = new Map<string, number>();
  /** The commit that took each door's access away. */
  readonly #revoked = new Map<string, number>();
  /** The commit with which each event came, went or moved to another region last. */
  readonly #moved = new Map<string, number>();
  /** Seats taken at the last commit, by subject: an organiser may take away what was given. */
  readonly #taken = new Map<string, number>();
  readonly #ever = new Map<string, Set<string>>();
  /** Where the logs in which a mutation's owner sees it stood once the outcome was committed. */
  readonly shownAt = new Map<string, readonly Shown[]>();
  #backup: { model: Model; known: Map<string, Result>; epoch: string } | undefined;

  constructor(deeds: ReadonlyMap<string, Deed>, proofs: Proofs, fail: Fail) {
    this.#deeds = deeds;
    this.#proofs = proofs;
    this.#fail = fail;
  }

  get state(): Committed | undefined {
    return this.#state;
  }

  get model(): Model {
    return this.#model;
  }

  /** The committed result of a mutation, as it stands now. */
  resultOf(mutationId: string): Result | undefined {
    return this.#known.get(mutationId);
  }

  /** Whether an outcome was committed at some time, be it one that a restored backup took back. */
  ever(mutationId: string, outcome: string): boolean {
    return this.#ever.get(mutationId)?.has(outcome) ?? false;
  }

  /** After a commit. */
  committed(state: Committed, order: readonly Order[]): void {
    const before = this.#state;
    this.#state = state;
    this.#commits += 1;
    for (const row of state.events) {
      const was = before?.events.find((one) => one.id === row.id);
      const same = was && was.region === row.region && (was.withdrawn_at === null) === (row.withdrawn_at === null);
      if (!same) this.#moved.set(row.id, this.#commits);
    }
    for (const { id } of state.subjects) if (!this.#since.has(id)) this.#since.set(id, this.#commits);
    for (const { id, revoked_at } of state.devices) {
      if (revoked_at !== null && !this.#revoked.has(id)) this.#revoked.set(id, this.#commits);
    }
    let moved: ReadonlyMap<string, number> = new Map();
    try {
      moved = this.logs.take(state);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      this.#fail('6', error.message);
    }
    this.#prefixes(state);
    for (const one of order) this.#happened(one, state, moved);
    this.#effects(state);
    this.#edited(state, before, order);
    this.#capacity(state, order);
    for (const scope of moved.keys()) this.#shows(scope, state);
  }

  #happened(one: Order, state: Committed, moved: ReadonlyMap<string, number>): void {
    switch (one.kind) {
      case 'desk':
        return this.#model.seats.desk(state);
      case 'rules':
        return void this.#model.rules.set(one.eventId, JSON.parse(one.data) as DoorRules);
      case 'end':
        return this.#model.ended(one.allotmentId, state);
      case 'take': {
        const row = state.allotments.find((allotment) => allotment.id === one.allotmentId);
        const wrong = row && this.#model.take(row, state);
        if (wrong !== undefined) this.#fail('11', `${row?.seats} seats were set aside ${wrong}`);
        return;
      }
      default:
        return this.#results(one, state, moved);
    }
  }

  backedUp(): void {
    const epoch = this.#state?.heads[0]?.epoch ?? '';
    this.#backup = { model: this.#model.copy(), known: new Map(this.#known), epoch };
  }

  /** The backup was put back under a new epoch, which from then on is its own. */
  restored(state: Committed, epoch: string): void {
    const backup = this.#backup!;
    this.#model = backup.model.copy();
    this.#known = new Map(backup.known);
    this.#since.clear();
    this.#moved.clear();
    for (const { id, confirmed, held } of state.subjects) this.#taken.set(id, confirmed + held);
    this.#revoked.clear();
    this.#state = state;
    this.logs.restored(state, backup.epoch);
    this.#backup = { ...backup, epoch };
  }

  /** 3 and 4: results are 1, 2, 3 … and the last of them is the replica's last. */
  #prefixes(state: Committed): void {
    for (const replica of state.replicas) {
      const seqs = state.results.filter((row) => row.replica_id === replica.id).map((row) => row.seq);
      seqs.sort((a, b) => a - b);
      const gap = seqs.findIndex((seq, i) => seq !== i + 1);
      if (gap >= 0) this.#fail('3', `replica ${replica.id} has ${seqs.join(',')}`);
      if ((seqs.at(-1) ?? 0) !== replica.last_seq)
        this.#fail('4', `replica ${replica.id} says last ${replica.last_seq}, has results to ${seqs.at(-1) ?? 0}`);
    }
  }

  #remember(mutationId: string, outcome: string): void {
    const all = this.#ever.get(mutationId) ?? new Set();
    this.#ever.set(mutationId, all.add(outcome));
  }

  #results({ replicaId, seqs, since }: Results, state: Committed, moved: ReadonlyMap<string, number>): void {
    for (const seq of seqs) {
      const row = state.results.find((one) => one.replica_id === replicaId && one.seq === seq);
      if (!row) continue;
      const said = row.reason ?? row.outcome;
      const deed = this.#deeds.get(row.mutation_id);
      if (!deed) {
        this.#fail('1', `${row.mutation_id} (${row.name}) has a result and nobody did it`);
        continue;
      }
      const before = this.#known.get(row.mutation_id);
      const device = state.devices.find((one) => one.id === deed.owner);
      if (!before) this.shownAt.set(row.mutation_id, shownIn(deed, state, moved));
      this.#known.set(row.mutation_id, row);
      this.#remember(row.mutation_id, said);
      if (before) {
        if (row.repeated !== 1) this.#fail('1', `${row.mutation_id} was applied a second time`);
        if ((before.reason ?? before.outcome) !== said) this.#fail('2', `${row.mutation_id} got two outcomes`);
        continue;
      }
      // What was published beside it was not there for it yet, and a door that was revoked beside it was trusted still.
      const { subjectId } = deed.args as { subjectId?: string };
      if (said === 'event_unknown' && since !== undefined && (this.#since.get(subjectId ?? '') ?? 0) > since) continue;
      const trusted = device && since !== undefined && (this.#revoked.get(device.id) ?? 0) > since;
      const seen = trusted ? trusting(state, device.id) : state;
      const begun = since ?? this.#commits - 1;
      const unsure = (event: string): boolean => (this.#moved.get(event) ?? 0) > begun;
      const right = this.#model.outcome(deed, seen, this.#proofs, { said, unsure });
      if (right !== said)
        this.#fail(
          right === 'access_withdrawn' || said === 'access_withdrawn' ? '9' : '11',
          `${deed.name} ${JSON.stringify(deed.args)} got ${said}, the rules give ${right}`,
        );
    }
  }

  /** 1 and 11: what the tables hold is what the rules give, each effect once. */
  #effects(state: Committed): void {
    const { seats } = this.#model;
    const tickets = new Map<string, string>();
    for (const row of state.registrations) {
      const party = seats.parties.get(row.id);
      if (!party) this.#fail('1', `registration ${row.id} comes from no mutation`);
      else if (party.state !== row.state)
        this.#fail('11', `registration ${row.id} is ${row.state}, not ${party.state}`);
      if (row.ticket_id === null) continue;
      if (tickets.has(row.ticket_id)) this.#fail('11', `ticket ${row.ticket_id} was given twice`);
      tickets.set(row.ticket_id, row.id);
    }
    if (state.registrations.length !== seats.parties.size)
      this.#fail('1', `${state.registrations.length} registrations of ${seats.parties.size}`);
    this.#records(state);
    this.#proposed(state);
    for (const row of state.subjects) {
      const { confirmed, waiting, parties: count, held } = seats.seats(row.id);
      const until = seats.live(row.id).map((one) => one.ends);
      const right = { confirmed, waiting, waiting_parties: count, held };
      const counts = Object.entries(right).filter(([name, n]) => row[name as keyof typeof right] !== n);
      for (const [name, n] of counts)
        this.#fail('11', `${row.id} counts ${row[name as keyof typeof right]} ${name}, its people are ${n}`);
      if (row.held_until !== (until.length > 0 ? Math.min(...until) : null))
        this.#fail('11', `${row.id} holds seats until ${row.held_until}`);
    }
    for (const row of state.allotments) {
      const one = seats.allotments.get(row.id);
      if (one?.used !== row.used || one.seats !== row.seats || one.ended !== (row.ended_at !== null))
        this.#fail('11', `allotment ${row.id} is ${JSON.stringify(row)}, not ${JSON.stringify(one)}`);
    }
    if (state.allotments.length !== seats.allotments.size)
      this.#fail('1', `${state.allotments.length} allotments of ${seats.allotments.size}`);
  }

  /** What was proposed, and how far it is. */
  #proposed(state: Committed): void {
    const { proposals } = this.#model.proposals;
    for (const row of state.proposals) {
      const one = proposals.get(row.id);
      if (!one) {
        this.#fail('1', `proposal ${row.id} comes from no mutation`);
        continue;
      }
      const { state: stands, step, revision, version, author, content, comments } = JSON.parse(row.data) as Proposal;
      const is = { author: author.accountId, region: content.region, state: stands, step, revision, version };
      for (const [name, value] of Object.entries(is)) {
        const right = one[name as keyof typeof is];
        if (value !== right) this.#fail('11', `proposal ${row.id}: ${name} is ${value}, not ${right}`);
      }
      if (comments.map(({ id }) => id).join() !== one.comments.join())
        this.#fail('1', `proposal ${row.id} has the comments ${comments.map(({ id }) => id).join()}`);
      const shown = one.handedIn && one.state !== 'draft' ? one.region : null;
      if (row.region !== shown) this.#fail('9', `proposal ${row.id} is shown to the moderators of ${row.region}`);
      const published = state.events.some((event) => event.id === row.id);
      if (!one.edits && published !== (one.state === 'approved'))
        this.#fail('11', `proposal ${row.id} is published or not`);
    }
    if (state.proposals.length !== proposals.size)
      this.#fail('1', `${state.proposals.length} proposals of ${proposals.size}`);
  }

  /** 11: a published edit has changed what its author changed, and nothing else. */
  #edited(state: Committed, before: Committed | undefined, order: readonly Order[]): void {
    const { proposals } = this.#model;
    const edits = proposals.edits;
    proposals.edits = [];
    const written = order.filter((one) => one.kind === 'desk').length;
    // What else was published beside it nobody can tell from it.
    if (edits.length !== 1 || written !== 1) return;
    const [edit] = edits;
    const dataOf = (at: Committed | undefined): Record<string, unknown> | undefined => {
      const row = at?.events.find((one) => one.id === edit!.event);
      return row && (JSON.parse(row.data) as Record<string, unknown>);
    };
    const [was, is] = [dataOf(before), dataOf(state)];
    if (!was || !is) return;
    for (const field of EDITED) {
      const theirs = !isDeepStrictEqual(edit!.before[field], edit!.content[field]);
      const right = theirs ? edit!.content[field] : was[field];
      if (!isDeepStrictEqual(is[field], right))
        this.#fail('11', `the edit of ${edit!.event} left ${field} as ${JSON.stringify(is[field])}`);
    }
  }

  /** What doors recorded, with what became of it. */
  #records(state: Committed): void {
    const { arrivals, notes, scans } = this.#model;
    const ticketOf = new Map(state.registrations.map((row) => [row.id, row.ticket_id ?? row.id]));
    for (const row of state.checkIns) {
      const one = arrivals.get(row.id);
      if (!one) {
        this.#fail('1', `check-in ${row.id} comes from no mutation`);
        continue;
      }
      const paid = one.walkIn?.paid;
      const right: Partial<typeof row> = {
        event_id: one.event,
        device_id: one.device,
        count: one.count,
        exit: one.exit ? 1 : 0,
        list_id: one.list ?? null,
        registration_id: one.registration ?? null,
        ticket_id: one.registration === undefined ? one.ticket : ticketOf.get(one.registration)!,
        walk_in_subject: one.walkIn?.subject ?? null,
        seats: paid ? paid.fromAllotment + paid.fromFree : 0,
        allotted: paid?.fromAllotment ?? 0,
        settled_as: one.settled ?? null,
      };
      for (const [name, value] of Object.entries(right)) {
        if (row[name as keyof typeof row] !== value)
          this.#fail('1', `check-in ${row.id}: ${name} is ${row[name as keyof typeof row]}, not ${value}`);
      }
      if (Date.parse(row.at) !== one.at) this.#fail('1', `check-in ${row.id} is kept as of ${row.at}`);
      if (one.undone !== (row.undone_at !== null)) this.#fail('1', `check-in ${row.id} is undone or not`);
    }
    if (state.checkIns.length !== arrivals.size)
      this.#fail('1', `${state.checkIns.length} arrivals of ${arrivals.size}`);
    if (state.notes.length !== notes.size) this.#fail('1', `${state.notes.length} notes of ${notes.size}`);
    if (state.scans.length !== scans.size) this.#fail('1', `${state.scans.length} scans of ${scans.size}`);
  }

  /** 11: whoever comes to seats, by registration, at a door or through a door's allotment, never takes one that is not there. */
  #capacity(state: Committed, order: readonly Order[]): void {
    const published = order.some((one) => one.kind === 'desk');
    for (const { id, confirmed, held, capacity } of state.subjects) {
      const taken = confirmed + held;
      const most = Math.max(capacity ?? Number.POSITIVE_INFINITY, this.#taken.get(id) ?? 0);
      if (!published && taken > most) this.#fail('11', `${taken} of ${capacity} seats of ${id} are taken`);
      this.#taken.set(id, taken);
    }
  }

  /** 5, the server's half: what a log shows is what the tables hold. */
  #shows(scope: Scope, state: Committed): void {
    const head = state.heads.find((one) => one.scope === scope)!;
    const shown = this.logs.at(head.epoch, scope, head.head)!;
    const right = scope === DIRECTORY ? expectedEditions(state) : expectedView(scope, state, this.#model);
    if (!right) return;
    const mine =
      scope === DIRECTORY
        ? new Map([...shown].filter(([key]) => key.startsWith('edition ')))
        : withoutRosterEvent(scope, shown);
    const wrong = difference(mine, right);
    if (wrong !== undefined) this.#fail('5', `the log of ${scope} at ${head.head}: ${wrong}`);
  }
}

/** The logs in which whoever did something sees what came of it. */
function shownIn({ owner, args }: Deed, state: Committed, moved: ReadonlyMap<string, number>): Shown[] {
  const standing = (scope: Scope): Shown => {
    const head = state.heads.find((one) => one.scope === scope);
    return { scope, epoch: head?.epoch ?? '', head: head?.head ?? 0 };
  };
  const account = state.accounts.find((one) => one.id === owner);
  if (!account) {
    const device = state.devices.find((one) => one.id === owner);
    return [standing(device ? rosterScope(device.event_id) : personScope(owner))];
  }
  const { proposalId } = args as { proposalId: string };
  const actor = { accountId: account.id, role: account.role, regions: JSON.parse(account.regions) as RegionCode[] };
  // Others may have written about the same one in the same commit: theirs come later.
  return accountScopes(actor).flatMap((scope) => {
    const known = moved.get(scope);
    const mine = state.changes.find(
      (one) => known !== undefined && one.scope === scope && one.cursor > known && one.item_id === proposalId,
    );
    return mine ? [{ ...standing(scope), head: mine.cursor }] : [];
  });
}

function withoutRosterEvent(scope: Scope, view: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return scope.startsWith('roster/') ? withoutEvent(view) : view;
}

/** The state with a door not revoked. */
function trusting(state: Committed, deviceId: string): Committed {
  return {
    ...state,
    devices: state.devices.map((one) => (one.id === deviceId ? { ...one, revoked_at: null } : one)),
  };
}
