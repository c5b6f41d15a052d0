import { createPublicKey, verify } from 'node:crypto';
import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { CarriedRequest, ReadRequest } from '#domain/request-code.ts';
import { readCode } from '#domain/ticket.ts';
import type { Courier } from '#protocol/courier.ts';
import type { Refusal } from '#protocol/push.ts';
import type { Register } from '#protocol/register.ts';
import { register as registerSchema } from '#protocol/register.ts';
import type { Tx } from '../../db/units.ts';
import { lockSeats, payment } from './allotments.ts';
import { addCheckIn, arrivalRow, checkInById } from './arrivals.ts';
import type { Context } from '../context.ts';
import type { Device } from './door-access.ts';
import { claimed, isDoorOf, withdrawn } from './door-access.ts';
import { doorRulesOf } from './door-rules.ts';
import type { Identity } from '../people/identity.ts';
import type { RegistrationRow } from '../sync/items.ts';
import { confirmWith, place } from '../registration/registrations.ts';
import { seatWalkIn } from './walk-ins.ts';

type Admission = NonNullable<Courier['admitted']>;

/**
 * P5: takes the request of a person whose phone could not send it, once, whether their own copy comes before, after or meanwhile:
 * both look, under the subject's lock, for what became of the other. The answer is about the courier's part: `applied` when the
 * request was delivered, whatever the rule said to it, and the arrival with it; `allotment_over` when they were let in and no
 * seat was left for them.
 */
export async function courier(ctx: Context, tx: Tx, who: Identity, args: Courier): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId)) return 'forbidden';
  const { admitted } = args;
  const late = admitted && withdrawn(who, admitted.at);
  if (late) return late;
  const read = readCode(args.request);
  if (read.kind !== 'request' || !isWhole(read) || read.request.eventId !== who.eventId) return 'invalid';
  const request = v.safeParse(registerSchema, registrationOf(read.request));
  if (!request.success) return 'invalid';

  const locked = await lockSeats(ctx, tx, request.output.subjectId);
  const arrival = admitted && (await checkInById(tx, admitted.checkInId));
  if (arrival && arrival.device_id !== who.deviceId) return 'invalid';
  const carried = read.request;
  if (!(await wasCarried(tx, carried)) && !(await hasOwnAnswer(tx, carried))) {
    const allotmentId = admitted?.allotmentId;
    const paid = locked && allotmentId ? await payment(tx, locked, who, allotmentId, carried.party) : undefined;
    const at = admitted && Date.parse(claimed(admitted.at, ctx.clock()));
    const answer = await place(ctx, tx, locked, carried.holderId, request.output, { paid, at });
    if (answer === 'invalid') return 'invalid';
    await tx.db
      .insertInto('couriered')
      .values({
        mutation_id: carried.mutationId,
        holder_id: carried.holderId,
        registration_id: carried.registrationId,
        event_id: who.eventId,
        device_id: who.deviceId,
        outcome: answer === 'applied' ? 'applied' : 'refused',
        reason: answer === 'applied' ? null : answer,
        at: ctx.clock(),
      })
      // Under a mutation's id that somebody else has used: theirs stays.
      .onConflict((c) => c.column('mutation_id').doNothing())
      .execute();
  }
  if (!admitted || arrival) return 'applied';
  return (await arrive(ctx, tx, who, carried, admitted)) ? 'applied' : 'allotment_over';
}

/**
 * Records that they came in: on their registration where it has a seat; on one that waits for one or for an answer, with the seat
 * that the door gave, or without one where seats are not limited or the event lets in who has asked; and where it was refused or
 * cancelled, as a walk-in in the door's seat. A second door's admission of the same person takes no second seat.
 * @returns false when there is no seat
 */
async function arrive(
  ctx: Context,
  tx: Tx,
  who: Device,
  request: CarriedRequest,
  admitted: Admission,
): Promise<boolean> {
  const { registrationId: id, holderId, subjectId } = request;
  // Placing the request has changed the seats.
  const locked = await lockSeats(ctx, tx, subjectId);
  let registration = await registrationBy(tx, id, holderId);
  if (locked && (registration?.state === 'requested' || registration?.state === 'waitlisted')) {
    if (admitted.allotmentId !== undefined) {
      const paid = await payment(tx, locked, who, admitted.allotmentId, registration.party);
      if (!paid) return false;
      registration = await confirmWith(ctx, tx, locked, registration, paid);
    } else if (locked.row.capacity !== null && !(await doorRulesOf(tx.db, who.eventId)).admitsRequested) return false;
  }
  if (registration && registration.state !== 'refused' && registration.state !== 'cancelled') {
    const guest = { ticket_id: registration.ticket_id ?? id, registration_id: id };
    await addCheckIn(tx, arrivalRow(ctx, who, admitted, guest));
    return true;
  }
  const guest = { ticket_id: id, registration_id: null };
  const row = arrivalRow(ctx, who, admitted, guest);
  if (await isInside(tx, who.eventId, id)) {
    await addCheckIn(tx, row);
    return true;
  }
  const paid = locked && (await payment(tx, locked, who, admitted.allotmentId, admitted.count));
  if (locked && !paid) return false;
  const name = `${request.firstName} ${request.lastName}`;
  await seatWalkIn(tx, locked, paid, { ...row, walk_in_subject: subjectId, walk_in_name: name });
  return true;
}

/** Whether a courier has brought this very request before. */
async function wasCarried(tx: Tx, request: CarriedRequest): Promise<boolean> {
  const row = await tx.db
    .selectFrom('couriered')
    .select('mutation_id')
    .where('mutation_id', '=', request.mutationId)
    .where('holder_id', '=', request.holderId)
    .where('registration_id', '=', request.registrationId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the attendee's own copy has had its answer: applied or refused, it had its effect. */
async function hasOwnAnswer(tx: Tx, request: CarriedRequest): Promise<boolean> {
  const row = await tx.db
    .selectFrom('mutation_result')
    .innerJoin('replica', 'replica.id', 'mutation_result.replica_id')
    .select('mutation_result.seq')
    .where('mutation_result.mutation_id', '=', request.mutationId)
    .where('replica.owner', '=', request.holderId)
    .where('mutation_result.name', '=', 'register')
    .executeTakeFirst();
  return row !== undefined;
}

function registrationBy(tx: Tx, id: Uuid, holderId: string): Promise<RegistrationRow | undefined> {
  const byId = tx.db.selectFrom('registration').selectAll().where('id', '=', id);
  return byId.where('holder_id', '=', holderId).executeTakeFirst();
}

async function isInside(tx: Tx, eventId: Uuid, ticketId: Uuid): Promise<boolean> {
  const row = await tx.db
    .selectFrom('check_in')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('event_id', '=', eventId)
    .where('walk_in_subject', 'is not', null)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

function registrationOf(request: CarriedRequest): Register {
  const { mutationId: _, holderId: __, askedAt: ___, ...registration } = request;
  return registration;
}

/** The signature proves that the request is as its maker's phone wrote it, and no more: anybody makes a key. */
function isWhole({ publicKey, body, signature }: ReadRequest): boolean {
  const x = Buffer.from(publicKey).toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, body, key, signature);
  } catch {
    // Not a point of the curve.
    return false;
  }
}
