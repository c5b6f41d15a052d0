import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { EventFacts } from '#domain/changes.ts';
import type { DeviceProfile } from '#domain/door-rules.ts';
import type { MutationArgs, MutationName, ReplicaKind } from '#protocol/mutation.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import type { Refusal } from '#protocol/push.ts';
import type { MapPack } from '#domain/map-pack.ts';
import type { ItemKind, Scope } from '#protocol/scope.ts';
import type { TourState } from '#domain/tour-state.ts';
import { isFull } from './full-disk.ts';
import type { EventPictureRow, PictureRow } from './picture-rows.ts';

/** Where a scope stands on the server, as a push or a pull says it. */
export interface Position {
  readonly epoch: string;
  readonly cursor: number;
}

/**
 * One record of many items. A page of a snapshot is named by the SHA-256 of its text, so that what an interrupted or
 * repeated first load has already brought is found again; a delta's name begins with `+` and is made on the device.
 */
export interface PageRef {
  readonly name: string;
  readonly items: number;
  /** Of its text, about. */
  readonly bytes: number;
  /** The cursor that a delta leads to. */
  readonly upTo?: number;
}

/** A scope that is kept: its base is its pages one over the other, a later item taking the place of an earlier one. */
export interface ScopeRow extends Position {
  readonly scope: Scope;
  /** Empty for scopes that are stored as rows (`directory`, `person/…`). */
  readonly pages: readonly PageRef[];
  /** The cursor of the snapshot below the deltas. */
  readonly base: number;
  /** The log began anew: its pages are what the device has until a snapshot takes their place, and nothing is laid over them. */
  readonly void?: true;
  /** Device's clock, milliseconds: when the server last confirmed that this is all there is. */
  readonly syncedAt: number;
}

/** A snapshot on its way: the pages that are there already are found in `pages` by name (L2). */
export interface LoadRow extends Position {
  readonly scope: Scope;
  readonly pages: readonly PageRef[];
  readonly startedAt: number;
}

/** AES-GCM of a UTF-8 text, under the door's key. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** `[scope, name]` → the text of a page, a JSON array of `{kind, id, value}`, without `value` a tombstone; a roster's is bytes (`roster-packs.ts`), sealed. */
export interface PageRow {
  readonly scope: Scope;
  readonly name: string;
  readonly text: string | Sealed;
}

/** `[scope, name]` → what a list needs of a programme's page, so that a launch never reads the page itself. */
export interface CardsRow {
  readonly scope: Scope;
  readonly name: string;
  /** JSON `{cards: EventCard[], gone: Uuid[]}`. Text, for `JSON.parse` is twice as fast as a structured clone of the same. */
  readonly text: string;
}

/** An item of a scope that changes one by one. */
export interface ItemRow {
  readonly scope: Scope;
  readonly kind: ItemKind;
  readonly id: string;
  readonly value: unknown;
}

/** One identity of this device (SYNC, Replica). Its `id` stays, its `replicaId` is taken anew when the device was cloned (P2). */
export interface ReplicaRow {
  /** `holder`, the id of the door's device, or `account/{id}`. */
  readonly id: string;
  readonly kind: ReplicaKind;
  replicaId: string;
  /** The next `seq` to give: dense from 1. */
  nextSeq: number;
  /** Made on this device; see `#protocol/credential.ts`. Empty of an account, whose credential is the browser's cookie. */
  readonly secret: string;
  /** Of an account. */
  readonly accountId?: string;
  /** Of a holder. */
  readonly holderId?: string;
  /** Of a holder: it has registrations that were made elsewhere. */
  known?: true;
  /** Why the server takes nothing from it any more; the outbox stays. */
  attention?: Attention;
}

export type Attention = 'credential_refused' | 'sign_in_required' | 'forbidden' | 'too_large' | 'bad_request';

/** A mutation with what became of it. `answered`: applied by the server, laid over the base until a pull reaches it (A1). */
export interface OutboxRow<N extends MutationName = MutationName> {
  readonly replicaId: string;
  readonly seq: number;
  /** `ReplicaRow.id`. */
  readonly replica: string;
  readonly mutationId: string;
  readonly name: N;
  readonly version: number;
  readonly args: MutationArgs<N>;
  readonly clientAt: string;
  state: 'waiting' | 'answered' | 'refused';
  reason?: Refusal;
  reached?: Readonly<Record<Scope, Position>>;
}

/**
 * An enrolled phone's door. `enrolling`: asked, no answer yet; `loading`: taken up, roster on its way; `ready`; `gone`: access
 * withdrawn or over, the roster dropped, unsent arrivals kept (D5).
 */
