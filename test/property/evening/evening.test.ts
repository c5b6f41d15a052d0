import { afterEach, expect, test } from 'vitest';
import type { CheckIn } from '#domain/check-in.ts';
import { guestOf, presenceOf } from '#domain/presence.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { rosterScope } from '#protocol/scope.ts';
import { carriedCode } from '../../support/carried.ts';
import type { Server } from '../../support/databases.ts';
import { eventWith, newHolder, Phone, publish, registerArgs, startServer } from '../../support/databases.ts';
import { itemsOf } from '../../support/scopes.ts';
import { Prng } from '../simulation/prng.ts';
import type { Shown } from './door.ts';
import { EveningDoor } from './door.ts';

const PEOPLE = 2000;
const CAPACITY = 2600;
const DOORS = ['A', 'B', 'C', 'D', 'E'];
/** From the server's start to half an hour before the event. */
const UNTIL_OPENING = Date.parse('2026-11-17T12:30:00Z') - Date.parse('2026-11-02T08:00:00Z');

/** What really happened at a door, whatever any phone or the server came to know of it. */
interface Deed {
  readonly guest: string;
  readonly count: number;
  readonly exit: boolean;
  undone: boolean;
}

type Guest = Shown & { readonly text: string | undefined; cloned: boolean };

let server: Server | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** One evening: 2,000 people at five doors whose networks come and go. */
class Evening {
  readonly random: Prng;
  readonly site: Server;
  readonly event: ProgrammeEvent;
  readonly doors: EveningDoor[];
  readonly deeds = new Map<string, Deed>();
  readonly tallies: Record<string, number> = {};
  /** Own copies of carried requests, that their makers' phones still have to send. */
  #unsent: { readonly phone: Phone; readonly mutation: ReturnType<Phone['make']> }[] = [];

  constructor(seed: string, site: Server) {
    this.random = new Prng(seed);
    this.site = site;
    this.event = eventWith({ mode: 'open', capacity: CAPACITY, maxParty: 4, waitingList: true });
    this.doors = DOORS.map((name) => new EveningDoor(name, this.event, this.random, site.ctx.clock));
  }

  /** Somebody with a ticket on their phone. */
  async guest(): Promise<Guest> {
    const { ctx } = this.site;
    const args = registerArgs(this.event, { party: Number(this.random.weighted({ 1: 8, 2: 2, 3: 1 })) });
    const phone = new Phone();
    const { results } = await phone.send(ctx, phone.make('register', args));
    expect(results[0]!.outcome).toBe('applied');
    const row = await ctx.db.read
      .selectFrom('registration')
      .select(['ticket_id', 'ticket', 'party'])
      .where('id', '=', args.registrationId)
      .executeTakeFirstOrThrow();
    return {
      ticketId: row.ticket_id!,
      registrationId: args.registrationId,
      party: row.party,
      text: row.ticket ?? undefined,
      cloned: false,
    };
  }

  /** A ticket before a door, as its phone knows things. */
  present(door: EveningDoor, guest: Guest, count = guest.party): boolean {
    const answer = door.judge(guest, count);
    this.tally(answer.verdict);
    if (answer.verdict !== 'admitted') return false;
    const id = door.record(guest, answer.count, false, guest.text);
    this.deeds.set(id, { guest: guest.registrationId!, count: answer.count, exit: false, undone: false });
    if (this.random.chance(0.02)) {
      door.undo(id);
      this.deeds.get(id)!.undone = true;
      return false;
    }
    return true;
  }

  leave(door: EveningDoor, guest: Guest): void {
    const id = door.record(guest, guest.party, true);
    this.deeds.set(id, { guest: guest.registrationId!, count: guest.party, exit: true, undone: false });
    this.tally('left');
  }

  walkIn(door: EveningDoor): void {
    const count = this.random.int(1, 2);
    const id = door.admit(count);
    this.tally(id ? 'admitted_walk_in' : 'refused_full');
    if (!id) return;
    this.deeds.set(id, { guest: id, count, exit: false, undone: false });
    if (this.random.chance(0.1)) {
      door.undoWalkIn(id, count);
      this.deeds.get(id)!.undone = true;
    }
  }

  /** Somebody who registered with no network: the door takes the request along, and they send their own copy later, or never. */
  carried(door: EveningDoor): void {
    const who = newHolder();
    const phone = new Phone(who);
    const args = registerArgs(this.event);
    const { text, mutationId } = carriedCode(who.holderId, { ...args, language: 'fr' });
    const id = door.carry(text, args.registrationId, args.party);
    this.tally(id ? 'carried' : 'requested');
    if (id) this.deeds.set(id, { guest: args.registrationId, count: args.party, exit: false, undone: false });
    if (this.random.chance(0.5)) this.#unsent.push({ phone, mutation: phone.make('register', args, mutationId) });
  }

