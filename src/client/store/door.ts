import type { Enrolled } from '#protocol/enrolment.ts';
import { rosterScope } from '#protocol/scope.ts';
import { removeLock } from './door-lock.ts';
import { endAllotments, returnAll } from './door-seats.ts';
import type { DoorRow, EscaleDatabase } from './database.ts';
import { durably } from './database.ts';
import { dropScope } from './scopes.ts';
import { newId, newSecret } from './ids.ts';
import { settle } from './outbox.ts';
import { addDeviceReplica } from './replicas.ts';

/** The door that this phone is: the latest that it was enrolled for. */
export async function currentDoor(db: EscaleDatabase): Promise<DoorRow | undefined> {
  const doors = await db.doors.toArray();
  return doors.toSorted((a, b) => b.createdAt - a.createdAt)[0];
}

/**
 * Writes an enrolment down before it is asked for, with the id and secret that the phone made: whatever kills the app
 * afterwards, it is asked for again with the same two (`#protocol/enrolment.ts`). The same code again is the same enrolment.
 */
export async function beginEnrolment(db: EscaleDatabase, code: string, name: string, door: string): Promise<DoorRow> {
  const row: DoorRow = {
    deviceId: newId(),
    secret: newSecret(),
    name,
    door,
    createdAt: Date.now(),
    state: 'enrolling',
    code,
  };
  return db.transaction('rw', db.doors, async () => {
    const doors = await db.doors.toArray();
    const begun = doors.find((d) => d.state === 'enrolling' && d.code === code);
    if (begun) {
      await db.doors.update(begun.deviceId, { name, door });
      return { ...begun, name, door };
    }
    // After those that there are, also on a clock that was set back since.
    const createdAt = Math.max(row.createdAt, ...doors.map((d) => d.createdAt + 1));
    await db.doors.add({ ...row, createdAt });
    return { ...row, createdAt };
  });
}

/** The server has taken the phone up: from now on it has a replica, and its roster is on the way. */
export async function finishEnrolment(db: EscaleDatabase, enrolled: Enrolled): Promise<void> {
  await db.transaction('rw', db.doors, db.replicas, db.outbox, db.allotments, async () => {
    const row = await db.doors.get(enrolled.deviceId);
    if (row?.state !== 'enrolling') return;
    const { code: _, ...rest } = row;
    const { eventId, editionId, expiresAt, profile, listId } = enrolled;
    const place = { eventId, editionId, expiresAt, profile, ...(listId === undefined ? {} : { listId }) };
    await db.doors.put({ ...rest, ...place, state: 'loading' });
    await addDeviceReplica(db, row.deviceId, row.secret);
    // What it kept for another event's guests is of no use here.
    for (const other of await db.doors.toArray())
      if (other.deviceId !== row.deviceId && other.state !== 'gone') await returnAll(db, other.deviceId);
  });
}

/** The code was refused: nothing was begun. */
export async function abandonEnrolment(db: EscaleDatabase, deviceId: string): Promise<void> {
  await db.transaction('rw', db.doors, async () => {
    const row = await db.doors.get(deviceId);
    if (row?.state === 'enrolling') await db.doors.delete(deviceId);
  });
}

export async function markReady(db: EscaleDatabase, deviceId: string): Promise<void> {
  await db.doors
    .where('deviceId')
    .equals(deviceId)
    .modify((door: DoorRow) => {
      if (door.state === 'loading') door.state = 'ready';
    });
}

/**
 * A phone is one door: those that it was before are left once the new one is ready, and keep what they have to send; also those that
 * only its clock had closed, and that would open again. Until then a new link that leads nowhere has cost nothing.
 */
export async function leaveEarlier(db: EscaleDatabase, deviceId: string): Promise<void> {
  const doors = await db.doors.toArray();
  const now = doors.find((door) => door.deviceId === deviceId);
  for (const door of doors)
    if (now && (door.state !== 'gone' || door.byClock) && door.createdAt < now.createdAt)
      await leaveDoor(db, door.deviceId);
}

