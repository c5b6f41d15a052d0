import type { AgendaDay, AgendaEntry, Booking } from './agenda.ts';
import type { Instant } from './dates.ts';
import { slotBounds } from './dates.ts';

/** How long before an event of one's agenda one is reminded of it. */
export const reminderLeads = ['none', 'hour', 'day'] as const;
export type ReminderLead = (typeof reminderLeads)[number];

const HOUR = 3_600_000;
/** Milliseconds, the longest first: who adds an event when the first is over is reminded at the next. */
const LEADS: Readonly<Record<ReminderLead, readonly number[]>> = { none: [], hour: [HOUR], day: [24 * HOUR, HOUR] };

/**
 * What begins soon enough to be reminded of, is not over and was not said before; and never what one has just added.
 * @param since when an entry came into the agenda, where that is known
 */
export function dueReminders<R extends Booking>(
  days: readonly AgendaDay<R>[],
  lead: ReminderLead,
  said: ReadonlySet<string>,
  now: Instant,
  since: (entry: AgendaEntry<R>) => Instant | undefined = () => undefined,
): AgendaEntry<R>[] {
  return days.flatMap((day) =>
    day.entries.filter((entry) => {
      const { from } = slotBounds(entry.slot);
      const off = entry.event.status === 'cancelled' || entry.event.status === 'postponed';
      const added = since(entry);
      const time = LEADS[lead].find((one) => added === undefined || added < from - one);
      return !off && !said.has(entry.key) && time !== undefined && now >= from - time && now < from;
    }),
  );
}
