import Dexie from 'dexie';
import type { DeviceProfile } from '#domain/door-rules.ts';
import { rosterScope } from '#protocol/scope.ts';
import { correctedNow } from './clock.ts';
import type { AllotmentRow, DoorRow, OutboxRow, ScopeRow } from './database.ts';
import { database } from './database.ts';
import { currentDoor } from './door.ts';
import type { DoorLock } from './door-lock.ts';
import { Cell, live, watch } from './live.ts';
import type { Live } from './live.ts';
import { Roster, RosterIndex } from './roster-index.ts';
import { readRosterPages } from './scopes.ts';
import { readSetting } from './settings.ts';

/** A door as its screen sees it; the secret stays in the store. */
export interface Door {
  readonly deviceId: string;
  readonly name: string;
  readonly door: string;
  /** `gone` because its time is over: `expired`; because it was taken away: `gone`. */
  readonly state: DoorRow['state'] | 'expired';
  readonly eventId?: string;
  readonly editionId?: string;
  readonly expiresAt?: string;
  readonly profile: DeviceProfile;
  /** The list that this phone works on; the event's own arrivals without it. */
  readonly listId?: string;
}

export interface DoorView {
  readonly door?: Door;
  /** Seats that this phone keeps for walk-ins, and those that it has asked for. */
  readonly allotments: readonly AllotmentRow[];
  /** Present once the roster is on the phone and in memory. */
  readonly roster?: RosterIndex;
  /** How old the knowledge of this phone is: when the server last said that this is all, milliseconds. */
  readonly asOf?: number;
  /** What was done here and waits to be sent. */
  readonly pending: number;
  /** False until the device's store was read. */
  readonly loaded: boolean;
}

interface DoorRecords {
  readonly door?: DoorRow | undefined;
  readonly scope?: ScopeRow | undefined;
  readonly rows: readonly OutboxRow[];
  readonly allotments: readonly AllotmentRow[];
}

async function doorRecords(): Promise<DoorRecords> {
  const db = database();
  const door = await currentDoor(db);
  if (!door) return { rows: [], allotments: [] };
  const replica = await db.replicas.get(door.deviceId);
  const from = [replica?.replicaId ?? '', Dexie.minKey];
  const to = [replica?.replicaId ?? '', Dexie.maxKey];
  const [scope, rows, allotments] = await Promise.all([
    door.eventId && door.state !== 'gone' ? db.scopes.get(rosterScope(door.eventId)) : undefined,
    db.outbox.where('[replicaId+seq]').between(from, to).toArray(),
    db.allotments.filter((row) => row.deviceId === door.deviceId && row.state !== 'ended').toArray(),
  ]);
  return { door, scope, rows, allotments };
}

let view: Live<DoorView> | undefined;

/**
 * The door that this phone is, read once and kept up to date for as long as the tab lives.
 * @param calm of who asks first: until then the roster is read no further than to answer for a ticket
 */
export function doorView(calm: Promise<unknown> = Promise.resolve()): Live<DoorView> {
  return (view ??= startDoor(calm));
}

/** Whether a PIN stands before the door; undefined until that was read. */
export const storedDoorLock = live<{ readonly lock: DoorLock | undefined } | undefined>(
  async () => ({ lock: await readSetting(database(), 'doorLock') }),
  undefined,
);

function startDoor(calm: Promise<unknown>): Live<DoorView> {
  const cell = new Cell<DoorView>({ allotments: [], pending: 0, loaded: false });
  let memory: { scope: string; names: readonly string[]; roster: Roster } | undefined;
  let latest = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const show = async ({ door, scope, rows, allotments }: DoorRecords): Promise<void> => {
    if (!door) {
      memory = undefined;
      cell.set({ allotments, pending: 0, loaded: true });
      return;
    }
    const pending = rows.filter((row) => row.state === 'waiting').length;
    if (!scope) {
      memory = undefined;
      cell.set({ door: asDoor(door), allotments, pending, loaded: true });
      return;
    }
    memory = await readRoster(scope, memory);
    memory.roster.overlay(rows, door);
    const roster = new RosterIndex(memory.roster, memory.roster.eventOf());
    cell.set({ door: asDoor(door), allotments, roster, asOf: scope.syncedAt, pending, loaded: true });
    if (!roster.counted) void countLater(memory.roster);
  };
  const countLater = async (roster: Roster): Promise<void> => {
    await calm;
    await readWhole(roster);
    if (memory?.roster === roster) cell.set({ ...cell.get(), roster: new RosterIndex(roster, roster.eventOf()) });
  };
  watch(doorRecords, (records) => {
    const mine = ++latest;
    turn = turn.then(() => (mine === latest ? show(records) : undefined)).catch(() => undefined);
  });
  return cell;
}

/** Reads the packs that are not in memory yet; all of them when the base was changed. */
async function readRoster(
  row: ScopeRow,
  memory: { scope: string; names: readonly string[]; roster: Roster } | undefined,
): Promise<{ scope: string; names: readonly string[]; roster: Roster }> {
  const names = row.pages.map((p) => p.name);
  const grown = memory?.scope === row.scope && memory.names.every((name, i) => names[i] === name);
  const roster = grown ? memory.roster : new Roster();
  const fresh = grown ? names.slice(memory.names.length) : names;
  roster.takeAll(await readRosterPages(database(), row.scope, fresh));
  // What stands on the screen stays there until the new base can say it too.
  if (memory?.roster.isRead) await readWhole(roster);
  return { scope: row.scope, names, roster };
}

/** Milliseconds that reading on may hold up what people do. */
const SLICE = 8;

async function readWhole(roster: Roster): Promise<void> {
  while (!roster.isRead) {
    const until = performance.now() + SLICE;
    do roster.readOn();
    while (!roster.isRead && performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function asDoor(row: DoorRow): Door {
  const { deviceId, name, door, eventId, editionId, expiresAt, profile = 'full', listId } = row;
  const over = expiresAt !== undefined && Date.parse(expiresAt) <= correctedNow();
  return {
    deviceId,
    name,
    door,
    state: over && row.state === 'gone' ? 'expired' : row.state,
    profile,
    ...(listId ? { listId } : {}),
    ...(eventId ? { eventId } : {}),
    ...(editionId ? { editionId } : {}),
    ...(expiresAt ? { expiresAt } : {}),
  };
}
