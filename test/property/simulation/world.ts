import type { CarriedRequest } from '#domain/request-code.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { readBearer } from '#protocol/credential.ts';
import type { PushRequest } from '#protocol/push.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { Device } from './device.ts';
import type { Tab, TabHost } from './device.ts';
import type { Sender, Weather } from './network.ts';
import { fine, Network, pushAnswer } from './network.ts';
import type { Committed, Order } from './oracle/committed.ts';
import { DeviceRules } from './oracle/device-rules.ts';
import type { Deed, Proofs } from './oracle/model.ts';
import { ServerRules } from './oracle/server-rules.ts';
import { Prng } from './prng.ts';
import { REGIONS, START } from './programme.ts';
import { Actor, Scheduler } from './scheduler.ts';
import { simulationKeys } from './server/context.ts';
import type { Request, Reply, Sizes } from './server/edge.ts';
import { answer } from './server/edge.ts';
import type { Machine } from './server/machine.ts';
import { fillDexie } from './store/dexie-store.ts';
import type { Disk } from './store/memory-file.ts';
import { MemoryFile } from './store/memory-file.ts';
import { sha256Base64Url } from './text.ts';

export interface Failure {
  readonly invariant: string;
  readonly detail: string;
}

/** How a run differs from the next, drawn from its seed. */
export interface Climate {
  readonly weather: Weather;
  /** How often others may come in between two statements, and between two transactions of a device. */
  readonly statements: number;
  readonly transactions: number;
  readonly sizes: Sizes;
  /** How many mutations a phone sends at once. */
  readonly batch: number;
}

const TRACE = 80;
/** Databases are never deleted: each life has its own. */
let lives = 0;

/** Everything there is in a run: devices, network, server, time, and the oracle that watches. */
export class World {
  readonly seed: string;
  readonly random: Prng;
  readonly climate: Climate;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly devices: Device[] = [];
  readonly deeds = new Map<string, Deed>();
  readonly server: ServerRules;
  readonly phones: DeviceRules;
  readonly trace: string[] = [];
  readonly counts: Record<string, number> = {};
  /** Requests that attendees' phones have shown as codes, by the code. */
  readonly requests = new Map<string, CarriedRequest>();
  /** What organisers have published last, by id. */
  readonly events = new Map<string, ProgrammeEvent>();
  /** Who signs in at the desk. */
  readonly accounts: Account[] = [];
  machine!: Machine;
  now = START;
  failure: Failure | undefined;
  /** A deliberate break of a device's disk: what is written instead. */
  spoilDisk: ((device: Device, before: Disk, after: Disk) => Disk) | undefined;
  /** A deliberate break of the server's database, made after a commit. */
  spoilDatabase: string | undefined;
  /** Nothing goes wrong any more. */
  calm = false;
  epochs = 0;
  /** Devices keep what they have by Dexie on IndexedDB. */
  dexie = false;
  #starting = false;

  constructor(seed: string, climate: Climate, random: Prng, ticket: Proofs['ticket']) {
    [this.seed, this.climate, this.random] = [seed, climate, random];
    this.tabs = { turn: this.turn, note: () => this.scheduler.note(), batch: climate.batch };
    this.scheduler = new Scheduler(new Actor('nobody', () => this.now));
    this.server = new ServerRules(this.deeds, { ticket, request: (text) => this.requests.get(text) }, this.fail);
    this.phones = new DeviceRules(this.deeds, this.server, this.fail);
    this.network = new Network({
      scheduler: this.scheduler,
      random: new Prng(`${seed} network`),
      now: () => this.now,
      weather: () => (this.calm ? fine : climate.weather),
      senderOf: (host) => this.#senderOf(host),
      serve: (request) => this.#serve(request),
      sent: (sender, request) => this.#sent(sender, request),
      answered: (request, reply) => this.#answered(request, reply),
      trace: this.note,
    });
  }

  static async open(seed: string, climate: Climate, random: Prng): Promise<World> {
    const keys = await simulationKeys();
    return new World(seed, climate, random, (args) => {
      const ticket = args.ticket === undefined ? undefined : keys.check(args.ticket);
      return ticket !== undefined && ticket.ticketId === args.ticketId && ticket.eventId === args.eventId;
    });
  }

  fail = (invariant: string, detail: string): void => {
    this.note(`INVARIANT ${invariant}: ${detail}`);
    this.failure ??= { invariant, detail };
  };

  note = (line: string): void => {
    this.trace.push(line);
    if (this.trace.length > TRACE) this.trace.shift();
  };

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** Before a transaction of a tab. */
  turn = (actor: Actor, what: string): Promise<void> => {
    if (actor.alive && !this.random.chance(this.climate.transactions)) {
      this.scheduler.note();
      return Promise.resolve();
    }
    return this.scheduler.gate(actor, what);
  };

  readonly tabs: TabHost;

