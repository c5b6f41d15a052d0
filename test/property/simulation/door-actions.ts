import type { AllotmentRow, DoorRow, OutboxRow, SettingRow } from '#client/store/database.ts';
import { beginEnrolment } from '#client/store/door.ts';
import { beginAllotment, freeSeats, giveBack, takeSeats } from '#client/store/door-seats.ts';
import { newId } from '#client/store/ids.ts';
import { append, enqueue } from '#client/store/outbox.ts';
import { resumeAllotments } from '#client/sync/allotments.ts';
import { takeUp } from '#client/sync/enrolment.ts';
import { undoReasons } from '#domain/check-in.ts';
import { deviceProfiles } from '#domain/door-rules.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import { offerEnrolment } from '#server/services/door/enrolment.ts';
import type { Action } from './actions.ts';
import type { Tab } from './device.ts';
import { rowsOf } from './store/memory-file.ts';
import type { World } from './world.ts';

/** The list of a room inside, beside the arrival at the event. */
const LIST = '00000000-0000-8000-8004-000000000001';

interface Door extends DoorRow {
  readonly eventId: string;
}

/** Does something at the door that the phone is of; false when it is none yet. */
const atDoor =
  (act: (world: World, tab: Tab, door: Door) => boolean): Action =>
  (world, tab) => {
    const doors = rowsOf<DoorRow>(tab.device.file.disk.doors);
    const door = doors.toSorted((a, b) => b.createdAt - a.createdAt)[0];
    return door?.eventId !== undefined && act(world, tab, door as Door);
  };

function queue<N extends MutationName>(world: World, tab: Tab, door: Door, name: N, args: MutationArgs<N>): true {
  const of = 'checkInId' in args ? args.checkInId : door.eventId;
  world.begin(tab, `${name} of ${of}`, () => enqueue(tab.db, door.deviceId, name, args));
  return true;
}

/** The phone's clock, mostly corrected by what it has measured. */
function moment(world: World, tab: Tab): number {
  const settings = rowsOf<SettingRow>(tab.device.file.disk.settings);
  const offset = settings.find((row) => row.key === 'clockOffset')?.value;
  const corrected = typeof offset === 'number' && world.random.chance(0.8) ? offset : 0;
  return tab.device.now() + corrected;
}

function recordOf(world: World, tab: Tab, door: Door) {
  const { random } = world;
  return {
    checkInId: newId(),
    eventId: door.eventId,
    count: random.int(1, 2),
    at: new Date(moment(world, tab)).toISOString(),
    door: door.door,
    ...(random.chance(0.2) ? { listId: LIST } : {}),
  };
}

/** Arrivals and exits of registrations with a ticket and without, and of walk-ins; sometimes of nobody known. */
const arrive = atDoor((world, tab, door) => {
  const { random } = world;
  const known = world.server.state?.registrations ?? [];
  const here = known.filter((row) => row.event_id === door.eventId || random.chance(0.1));
  const row = here.length > 0 && random.chance(0.95) ? random.pick(here) : undefined;
  const walkIns = world.server.state?.checkIns.filter((one) => one.walk_in_subject !== null) ?? [];
  const walkIn = walkIns.length > 0 && random.chance(0.15) ? random.pick(walkIns) : undefined;
  const ticketId = walkIn?.ticket_id ?? row?.ticket_id ?? row?.id ?? newId();
  return queue(world, tab, door, 'check-in', {
    ...recordOf(world, tab, door),
    ticketId,
    ...(row?.ticket && random.chance(0.5) ? { ticket: row.ticket } : {}),
    ...(random.chance(0.2) ? { exit: true as const } : {}),
  });
});

function aRecord(world: World, tab: Tab, door: Door): string | undefined {
  const mine = rowsOf<OutboxRow>(tab.device.file.disk.outbox)
    .filter((row) => row.name === 'check-in' || row.name === 'admit-walk-in')
    .map((row) => (row.args as { checkInId: string }).checkInId);
  const there = world.server.state?.checkIns.filter((row) => row.event_id === door.eventId).map((row) => row.id) ?? [];
  const ids = [...mine, ...there];
  return ids.length > 0 ? world.random.pick(ids) : undefined;
}

const undo = atDoor((world, tab, door) => {
  const checkInId = aRecord(world, tab, door);
  if (checkInId === undefined) return false;
  const { random } = world;
  const at = new Date(moment(world, tab)).toISOString();
  const reason = random.chance(0.5) ? { reason: random.pick(undoReasons) } : {};
  const args = { checkInId, eventId: door.eventId, at, ...reason };
  const mutationId = newId();
  const { db } = tab;
  world.begin(tab, `undo-check-in of ${checkInId}`, () =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      await freeSeats(db, checkInId);
      await append(db, door.deviceId, 'undo-check-in', args, mutationId);
    }),
  );
  return true;
});

const settle = atDoor((world, tab, door) => {
  const checkInId = aRecord(world, tab, door);
  if (checkInId === undefined) return false;
  const { eventId, at, door: name } = recordOf(world, tab, door);
  const as = world.random.pick(['mistake', 'accepted'] as const);
  return queue(world, tab, door, 'settle-check-in', { checkInId, eventId, as, at, door: name });
});

