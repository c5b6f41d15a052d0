import { DIRECTORY, rosterScope } from '#protocol/scope.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { facts } from '../support/facts.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import type { Group } from './row.ts';
import { rowOf } from './row.ts';
import { Stage } from './stage.ts';
import { fullestEvent } from './sync.ts';

const ROSTER = 100_000;
const TICKETS = 2000;

/** What stands between a code in the picture and the verdict, signature included, on a large roster. */
export const doorGroup: Group = async (log) => {
  log(`making a roster of ${ROSTER} registrations`);
  const stage = await Stage.make('--events', '1', '--registrations', String(ROSTER));
  try {
    const eventId = await fullestEvent(stage);
    const bearer = await stage.enrol(eventId);
    const keys = (await new ProtocolClient(stage.server.url).snapshot(DIRECTORY))
      .filter((item) => item.kind === 'ticket-key')
      .map((item) => item.value as TicketKey);
    const rows = await facts(
      stage.server.options,
      `select ticket from registration where event_id = '${eventId}' and state = 'confirmed' order by email_key limit ${TICKETS}`,
    );
    const tickets = rows.map((row) => String(row['ticket']));
    const { times, admitted } = await stage.measure('verdicts', rosterScope(eventId), bearer, keys, tickets);
    log(`${tickets.length} tickets, ${admitted} admitted`);
    const name = `ticket text to verdict, roster of ${ROSTER}, signature checked (99th percentile)`;
    return [rowOf({ name, unit: 'ms', ours: times, budget: { most: 20 }, by: 'p99' })];
  } finally {
    await stage.end();
  }
};
