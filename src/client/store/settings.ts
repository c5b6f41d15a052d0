import type { Language } from '#domain/text.ts';
import type { Bounds } from '#domain/bounds.ts';
import type { MapPack } from '#domain/map-pack.ts';
import type { RegionCode } from '#domain/programme.ts';
import type { RegistrationState } from '#domain/registration.ts';
import type { ReminderLead } from '#domain/reminder.ts';
import type { ActorRole } from '#domain/proposal.ts';
import type { RasterLayer } from '#protocol/map.ts';
import type { EscaleDatabase } from './database.ts';
import { database } from './database.ts';
import type { DoorLock } from './door-lock.ts';
import type { Follower } from './follower.ts';
import type { Live } from './live.ts';
import { live } from './live.ts';

/** Everything that is kept under a key. */
export interface Settings {
  language: Language;
  theme: 'light' | 'dark' | 'system';
  /** Regions kept on the device by edition; an edition that is absent is kept whole. */
  regions: Readonly<Record<string, readonly RegionCode[]>>;
  /** Editions beside the current one that the person opened. */
  editions: readonly string[];
  /** Events whose answers to a question are kept, the one opened last at the end. */
  questions: readonly string[];
  /** The person does not want to be asked again whether to install the app. */
  installRefused: boolean;
  /** Server's clock minus the device's, milliseconds (P4). */
  clockOffset: number;
  /** How far off that is at most, and the device's clock when it was measured. */
  clockError: { readonly error: number; readonly at: number };
  /** How the last exchange went, for every tab to show. */
  sync: SyncRecord;
  /** What the server offers for maps, as it last said. */
  mapOffer: MapOffer;
  /** `followed`: of the programme's pictures only those of the agenda are fetched ahead. */
  eventPictures: 'kept' | 'followed';
  /** Areas under which a kept map is in use, by who uses it, and since when by the device's clock. */
  packHolds: Readonly<Record<string, { readonly bounds: Bounds; readonly at: number }>>;
  /** Names of maps that were given up for want of room, until the person has read it. */
  packsGiven: readonly string[];
  /** Of the door that this phone is. */
  doorLock: DoorLock;
  /** What the server is told of what this device follows. */
  follower: Follower;
  /** How long before an event of the agenda the person is reminded of it. */
  reminder: ReminderLead;
  /** Keys of reminders that were said, the oldest first. */
  reminded: readonly string[];
  /** Where each registration stood when the person last saw it. */
  registrationStates: Readonly<Record<string, RegistrationState>>;
  /** The changes of each event that a notification has said. */
  noticed: Readonly<Record<string, string>>;
  /** Who is signed in on this device, as the server last said; absent once they have signed out. */
  account: SignedInAccount;
}

export interface SignedInAccount {
  readonly id: string;
  readonly email: string;
  readonly role: ActorRole;
  readonly regions: readonly RegionCode[];
}

export interface MapOffer {
  readonly packs: readonly MapPack[];
  readonly raster?: RasterLayer;
  /** Addresses can be searched. */
  readonly geocoder?: true;
  /** Who else says who somebody is. */
  readonly provider?: { readonly name: string };
  /** Device's clock, milliseconds. */
  readonly at: number;
}

export interface SyncRecord {
  /** `unreachable`: the network or whatever answers in its place; `failing`: the server answers and cannot; `no_space`: this disk is full. */
  readonly outcome: 'ok' | 'unreachable' | 'failing' | 'protocol_too_old' | 'no_space';
  /** Device's clock, milliseconds. */
  readonly at: number;
  /** When all that is wanted was last complete and up to date. */
  readonly syncedAt?: number;
  /** Since when an exchange is going on. */
  readonly runningSince?: number;
}

const cells = new Map<keyof Settings, Live<unknown>>();

/** A setting as a live value; undefined until it is read and while it was never set. */
export function setting<K extends keyof Settings>(key: K): Live<Settings[K] | undefined> {
  let cell = cells.get(key);
  if (!cell) {
    cell = live<unknown>(async () => (await database().settings.get(key))?.value, undefined);
    cells.set(key, cell);
  }
  return cell as Live<Settings[K] | undefined>;
}

export async function readSetting<K extends keyof Settings>(
  db: EscaleDatabase,
  key: K,
): Promise<Settings[K] | undefined> {
  return (await db.settings.get(key))?.value as Settings[K] | undefined;
}

/** Undefined forgets it. */
export async function writeSetting<K extends keyof Settings>(
  db: EscaleDatabase,
  key: K,
  value: Settings[K] | undefined,
): Promise<void> {
  await (value === undefined ? db.settings.delete(key) : db.settings.put({ key, value }));
}

/** From now on the device keeps this edition too. */
export async function keepEdition(db: EscaleDatabase, editionId: string): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    const kept = (await readSetting(db, 'editions')) ?? [];
    if (!kept.includes(editionId)) await writeSetting(db, 'editions', [...kept, editionId]);
  });
}