/** What people write and answer, and whom a door does not let in. */
const jot = atDoor((world, tab, door) => {
  const { random } = world;
  const { eventId, at, door: name } = recordOf(world, tab, door);
  const what = random.pick(['note', 'answers', 'scan'] as const);
  if (what === 'scan') {
    const scan = { scanId: newId(), eventId, verdict: 'cancelled', by: 'camera', at, door: name } as const;
    return queue(world, tab, door, 'log-scan', scan);
  }
  if (what === 'answers') {
    const checkInId = aRecord(world, tab, door);
    const answers = { [LIST]: random.pick(['yes', 'no']) };
    return checkInId !== undefined && queue(world, tab, door, 'answer-questions', { checkInId, eventId, answers, at });
  }
  const rows = world.server.state?.registrations.filter((row) => row.event_id === eventId || random.chance(0.1)) ?? [];
  if (rows.length === 0) return false;
  const row = random.pick(rows);
  const note = {
    noteId: newId(),
    eventId,
    ticketId: row.ticket_id ?? row.id,
    text: 'Arrive en retard',
    at,
    door: name,
  };
  return queue(world, tab, door, 'add-note', note);
});

function subjectOf(world: World, door: Door): string | undefined {
  const row = world.server.state?.events.find((one) => one.id === door.eventId);
  const subjects = row ? subjectsOf(JSON.parse(row.data) as ProgrammeEvent) : [];
  return subjects.length > 0 ? world.random.pick(subjects).id : undefined;
}

/** Asks for seats; a lost answer is asked for again, by the next sync too. */
const take = atDoor((world, tab, door) => {
  const subjectId = subjectOf(world, door);
  if (subjectId === undefined) return false;
  const asked = world.random.int(1, 3);
  world.begin(tab, `take ${asked}`, async () => {
    await beginAllotment(tab.db, { deviceId: door.deviceId, eventId: door.eventId, subjectId, asked });
    await resumeAllotments(tab.db, tab.api);
  });
  return true;
});

/** Mostly out of what the phone holds; sometimes what its own app would never do. */
const walkIn = atDoor((world, tab, door) => {
  const { random } = world;
  const subjectId = random.chance(0.95) ? subjectOf(world, door) : newId();
  if (subjectId === undefined) return false;
  const name = random.chance(0.5) ? { name: `Max ${random.int(1, 99)}` } : {};
  const args = { ...recordOf(world, tab, door), subjectId, ...name };
  if (random.chance(0.2)) {
    const known = world.server.state?.allotments ?? [];
    const allotment = known.length > 0 && random.chance(0.7) ? { allotmentId: random.pick(known).id } : {};
    return queue(world, tab, door, 'admit-walk-in', { ...args, ...allotment });
  }
  const now = moment(world, tab);
  const { db } = tab;
  const ids = [args.checkInId, newId(), newId()];
  const mutationIds = ids.map(() => newId());
  const wanted = { deviceId: door.deviceId, subjectId, count: args.count, whole: false };
  world.begin(tab, `admit-walk-in of ${args.checkInId}`, () =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      const parts = (await takeSeats(db, wanted, ids, now)) ?? [];
      for (const [i, part] of parts.entries())
        await append(db, door.deviceId, 'admit-walk-in', { ...args, ...part }, mutationIds[i]!);
    }),
  );
  return true;
});

const giveSeatsBack = atDoor((world, tab) => {
  const held = rowsOf<AllotmentRow>(tab.device.file.disk.allotments).filter((row) => row.state === 'held');
  if (held.length === 0) return false;
  const { id } = world.random.pick(held);
  world.begin(tab, `return ${id}`, () => giveBack(tab.db, id));
  return true;
});

/** Reads a code from somebody's screen, lets them in or not, on a seat or without, and takes the request along. */
const carry = atDoor((world, tab, door) => {
  const { random } = world;
  const codes = [...world.requests].filter(([, one]) => one.eventId === door.eventId || random.chance(0.05));
  if (codes.length === 0) return false;
  const [code, request] = random.pick(codes);
  const { eventId, ...record } = recordOf(world, tab, door);
  const text = random.chance(0.95) ? code : `${code.slice(0, -20)}${code.slice(-19)}0`;
  const how = random.pick(['outside', 'free', 'seat', 'seat'] as const);
  const now = moment(world, tab);
  const { db } = tab;
  const mutationId = newId();
  const { subjectId, party: count } = request;
  world.begin(tab, `courier of ${request.registrationId}`, () =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      const wanted = { deviceId: door.deviceId, subjectId, count, whole: true };
      const seat = how === 'seat' ? await takeSeats(db, wanted, [record.checkInId], now) : undefined;
      const allotment = seat?.[0] ? { allotmentId: seat[0].allotmentId } : {};
      const enters = how === 'free' || seat !== undefined;
      const args = { eventId, request: text, ...(enters ? { admitted: { ...record, count, ...allotment } } : {}) };
      await append(db, door.deviceId, 'courier', args, mutationId);
    }),
  );
  return true;
});

/** The desk shows a code and the phone takes it; the desk's half may be lost with the server. */
const enrol: Action = (world, tab) => {
  const { ctx, process } = world.machine;
  const ids = world.server.state?.events.map((row) => row.id) ?? [];
  if (!ctx || !process || ids.length === 0) return false;
  const eventId = world.random.pick(ids);
  const profile = world.random.chance(0.8) ? 'full' : world.random.pick(deviceProfiles);
  const offer = offerEnrolment(ctx, eventId, 'http://sim', undefined, { profile }).catch(() => undefined);
  world.begin(tab, `enrol for ${eventId.slice(-2)}`, async () => {
    const offered = await offer;
    if (!offered) return;
    const row = await beginEnrolment(tab.db, offered.code, 'Téléphone', 'Nord');
    await takeUp(tab.db, tab.api, row);
  });
  return true;
};

export const atTheDoor = { enrol, arrive, undo, settle, jot, take, walkIn, giveSeatsBack, carry } as const;
