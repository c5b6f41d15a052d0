import { accountReplica } from '#client/store/account.ts';
import type { EscaleDatabase, ReplicaRow } from '#client/store/database.ts';
import { newId } from '#client/store/ids.ts';
import { Api } from '#client/sync/api.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { Actor } from './scheduler.ts';
import { openDexie } from './store/dexie-store.ts';
import { openMemory } from './store/memory-database.ts';
import type { MemoryFile } from './store/memory-file.ts';
import { rowsOf } from './store/memory-file.ts';

/** What a tab's store asks of the simulation. */
export interface TabHost {
  /** Before a transaction. */
  readonly turn: (actor: Actor, what: string) => Promise<void>;
  /** Something happens. */
  readonly note: () => void;
  /** How many mutations it sends at once. */
  readonly batch: number;
}

/** One open page of the app on a device. */
export class Tab {
  readonly device: Device;
  readonly actor: Actor;
  readonly db: EscaleDatabase;
  readonly api: Api;

  /** Ends its connection. */
  readonly kill: () => void;

  constructor(device: Device, name: string, host: TabHost) {
    this.device = device;
    this.actor = new Actor(name, () => device.now());
    const turn = (what: string): Promise<void> => host.turn(this.actor, what);
    if (device.dexie === undefined) {
      this.db = openMemory(device.file, turn);
      this.kill = () => undefined;
    } else {
      const { actor } = this;
      const owner = { actor, file: device.file, turn, note: host.note };
      ({ db: this.db, kill: this.kill } = openDexie(device.dexie, owner, device.updated));
    }
    this.api = new Api(`http://${name}.sim`);
    this.api.batch = host.batch;
  }
}

/** A phone: a store that outlives its tabs, a clock that may be wrong, a connection that comes and goes. */
export class Device {
  readonly name: string;
  readonly file: MemoryFile;
  readonly role: 'attendee' | 'door' | 'office';
  readonly #world: () => number;
  readonly tabs: Tab[] = [];
  #tabs = 0;
  online = true;
  /** The account whose session the browser's cookie is. */
  session: string | undefined;
  /** Its clock minus the true one, milliseconds. */
  skew = 0;
  /** Which tab syncs; locks are sometimes stolen, and then two do. */
  leader: Tab | undefined;
  /** Name of its database on IndexedDB; without it the store is in memory. `file` shows what either holds. */
  dexie: string | undefined;
  /** A later version of the app is installed: tabs that are opened from now on have it. */
  updated = false;

  constructor(name: string, role: Device['role'], file: MemoryFile, world: () => number) {
    this.name = name;
    this.role = role;
    this.file = file;
    this.#world = world;
  }

  now(): number {
    return this.#world() + this.skew;
  }

  open(host: TabHost): Tab {
    const tab = new Tab(this, `${this.name}-t${++this.#tabs}`, host);
    this.tabs.push(tab);
    return tab;
  }

  forget(tab: Tab): void {
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    if (this.leader === tab) this.leader = undefined;
  }

  /** What its owner chose when it was new: three regions of the programme instead of all. */
  keepRegions(regions: readonly string[] | undefined): void {
    if (!regions) return;
    const key = 'regions';
    const value = { key, value: { a: regions, b: regions } };
    this.file.commit({ settings: new Map([[JSON.stringify(key), { key, value }]]) });
  }

  /** Somebody has signed in on it when it was new. */
  belongTo({ id, email, role, regions }: Account): void {
    this.session = id;
    const replica: ReplicaRow = {
      id: accountReplica(id),
      kind: 'account',
      replicaId: newId(),
      nextSeq: 1,
      secret: '',
      accountId: id,
    };
    const account = { key: 'account', value: { id, email, role, regions } };
    this.file.commit({
      settings: new Map([
        ...this.file.disk.settings,
        [JSON.stringify(account.key), { key: account.key, value: account }],
      ]),
      replicas: new Map([[JSON.stringify(replica.id), { key: replica.id, value: replica }]]),
    });
  }

  replicas(): ReplicaRow[] {
    return rowsOf<ReplicaRow>(this.file.disk.replicas);
  }
}
