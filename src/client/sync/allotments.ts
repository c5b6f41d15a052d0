import { deviceBearer } from '#protocol/credential.ts';
import type { ProblemCode } from '#protocol/problem.ts';
import { allotment } from '#protocol/walk-in.ts';
import type { AllotmentRow, EscaleDatabase } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { currentDoor } from '#client/store/door.ts';
import { abandonAllotment, beginAllotment, finishAllotment } from '#client/store/door-seats.ts';
import { Api, troubleOf } from './api.ts';

/**
 * `given`: so many seats, which may be fewer than asked for. `refused`: with the server's reason, `no_seats` when none is free.
 * `unreachable`: asked for again by itself as soon as the server can be reached.
 */
export type AllotmentOutcome =
  | { readonly kind: 'given'; readonly seats: number }
  | { readonly kind: 'refused'; readonly code: ProblemCode }
  | { readonly kind: 'unreachable' };

/** Asks for seats of a subject that this phone may give to walk-ins without a network. Throws a RangeError when it is no door. */
export async function takeAllotment(subjectId: string, seats: number): Promise<AllotmentOutcome> {
  const db = database();
  const door = await currentDoor(db);
  if (!door?.eventId || door.state !== 'ready') throw new RangeError('not a door');
  const { deviceId, eventId } = door;
  const row = await beginAllotment(db, { deviceId, eventId, subjectId, asked: seats });
  return ask(db, new Api(), row);
}

async function ask(db: EscaleDatabase, api: Api, row: AllotmentRow): Promise<AllotmentOutcome> {
  const door = await db.doors.get(row.deviceId);
  if (!door) return { kind: 'refused', code: 'forbidden' };
  const answer = await api.json(
    {
      path: '/door/allotments',
      bearer: deviceBearer(door.deviceId, door.secret),
      body: { allotmentId: row.id, subjectId: row.subjectId, seats: row.asked },
    },
    allotment,
  );
  if (answer.kind === 'ok') {
    await finishAllotment(db, answer.value);
    return { kind: 'given', seats: answer.value.seats };
  }
  if (answer.kind === 'unreachable' || troubleOf(answer)) return { kind: 'unreachable' };
  await abandonAllotment(db, row.id);
  return { kind: 'refused', code: answer.problem.code };
}

/** Asks again for what a lost answer left open. */
export async function resumeAllotments(db: EscaleDatabase, api: Api): Promise<void> {
  const open = await db.allotments.filter((row) => row.state === 'asking').toArray();
  for (const row of open) await ask(db, api, row);
}