/** The list that this phone works on from now on; the event's own arrivals without one. */
export async function chooseList(db: EscaleDatabase, deviceId: string, listId: string | undefined): Promise<void> {
  await db.transaction('rw', db.doors, async () => {
    const row = await db.doors.get(deviceId);
    if (!row) return;
    const { listId: _, ...rest } = row;
    await db.doors.put(listId === undefined ? rest : { ...rest, listId });
  });
}

/** The person is done with this door: seats that it kept for walk-ins go back, then it is closed. */
export async function leaveDoor(db: EscaleDatabase, deviceId: string): Promise<void> {
  await durably(() =>
    db.transaction('rw', doorTables(db), async () => {
      await returnAll(db, deviceId);
      await closeDoor(db, deviceId);
    }),
  );
}

function doorTables(db: EscaleDatabase) {
  const base = [db.doors, db.scopes, db.loads, db.pages, db.cards, db.items, db.keys, db.settings];
  return [...base, db.replicas, db.outbox, db.allotments];
}

/**
 * Access withdrawn or over: the roster and its key go, arrivals that wait to be sent stay (D5). The seats that it kept for
 * walk-ins go back by the server's own rule, for it takes no word of this phone any more.
 * @param byClock nobody but this device's clock says so
 */
export async function closeDoor(db: EscaleDatabase, deviceId: string, byClock = false): Promise<void> {
  await db.transaction('rw', doorTables(db), async () => {
    const row = await db.doors.get(deviceId);
    if (!row || (row.state === 'gone' && (byClock || !row.byClock))) return;
    const { byClock: _, ...rest } = row;
    await db.doors.put({ ...rest, state: 'gone', ...(byClock ? { byClock } : {}) });
    const others = (await db.doors.toArray()).filter((d) => d.eventId === row.eventId && d.state !== 'gone');
    if (row.eventId && others.length === 0) {
      await dropScope(db, rosterScope(row.eventId));
      await db.keys.delete(rosterScope(row.eventId));
      await settle(db);
    }
    if (byClock) return;
    await endAllotments(db, deviceId);
    await removeLock(db, deviceId);
  });
}

/**
 * Drops rosters that no door of this phone is for: a load that was asked for before its door was closed may end after it (D5).
 */
export async function dropStrayRosters(db: EscaleDatabase): Promise<void> {
  await db.transaction('rw', doorTables(db), async () => {
    const rosters = rosterScope('');
    const scopes = new Set([
      ...(await db.scopes.where('scope').startsWith(rosters).primaryKeys()),
      ...(await db.loads.where('scope').startsWith(rosters).primaryKeys()),
      ...(await db.keys.where('id').startsWith(rosters).primaryKeys()),
    ]);
    if (scopes.size === 0) return;
    for (const { eventId, state, byClock } of await db.doors.toArray())
      if (eventId && (state !== 'gone' || byClock)) scopes.delete(rosterScope(eventId));
    for (const scope of scopes) {
      await dropScope(db, scope);
      await db.keys.delete(scope);
    }
    if (scopes.size > 0) await settle(db);
  });
}

/** The server still trusts a door that this device's clock had closed. */
export async function reopenDoor(db: EscaleDatabase, deviceId: string): Promise<void> {
  await db.transaction('rw', db.doors, async () => {
    const row = await db.doors.get(deviceId);
    if (!row?.byClock) return;
    const { byClock: _, ...rest } = row;
    await db.doors.put({ ...rest, state: 'loading' });
  });
}

/**
 * Closes the doors whose time is over, whether or not the server can be asked. A clock that was set right after it was
 * compared with the server's is off by the old correction, so both the clock and its correction must say so.
 */
export async function closeExpiredDoors(db: EscaleDatabase, clock: number, offset: number): Promise<void> {
  const now = Math.min(clock, clock + offset);
  for (const door of await db.doors.toArray()) {
    if (door.state !== 'gone' && door.expiresAt && Date.parse(door.expiresAt) <= now)
      await closeDoor(db, door.deviceId, true);
  }
}