  /** Before a statement of the server. */
  serverTurn = (actor: Actor, statement: string): Promise<void> => {
    this.scheduler.note();
    if (!this.random.chance(this.climate.statements)) return Promise.resolve();
    return this.scheduler.gate(actor, statement.slice(0, 40));
  };

  /** After a commit of the server. */
  committed = (state: Committed, order: readonly Order[]): void => {
    this.server.committed(state, order);
    if (this.spoilDatabase !== undefined) this.machine.tamper(this.spoilDatabase);
  };

  async newDevice(role: Device['role'], disk?: Disk): Promise<Device> {
    const device = new Device(`d${this.devices.length + 1}`, role, new MemoryFile(disk), () => this.now);
    device.file.onCommit = (before, written) => {
      const after = this.spoilDisk?.(device, before, written) ?? written;
      device.file.disk = after;
      try {
        this.phones.committed(device, before, after);
      } catch (error) {
        this.fail('5', `${device.name}: ${String(error)}`);
      }
    };
    if (!disk) device.keepRegions(this.random.chance(0.1) ? undefined : REGIONS);
    if (!disk && role === 'office') device.belongTo(this.accounts[this.devices.length % this.accounts.length]!);
    if (this.dexie) {
      device.dexie = `life-${++lives}-${device.name}`;
      await fillDexie(device.dexie, device.file);
    }
    this.devices.push(device);
    return device;
  }

  /** Starts something that a tab does. What it throws is a failure unless it may be refused. */
  begin(
    tab: Tab,
    what: string,
    work: () => Promise<unknown>,
    refused: (error: unknown) => boolean = () => false,
  ): void {
    this.note(`${tab.actor.name} ${what}`);
    this.count(what.split(' ')[0]!);
    this.scheduler.current = tab.actor;
    work().catch((error: unknown) => {
      if (tab.actor.alive && !refused(error))
        this.fail('crash', `${tab.actor.name} ${what}: ${(error as Error).stack ?? String(error)}`);
    });
  }

  closeTab(tab: Tab): void {
    this.scheduler.kill(tab.actor);
    tab.kill();
    tab.device.forget(tab);
  }

  killServer(): void {
    const { process } = this.machine;
    if (process) this.scheduler.kill(process);
    this.machine.kill();
  }

  /** Starts the server's process when none runs. */
  async startServer(): Promise<void> {
    if (this.machine.process || this.#starting) return;
    this.#starting = true;
    this.note('the server starts');
    // A process can die while it starts.
    const started = this.machine.start().catch(() => undefined);
    const process = this.machine.process;
    if (process) void this.machine.death.then(() => this.scheduler.kill(process));
    await this.scheduler.quiet();
    void Promise.race([started, this.machine.death]).then(() => (this.#starting = false));
    await this.scheduler.quiet();
  }

  #senderOf(host: string): Sender {
    const name = host.replace('.sim', '');
    for (const device of this.devices) {
      const tab = device.tabs.find((one) => one.actor.name === name);
      if (tab) {
        return { actor: tab.actor, online: () => this.calm || device.online, session: () => device.session };
      }
    }
    // A tab that was closed: what it asked for a moment ago.
    const actor = new Actor(name, () => this.now);
    actor.alive = false;
    return { actor, online: () => false, session: () => undefined };
  }

  async #serve(request: Request): Promise<Reply | undefined> {
    const { machine } = this;
    if (!machine.ctx || !machine.process) return undefined;
    const reply = await Promise.race([answer(machine.ctx, request, this.climate.sizes), machine.death]);
    return reply ?? undefined;
  }

  /** 12: what was done as one person goes up with that person's credential. */
  #sent(sender: Sender, request: Request): void {
    for (const named of request.query.values()) {
      if (named.startsWith('person/')) this.fail('12', `${sender.actor.name} named a person in an address: ${named}`);
    }
    if (request.path !== '/push') return;
    const read = request.bearer === undefined ? undefined : readBearer(request.bearer);
    const owner =
      read?.kind === 'holder'
        ? sha256Base64Url(read.secret)
        : read?.kind === 'account'
          ? read.accountId
          : read?.deviceId;
    for (const { mutationId } of (JSON.parse(request.body ?? '{}') as PushRequest).mutations) {
      const deed = this.deeds.get(mutationId);
      if (deed?.owner !== owner)
        this.fail(
          '12',
          `${sender.actor.name} sent ${mutationId} of ${deed?.owner ?? 'nobody'} as ${owner ?? 'nobody'}`,
        );
    }
  }

  /** 4: nothing is answered before its commit. */
  #answered(request: Request, reply: Reply): void {
    if (reply.status === 500) this.fail('crash', `${request.path}: ${JSON.stringify(reply.said)}`);
    const said = pushAnswer(request, reply);
    if (!said) return;
    for (const { mutationId, outcome, reason } of said.results) {
      if (!this.server.ever(mutationId, reason ?? outcome))
        this.fail('4', `${mutationId} was answered ${reason ?? outcome}, which is not committed`);
    }
  }
}