  async ownCopies(): Promise<void> {
    for (const { phone, mutation } of this.#unsent.splice(0)) await phone.send(this.site.ctx, mutation);
  }

  tally(what: string): void {
    this.tallies[what] = (this.tallies[what] ?? 0) + 1;
  }

  async seatsAreWithin(): Promise<void> {
    const row = await this.site.ctx.db.read
      .selectFrom('subject')
      .select(['confirmed', 'held'])
      .where('id', '=', this.event.id)
      .executeTakeFirstOrThrow();
    expect(row.confirmed + row.held).toBeLessThanOrEqual(CAPACITY);
  }

  async run(): Promise<void> {
    const { ctx } = this.site;
    await publish(ctx, this.event);
    const coming: Guest[] = [];
    for (let i = 0; i < 1500; i++) coming.push(await this.guest());
    this.site.wait(UNTIL_OPENING);
    for (const door of this.doors) {
      await door.sync(ctx);
      await door.take(ctx, 60);
    }
    const inside: Guest[] = [];
    for (let i = 0; i < PEOPLE; i++) {
      this.site.wait(this.random.int(1000, 8000));
      for (const door of this.doors) if (this.random.chance(0.02)) door.online = !door.online;
      const door = this.random.pick(this.doors);
      const kind = this.random.weighted({ ticket: 76, clone: 4, late: 4, walkIn: 8, carried: 4, exit: 4 });
      if (kind === 'walkIn') this.walkIn(door);
      else if (kind === 'carried') this.carried(door);
      else if (kind === 'exit') {
        const at = inside.findIndex((one) => !one.cloned);
        const [guest] = at < 0 ? [] : inside.splice(at, 1);
        if (guest) this.leave(door, guest);
      } else if (kind === 'clone' && inside.length > 0) {
        const guest = this.random.pick(inside);
        guest.cloned = true;
        this.present(door, guest);
      } else {
        const guest = kind === 'late' ? await this.guest() : (coming.pop() ?? (await this.guest()));
        if (this.present(door, guest)) inside.push(guest);
      }
      if (i % 25 === 0) {
        for (const one of this.doors) await one.sync(ctx);
        await this.ownCopies();
        await this.seatsAreWithin();
      }
    }
    for (const door of this.doors) {
      door.giveBack();
      door.online = true;
    }
    await this.ownCopies();
    // Twice, so that each has heard of what the last one brought.
    for (const _ of [1, 2]) for (const door of this.doors) await door.sync(ctx);
    await this.seatsAreWithin();
  }

  async booksBalance(): Promise<void> {
    const { ctx } = this.site;
    const items = await itemsOf(ctx, rosterScope(this.event.id));
    const records = items.filter((item) => item.kind === 'check-in').map((item) => item.value as CheckIn);
    const shown = (list: readonly CheckIn[]): string[] => list.map((one) => JSON.stringify(one)).toSorted();
    for (const door of this.doors) {
      expect(door.waiting).toBe(0);
      expect(door.refused).toEqual([]);
      expect(shown(door.records()), `what door ${door.name} knows`).toEqual(shown(records));
    }
    // Nothing was dropped, doubled or changed.
    const kept = records.map(({ id, count, exit, undoneAt }) => [id, count, exit === true, undoneAt !== undefined]);
    const done = [...this.deeds].map(([id, deed]) => [id, deed.count, deed.exit, deed.undone]);
    const inOrder = (list: unknown[][]): string[] => list.map((one) => JSON.stringify(one)).toSorted();
    expect(inOrder(kept)).toEqual(inOrder(done));

    const parties = new Map(
      (await ctx.db.read.selectFrom('registration').select(['id', 'party']).execute()).map((row) => [
        row.id,
        row.party,
      ]),
    );
    const guests = Map.groupBy(records, guestOf);
    let [counted, doubled] = [0, 0];
    for (const [guest, list] of guests) {
      const presence = presenceOf(list, parties.get(guest) ?? list[0]!.count);
      const over = presence.doubles.reduce((sum, one) => sum + one.over, 0);
      counted += presence.inside + over;
      if (over > 0) doubled++;
    }
    const live = [...this.deeds.values()].filter((deed) => !deed.undone);
    const really = live.reduce((sum, deed) => sum + (deed.exit ? -deed.count : deed.count), 0);
    expect(counted, 'people inside').toBe(really);
    const entries = Map.groupBy(
      live.filter((deed) => !deed.exit),
      (deed) => deed.guest,
    );
    const twice = [...entries].filter(([guest, list]) => {
      const party = parties.get(guest) ?? list[0]!.count;
      return list.reduce((sum, deed) => sum + deed.count, 0) > party;
    });
    expect(doubled, 'tickets admitted twice').toBe(twice.length);
  }
}

test.each(['1', '2', '3'])(
  'P1 P5 the books balance after evening %s: five doors, 2,000 people',
  { timeout: 120_000 },
  async (seed) => {
    server = await startServer('sqlite');
    const evening = new Evening(`evening-${seed}`, server);
    await evening.run();
    await evening.booksBalance();
    for (const what of ['admitted', 'already_used', 'admitted_walk_in', 'carried', 'left'])
      expect(evening.tallies[what], `${what} in ${JSON.stringify(evening.tallies)}`).toBeGreaterThan(0);
  },
);
