import type { Uuid } from '#domain/ids.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import { toldAtDoor } from '#domain/registration-question.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import { hidingNames } from '../door/door-rules.ts';
import { answersOf, rosterItem } from '../sync/items.ts';

/** Which answers the doors are told has changed with the form: those who have answered are told anew. */
export async function retellAnswers(tx: Tx, eventId: Uuid, form: RegistrationForm | undefined): Promise<void> {
  const rows = await tx.db
    .selectFrom('registration')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('answers', 'is not', null)
    .execute();
  if (rows.length === 0) return;
  const hiddenNames = (await hidingNames(tx, [eventId])).has(eventId);
  for (const row of rows) {
    const now = toldAtDoor(form, answersOf(row.answers));
    const told = now ? JSON.stringify(now) : null;
    if (told === row.told) continue;
    await tx.db.updateTable('registration').set({ told }).where('id', '=', row.id).execute();
    tx.log(rosterScope(eventId), 'entry', row.id, rosterItem({ ...row, told }, hiddenNames));
  }
}