export interface DoorRow {
  readonly deviceId: string;
  readonly secret: string;
  readonly name: string;
  readonly door: string;
  readonly createdAt: number;
  state: 'enrolling' | 'loading' | 'ready' | 'gone';
  /** The one-time code, kept only until the server has answered. */
  code?: string;
  eventId?: string;
  editionId?: string;
  /** ISO 8601. */
  expiresAt?: string;
  /** `gone` by this device's clock alone, which may have been wrong: the server has the last word. */
  byClock?: true;
  /** What the organiser lets this phone do; everything, where it was enrolled before there were profiles. */
  profile?: DeviceProfile;
  /** The list that it works on; the event's own arrivals without it. */
  listId?: string;
}

/**
 * Seats that this phone asked for. `asking`: no answer yet; it is asked again under the same id, so that none is taken twice.
 * `held`: it may admit out of them until `expiresAt`. `ended`: given back or over.
 */
export interface AllotmentRow {
  readonly id: string;
  readonly deviceId: string;
  readonly eventId: string;
  readonly subjectId: string;
  /** Seats asked for. */
  readonly asked: number;
  state: 'asking' | 'held' | 'ended';
  /** Seats that were given. */
  seats: number;
  /** Check-in → the seats that it took. The remaining seats are decided here, in the transaction that queues the admission. */
  uses: Readonly<Record<string, number>>;
  /** ISO 8601. */
  expiresAt?: string;
  /** Given back before it was answered. */
  unwanted?: true;
}

/** Words of a proposal that are on this device alone: they go into the outbox one save at a time (`proposals.ts`). */
export interface ProposalDraftRow {
  /** The proposal's. */
  readonly id: string;
  /** The account that writes it; empty of what was begun before anybody had signed in. */
  readonly owner: string;
  readonly editionId: string;
  /** Of an edit: the published event, and what it was when the edit was begun. */
  readonly eventId?: string;
  readonly before?: ProposalContent;
  /** The words that these were written over, or were sent as; absent of a new one. */
  readonly base?: string;
  readonly content: ProposalContent;
  /** They are in the outbox, or with the server; kept while the form is open, for what is typed next is written over these. */
  readonly sent?: true;
  /** Words that a moderator puts right in somebody else's: they go when the moderator says so. */
  readonly held?: true;
  /** Device's clock, milliseconds. */
  readonly at: number;
}

export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

export interface FavouriteRow {
  readonly id: string;
  readonly at: number;
}

/** An event that the person follows, with what they last knew of it. */
export interface FollowedRow {
  readonly id: string;
  /** Where it stood in the programme. */
  readonly scope: Scope;
  readonly facts: EventFacts;
}

export interface KeyRow {
  readonly id: string;
  readonly key: CryptoKey;
}

/**
 * A street-level map that this device keeps, or is about to. `loading`: its bytes come, part by part; `kept`: whole, and found
 * to be what it says; `refused`: it is not, and nothing of it was kept.
 */
export interface MapPackRow extends MapPack {
  readonly state: 'loading' | 'kept' | 'refused';
  /** Of the bytes. */
  readonly received: number;
  /** Device's clock, milliseconds. */
  readonly wantedAt: number;
  /** When it was last drawn from: what was not for long goes first when space runs out. */
  readonly usedAt: number;
  /** Server's clock, milliseconds: goes by itself after that; without it, only when space runs out. */
  readonly keepUntil?: number;
  /** Why it is not going on, or was refused. */
  readonly trouble?: PackTrouble;
}

/**
 * `unreachable`, `failing`: it goes on when there is a network, when the server can; `gone`: the server has it no more;
 * `no_space`; `damaged`: what came is not what was promised; `unreadable`: it is, and no map.
 */
export type PackTrouble = 'unreachable' | 'failing' | 'gone' | 'no_space' | 'damaged' | 'unreadable';

/** `[sha256, index]` → a part of a pack on its way. */
export interface MapPartRow {
  readonly sha256: string;
  readonly index: number;
  readonly data: ArrayBuffer;
}

/** The archive of a pack that is kept, apart from its row: a list reads no archives. */
export interface MapBlobRow {
  readonly sha256: string;
  readonly blob: Blob;
}

/** A walk that somebody follows, or followed: where they are, written after everything that happened. */
export interface WalkRow {
  /** The tour's. */
  readonly slug: string;
  readonly eventId: string;
  readonly state: TourState;
  /** Metres of the line that `state.progress` counts along: another line, and what was walked is found anew. */
  readonly line: number;
  readonly updatedAt: number;
}

