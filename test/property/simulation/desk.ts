import * as v from 'valibot';
import { defaultDoorRules } from '#domain/door-rules.ts';
import { doorRules } from '#protocol/door-rules.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { endAllotments } from '#server/services/door/allotments.ts';
import { setDoorRules } from '#server/services/door/door-rules.ts';
import { revokeDevice } from '#server/services/door/enrolment.ts';
import { compact } from '#server/services/sync/compaction.ts';
import type { Context } from '#server/services/context.ts';
import { publishEvents, saveEdition, withdrawEvents } from '#server/services/programme/publishing.ts';
import { anEdition, anEvent, changed } from './programme.ts';
import type { World } from './world.ts';

const NATIONAL_TEAM: Account = { id: '', email: '', role: 'national', regions: [], bodies: [], demo: false };

/** Of each role one, who signs in on several devices. */
const PEOPLE = [
  ['organiser', []],
  ['regional', ['53']],
  ['national', []],
] as const;

/** What people at a desk and the server itself do, one thing at a time; a dead process leaves it undone or done. */
export class Desk {
  readonly #world: World;
  #busy: object | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** True when something was begun. */
  act(): boolean {
    const { random, machine, server } = this.#world;
    const { ctx } = machine;
    if (!ctx || this.#busy) return false;
    const known = [...this.#world.events.values()];
    const what = random.weighted({
      change: 4,
      add: known.length < 6 ? 2 : 0,
      withdraw: 1,
      compact: 3,
      revoke: 0.4,
      rules: 1,
      sweep: 1,
      edition: 0.3,
    });
    switch (what) {
      case 'add': {
        const event = anEvent(random, known.length + 1, random.chance(0.8) ? 'a' : 'b');
        this.#world.events.set(event.id, event);
        this.#run(`publish ${event.id.slice(-2)}`, () => publishEvents(ctx, [event]));
        return true;
      }
      case 'change': {
        if (known.length === 0) return false;
        const events = known.filter(() => random.chance(0.3)).map((event) => changed(random, event));
        for (const event of events) this.#world.events.set(event.id, event);
        this.#run(`change ${events.map((e) => e.id.slice(-2)).join()}`, () => publishEvents(ctx, events));
        return events.length > 0;
      }
      case 'withdraw': {
        if (known.length === 0) return false;
        const event = random.pick(known);
        this.#run(`withdraw ${event.id.slice(-2)}`, () => withdrawEvents(ctx, [event.id]));
        return true;
      }
      case 'compact': {
        const heads = server.state?.heads ?? [];
        if (heads.length === 0) return false;
        const { scope } = random.pick(heads);
        const [keep, tombstones] = [random.int(0, 6), random.int(0, 2)];
        this.#run(`compact ${scope} ${keep} ${tombstones}`, () => compact(ctx, scope, keep, tombstones));
        return true;
      }
      case 'rules': {
        const { events } = server.state ?? { events: [] };
        const here = events.filter((row) => row.withdrawn_at === null);
        if (here.length === 0) return false;
        const { id } = random.pick(here);
        const [walkIns, admitsRequested, hiddenNames] = [random.chance(0.8), random.chance(0.5), random.chance(0.3)];
        const rules = { ...v.parse(doorRules, defaultDoorRules), walkIns, admitsRequested, hiddenNames };
        this.#run(`rules of ${id.slice(-2)}`, () => setDoorRules(ctx, NATIONAL_TEAM, id, rules));
        return true;
      }
      case 'sweep':
        this.#run('sweep', () => endAllotments(ctx));
        return true;
      case 'revoke': {
        const devices = server.state?.devices.filter((row) => row.state !== 'revoked') ?? [];
        if (devices.length === 0) return false;
        const device = random.pick(devices);
        this.#run(`revoke ${device.id}`, () => revokeDevice(ctx, device.event_id, device.id));
        return true;
      }
      default:
        this.#run('edition', () => saveEdition(ctx, anEdition(random.pick(['a', 'b']), random.chance(0.5))));
        return true;
    }
  }

  /** The programme that every run begins with. */
  async open(ctx: Context): Promise<void> {
    const { random, events } = this.#world;
    for (const id of ['a', 'b']) await saveEdition(ctx, anEdition(id, id === 'a'));
    const first = Array.from({ length: random.int(1, 3) }, (_, i) => anEvent(random, i + 1, 'a'));
    for (const event of first) events.set(event.id, event);
    await publishEvents(ctx, first);
    for (const [role, regions] of PEOPLE) {
      const email = `${role}@escale.example`;
      const { id } = await ensureAccount(ctx, { email, role, regions });
      this.#world.accounts.push({ id, email, role, regions, bodies: [], demo: false });
    }
  }

  #run(what: string, work: () => Promise<unknown>): void {
    const mine = {};
    this.#busy = mine;
    const end = (): void => {
      if (this.#busy === mine) this.#busy = undefined;
    };
    const { machine, note, count, fail, scheduler } = this.#world;
    note(`desk: ${what}`);
    count.call(this.#world, what.split(' ')[0]!);
    scheduler.current = machine.process!;
    void machine.death.then(end);
    work().then(end, (error: unknown) => {
      end();
      if (machine.process && (error as Error).name !== 'TransientError')
        fail('crash', `desk ${what}: ${(error as Error).stack ?? String(error)}`);
    });
  }
}
