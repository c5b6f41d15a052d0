import type { CheckIn, UndoReason } from '#domain/check-in.ts';
import type { Answers } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import type { CarriedRequest } from '#domain/request-code.ts';
import type { CheckInArgs, LogScan } from '#protocol/check-in.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import type { AdmitWalkIn } from '#protocol/walk-in.ts';
import { correctedNow } from './clock.ts';
import type { DoorRow } from './database.ts';
import { database, durably } from './database.ts';
import { currentDoor } from './door.ts';
import { freeSeats, giveBack, takeSeats } from './door-seats.ts';
import { newId } from './ids.ts';
import { append, enqueue } from './outbox.ts';
import { signal } from './signals.ts';

/**
 * What is done at a door. Each resolves once it is durable on the phone, and waits for no network; each throws a RangeError
 * when this phone is no door of the event, and rejects when the phone could not write: then nothing of it happened.
 */

/** What the phone adds to whatever is done at it. */
type Stamped = 'at' | 'door';

async function doorOf(eventId: Uuid): Promise<DoorRow> {
  const door = await currentDoor(database());
  if (door?.eventId !== eventId) throw new RangeError('not a door of this event');
  return door;
}

const stamp = (): string => new Date(correctedNow()).toISOString();

async function send<N extends MutationName>(door: DoorRow, name: N, args: MutationArgs<N>): Promise<void> {
  await enqueue(database(), door.deviceId, name, args);
  signal('queued');
}

/** Records an arrival, or with `exit` that they left. @param args with `door` where a guide's phone says at which stop it is */
export async function checkIn(
  args: Omit<CheckInArgs, 'checkInId' | Stamped> & Partial<Pick<CheckInArgs, 'door'>>,
): Promise<CheckIn> {
  const { deviceId, door } = await doorOf(args.eventId);
  const made = { door, ...args, checkInId: newId(), at: stamp() };
  await enqueue(database(), deviceId, 'check-in', made);
  signal('queued');
  const { checkInId: id, ticket: _, ...record } = made;
  return { ...record, id, deviceId };
}

/** Records an arrival that a signed paper list tells of, at the time that stands on it. */
export async function checkInFromPaper(
  args: Omit<CheckInArgs, 'checkInId' | 'ticket' | 'exit' | 'answers'>,
): Promise<void> {
  await send(await doorOf(args.eventId), 'check-in', { ...args, checkInId: newId() });
}

/** Takes an arrival, an exit or a walk-in back; both stay on record. The seat that a walk-in took of this phone's is free again. */
export async function undoCheckIn(args: {
  readonly checkInId: Uuid;
  readonly eventId: Uuid;
  readonly reason?: UndoReason;
}): Promise<void> {
  const db = database();
  const { deviceId } = await doorOf(args.eventId);
  const at = stamp();
  const mutationId = newId();
  await durably(() =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      await freeSeats(db, args.checkInId);
      await append(db, deviceId, 'undo-check-in', { ...args, at }, mutationId);
    }),
  );
  signal('queued');
}

/** Decides what a double admission was. */
export async function settleCheckIn(args: {
  readonly checkInId: Uuid;
  readonly eventId: Uuid;
  readonly as: 'mistake' | 'accepted';
}): Promise<void> {
  const door = await doorOf(args.eventId);
  await send(door, 'settle-check-in', { ...args, at: stamp(), door: door.door });
}

/** Says what the person answered to the door's questions, after they were let in. */
export async function answerQuestions(args: {
  readonly checkInId: Uuid;
  readonly eventId: Uuid;
  readonly answers: Answers;
}): Promise<void> {
  const door = await doorOf(args.eventId);
  await send(door, 'answer-questions', { ...args, at: stamp() });
}

export type WalkInOutcome =
  | { readonly kind: 'admitted'; readonly checkIns: readonly CheckIn[] }
  /** The phone holds fewer seats than the party needs; nothing was recorded. */
  | { readonly kind: 'full' };

/** A party may be split over this many allotments; each part is a record of its own. */
const PARTS = 4;

