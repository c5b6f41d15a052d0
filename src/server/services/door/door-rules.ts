import type { Kysely } from 'kysely';
import * as v from 'valibot';
import { defaultDoorRules } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import type { DoorRulesMessage } from '#protocol/door-rules.ts';
import { doorRules } from '#protocol/door-rules.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { Schema } from '../../db/schema.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { requireEvent } from '../desk/desk.ts';
import { openRoster } from '../programme/events.ts';
import { checkInItem, rosterItem } from '../sync/items.ts';

const unset = v.parse(doorRules, defaultDoorRules);

/** What the organiser has set for the doors of an event, or what holds until they do. */
export async function doorRulesOf(db: Kysely<Schema>, eventId: Uuid): Promise<DoorRulesMessage> {
  const row = await db.selectFrom('door_rules').select('data').where('event_id', '=', eventId).executeTakeFirst();
  return row ? (JSON.parse(row.data) as DoorRulesMessage) : unset;
}

/** Which of these events hide names from their doors. */
export async function hidingNames(tx: Tx, eventIds: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  const rows = await tx.db
    .selectFrom('door_rules')
    .select('event_id')
    .where('event_id', 'in', eventIds)
    .where('hidden_names', '=', 1)
    .execute();
  return new Set(rows.map((row) => row.event_id));
}

/** @throws ProblemError `not_found`; `forbidden` when the account may not run the event */
export async function readDoorRules(ctx: Context, account: Account, eventId: Uuid): Promise<DoorRulesMessage> {
  await requireEvent(ctx, account, eventId, 'reading');
  return doorRulesOf(ctx.db.read, eventId);
}

/**
 * Sets the rules and tells the doors. When names are hidden or shown again, the roster is told anew; the subjects are locked
 * first, so that no registration under way writes its name after that.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function setDoorRules(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  rules: DoorRulesMessage,
): Promise<DoorRulesMessage> {
  await requireEvent(ctx, account, eventId);
  await ctx.db.units.one(async (tx) => {
    if (tx.kind === 'postgres') {
      const subjects = tx.db.selectFrom('subject').select('id').where('event_id', '=', eventId).orderBy('id');
      await subjects.forNoKeyUpdate().execute();
      await tx.db.selectFrom('event').select('id').where('id', '=', eventId).forNoKeyUpdate().execute();
    }
    await openRoster(tx, eventId);
    const hid = (await hidingNames(tx, [eventId])).has(eventId);
    const row = { data: JSON.stringify(rules), hidden_names: rules.hiddenNames ? 1 : 0 };
    await tx.db
      .insertInto('door_rules')
      .values({ event_id: eventId, ...row })
      .onConflict((c) => c.column('event_id').doUpdateSet(row))
      .execute();
    tx.log(rosterScope(eventId), 'door-rules', eventId, rules);
    if (rules.hiddenNames !== hid) await relogNames(tx, eventId, rules.hiddenNames);
  });
  return rules;
}

async function relogNames(tx: Tx, eventId: Uuid, hiddenNames: boolean): Promise<void> {
  const scope = rosterScope(eventId);
  const entries = await tx.db.selectFrom('registration').selectAll().where('event_id', '=', eventId).execute();
  for (const row of entries) tx.log(scope, 'entry', row.id, rosterItem(row, hiddenNames));
  const walkIns = await tx.db
    .selectFrom('check_in')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('walk_in_name', 'is not', null)
    .execute();
  for (const row of walkIns) tx.log(scope, 'check-in', row.id, checkInItem(row, hiddenNames));
}