/** A place where the phone was on a walk. Never leaves the device but by the person's own hand. */
export interface TrackRow {
  readonly n?: number;
  readonly slug: string;
  /** Milliseconds. */
  readonly at: number;
  readonly lat: number;
  readonly lon: number;
  /** Metres. */
  readonly accuracy: number;
}

/**
 * The device's store. Packed records for what arrives as a whole, rows for what changes one by one (L3).
 *
 * A version once released is never edited: a later one is added, and its upgrade leaves `outbox` and `replicas` as they are (O2).
 * Every transaction asks for strict durability, so that a resolved write survives a dead battery (O1).
 */
export class EscaleDatabase extends Dexie {
  scopes!: EntityTable<ScopeRow, 'scope'>;
  loads!: EntityTable<LoadRow, 'scope'>;
  pages!: Table<PageRow, [string, string]>;
  cards!: Table<CardsRow, [string, string]>;
  items!: Table<ItemRow, [string, string, string]>;
  replicas!: EntityTable<ReplicaRow, 'id'>;
  outbox!: Table<OutboxRow, [string, number]>;
  doors!: EntityTable<DoorRow, 'deviceId'>;
  keys!: EntityTable<KeyRow, 'id'>;
  settings!: EntityTable<SettingRow, 'key'>;
  favourites!: EntityTable<FavouriteRow, 'id'>;
  followed!: EntityTable<FollowedRow, 'id'>;
  mapPacks!: EntityTable<MapPackRow, 'sha256'>;
  mapParts!: Table<MapPartRow, [string, number]>;
  mapBlobs!: EntityTable<MapBlobRow, 'sha256'>;
  allotments!: EntityTable<AllotmentRow, 'id'>;
  walks!: EntityTable<WalkRow, 'slug'>;
  track!: EntityTable<TrackRow, 'n'>;
  proposalDrafts!: EntityTable<ProposalDraftRow, 'id'>;
  pictures!: EntityTable<PictureRow, 'sha256'>;
  eventPictures!: EntityTable<EventPictureRow, 'sha256'>;

  constructor(name = 'escale') {
    // Dexie's own cache would copy packs and show what is not yet durable.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({
      scopes: 'scope',
      loads: 'scope',
      pages: '[scope+name]',
      cards: '[scope+name]',
      items: '[scope+kind+id]',
      replicas: 'id',
      outbox: '[replicaId+seq], state',
      doors: 'deviceId',
      keys: 'id',
      settings: 'key',
      favourites: 'id',
      followed: 'id',
      mapPacks: 'sha256',
      mapParts: '[sha256+index]',
      mapBlobs: 'sha256',
      allotments: 'id',
    });
    this.version(3).stores({
      walks: 'slug',
      track: '++n, slug',
    });
    this.version(4).stores({ proposalDrafts: 'id, owner', pictures: 'sha256, state' });
    this.version(5).stores({ eventPictures: 'sha256, rank' });
    // An update of the app in another tab must not wait for this one: it reopens by itself at its next use.
    this.on('versionchange', () => this.close({ disableAutoOpen: false }));
  }

  /** Everything of a scope in `pages` or `cards`. */
  static under(scope: Scope): [unknown[], unknown[]] {
    return [
      [scope, Dexie.minKey],
      [scope, Dexie.maxKey],
    ];
  }

  /** Everything of a scope, or one kind of it, in `items`. */
  static underItems(scope: Scope, kind?: ItemKind): [unknown[], unknown[]] {
    const start = kind === undefined ? [scope] : [scope, kind];
    return [start, [...start, Dexie.maxKey]];
  }
}

let shared: EscaleDatabase | undefined;

/** The one connection of this tab or worker. */
export function database(): EscaleDatabase {
  return (shared ??= new EscaleDatabase());
}

/** Gives back room on a full disk; false when there was none to give. Set by whoever keeps what can be had again. */
let giveRoom: ((db: EscaleDatabase) => Promise<boolean>) | undefined;

export function onFullDisk(give: (db: EscaleDatabase) => Promise<boolean>): void {
  giveRoom = give;
}

/**
 * Runs a transaction again, whole, when the browser lost the connection under it, as phones do in the background (D4), and
 * once more when the disk was full and maps could make room. A broken rule is not retried.
 */
export async function durably<T>(work: () => PromiseLike<T>): Promise<T> {
  let full = false;
  for (let left = 2; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (isFull(error) && !full) {
        full = true;
        if (await giveRoom?.(database())) continue;
      }
      if (left === 0 || !lost(error)) throw error;
    }
  }
}

function lost(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'UnknownError' || name === 'InvalidStateError' || name === 'DatabaseClosedError';
}
