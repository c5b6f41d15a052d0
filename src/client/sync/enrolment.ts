import * as v from 'valibot';
import { deviceBearer } from '#protocol/credential.ts';
import { enrolled, enrolmentCode } from '#protocol/enrolment.ts';
import type { ProblemCode } from '#protocol/problem.ts';
import { DIRECTORY, rosterScope } from '#protocol/scope.ts';
import type { DoorRow, EscaleDatabase } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { abandonEnrolment, beginEnrolment, finishEnrolment, leaveEarlier, markReady } from '#client/store/door.ts';
import { signal } from '#client/store/signals.ts';
import type { Trouble } from './api.ts';
import { Api, troubleOf } from './api.ts';

/**
 * `enrolled`: the phone is a door; its roster is on the way, and `useDoor().door.state` becomes `ready`. `refused`: with the
 * server's reason. `unreachable`: it is asked for again by itself as soon as the server can be reached.
 */
export type EnrolOutcome =
  | { readonly kind: 'enrolled' }
  | { readonly kind: 'refused'; readonly code: ProblemCode | 'malformed' }
  | { readonly kind: 'unreachable' };

/**
 * Enrols this phone with a one-time code.
 * @param name of the phone, for the organiser's list
 * @param door what the place is called, written with every arrival
 */
export async function enrol(code: string, name: string, door: string): Promise<EnrolOutcome> {
  const parsed = v.safeParse(enrolmentCode, code);
  if (!parsed.success) return { kind: 'refused', code: 'malformed' };
  const db = database();
  const row = await beginEnrolment(db, parsed.output, name, door);
  const outcome = await takeUp(db, new Api(), row);
  signal('wanted');
  if (outcome.kind === 'enrolled') signal('kept');
  return outcome;
}

/** Asks the server for an enrolment that was begun; asked again with the same id and secret it is the same one. */
export async function takeUp(db: EscaleDatabase, api: Api, row: DoorRow): Promise<EnrolOutcome> {
  const { code, deviceId, secret, name, door } = row;
  const answer = await api.json({ path: '/enrolments', body: { code, deviceId, secret, name, door } }, enrolled);
  if (answer.kind === 'ok') {
    await finishEnrolment(db, answer.value);
    return { kind: 'enrolled' };
  }
  if (answer.kind === 'unreachable' || troubleOf(answer)) return { kind: 'unreachable' };
  await abandonEnrolment(db, deviceId);
  return { kind: 'refused', code: answer.problem.code };
}

/** Takes up again what a killed app or a lost answer left half done. */
export async function resumeEnrolments(db: EscaleDatabase, api: Api): Promise<void> {
  const begun = await db.doors.filter((door) => door.state === 'enrolling' && door.code !== undefined).toArray();
  for (const row of begun) await takeUp(db, api, row);
}

/** Tells the server of doors that have roster and keys: their enrolment is complete. */
export async function reportReady(db: EscaleDatabase, api: Api): Promise<Trouble | undefined> {
  const doors = await db.doors.filter((door) => door.state === 'loading').toArray();
  for (const { deviceId, secret, eventId } of doors) {
    const roster = eventId && (await db.scopes.get(rosterScope(eventId)));
    if (!roster || !(await db.scopes.get(DIRECTORY))) continue;
    const answer = await api.bytes({
      path: '/devices/ready',
      bearer: deviceBearer(deviceId, secret),
      body: { rosterCursor: roster.cursor },
    });
    const trouble = troubleOf(answer);
    if (trouble) return trouble;
    if (answer.kind !== 'ok') continue;
    // In this order: cut off in between it is reported once more.
    await leaveEarlier(db, deviceId);
    await markReady(db, deviceId);
  }
  return undefined;
}