/**
 * Admits people who have no registration.
 * @param limited the subject's seats are counted: they come out of this phone's allotments or not in at all
 */
export async function admitWalkIn(
  args: Omit<AdmitWalkIn, 'checkInId' | 'allotmentId' | Stamped>,
  limited: boolean,
): Promise<WalkInOutcome> {
  const db = database();
  const { deviceId, door } = await doorOf(args.eventId);
  const now = correctedNow();
  const at = new Date(now).toISOString();
  const checkInIds = Array.from({ length: PARTS }, newId);
  const mutationIds = Array.from({ length: PARTS }, newId);
  const { subjectId, count, name, ...rest } = args;
  const made = await durably(() =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      const parts: readonly { allotmentId?: Uuid; count: number; checkInId: Uuid }[] | undefined = limited
        ? await takeSeats(db, { deviceId, subjectId, count, whole: false }, checkInIds, now)
        : [{ count, checkInId: checkInIds[0]! }];
      for (const [i, part] of parts?.entries() ?? [])
        await append(db, deviceId, 'admit-walk-in', { ...args, ...part, at, door }, mutationIds[i]!);
      return parts;
    }),
  );
  if (!made) return { kind: 'full' };
  signal('queued');
  const walkIn = { subjectId, ...(name === undefined ? {} : { name }) };
  return {
    kind: 'admitted',
    checkIns: made.map((part) => ({
      ...rest,
      id: part.checkInId,
      ticketId: part.checkInId,
      count: part.count,
      at,
      deviceId,
      door,
      walkIn,
    })),
  };
}

/** How someone with an unsent request comes in: not at all, freely, or on one of this phone's seats. */
export type Carried = 'outside' | 'free' | 'seat';

/**
 * Takes somebody's own request to the server (P5), and lets them in if they may.
 * @param text as their screen shows it
 * @returns the record when they were let in; undefined when they were not, also because this phone has no seat left for them
 */
export async function carryRequest(
  text: string,
  request: CarriedRequest,
  how: Carried,
  listId: Uuid | undefined,
): Promise<CheckIn | undefined> {
  const db = database();
  const { eventId, subjectId, registrationId, party: count } = request;
  const { deviceId, door } = await doorOf(eventId);
  const now = correctedNow();
  const at = new Date(now).toISOString();
  const checkInId = newId();
  const mutationId = newId();
  const admitted = await durably(() =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      const seat =
        how === 'seat' ? await takeSeats(db, { deviceId, subjectId, count, whole: true }, [checkInId], now) : undefined;
      const enters = how === 'free' || seat !== undefined;
      const allotmentId = seat?.[0]?.allotmentId;
      const arrival = {
        checkInId,
        count,
        at,
        door,
        ...(allotmentId === undefined ? {} : { allotmentId }),
        ...(listId === undefined ? {} : { listId }),
      };
      await append(
        db,
        deviceId,
        'courier',
        { eventId, request: text, ...(enters ? { admitted: arrival } : {}) },
        mutationId,
      );
      return enters;
    }),
  );
  signal('queued');
  if (!admitted) return undefined;
  const place = { eventId, ticketId: registrationId, registrationId, count, at, deviceId, door };
  return { ...place, id: checkInId, ...(listId === undefined ? {} : { listId }) };
}

/** Gives back what is left of an allotment. */
export async function returnAllotment(allotmentId: Uuid): Promise<void> {
  await giveBack(database(), allotmentId);
  signal('queued');
}

/** Writes a remark on a person, for every door of the event. */
export async function addNote(args: {
  readonly eventId: Uuid;
  readonly ticketId: Uuid;
  readonly text: string;
}): Promise<void> {
  const door = await doorOf(args.eventId);
  await send(door, 'add-note', { ...args, noteId: newId(), at: stamp(), door: door.door });
}

/** Notes for the audit trail that someone was not let in. */
export async function logScan(args: Omit<LogScan, 'scanId' | Stamped>): Promise<void> {
  const door = await doorOf(args.eventId);
  await send(door, 'log-scan', { ...args, scanId: newId(), at: stamp(), door: door.door });
}
