import type { AgendaDay, AgendaEntry, Booking } from './agenda.ts';
import type { Instant } from './dates.ts';
import { slotBounds } from './dates.ts';

/** How long before an event of one's agenda one is reminded of it. */
export const reminderLeads = ['none', 'hour', 'day'] as const;
export type ReminderLead = (typeof reminderLeads)[number];

const LEADS: Readonly<Record<Exclude<ReminderLead, 'none'>, number>> = { hour: 3_600_000, day: 86_400_000 };

/** What takes place in this long or less has begun to matter, and is not over; what was said once is not said again. */
export function dueReminders<R extends Booking>(
  days: readonly AgendaDay<R>[],
  lead: ReminderLead,
  said: ReadonlySet<string>,
  now: Instant,
): AgendaEntry<R>[] {
  if (lead === 'none') return [];
  return days.flatMap((day) =>
    day.entries.filter((entry) => {
      const { from } = slotBounds(entry.slot);
      const off = entry.event.status === 'cancelled' || entry.event.status === 'postponed';
      return !off && !said.has(entry.key) && now >= from - LEADS[lead] && now < from;
    }),
  );
}
