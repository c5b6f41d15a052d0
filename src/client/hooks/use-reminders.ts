import { useMemo } from 'react';
import type { AgendaEntry } from '#domain/agenda.ts';
import { agendaOf } from '#domain/agenda.ts';
import type { ReminderLead } from '#domain/reminder.ts';
import { dueReminders } from '#domain/reminder.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import { claimReminder, notedAt, reminded } from '#client/store/reminders.ts';
import { useClock } from './use-clock.ts';
import { useEventsById } from './use-events.ts';
import { useFavourites } from './use-favourites.ts';
import { useLive } from './use-live.ts';
import { useRegistrations } from './use-registrations.ts';
import { useSetting } from './use-setting.ts';

/** When nothing was chosen. */
export const DEFAULT_LEAD: ReminderLead = 'day';

export interface Reminders {
  readonly due: readonly AgendaEntry<RegistrationView>[];
  /** Said: by a notification, or seen in the app. False when it had been already. */
  readonly say: (key: string) => Promise<boolean>;
}

/** What of the agenda begins soon and was not said yet. */
export function useReminders(): Reminders {
  const registrations = useRegistrations();
  const { ids: noted } = useFavourites();
  const said = useLive(reminded);
  const at = useLive(notedAt);
  const [lead] = useSetting('reminder');
  const now = useClock();
  const booked = registrations.filter((r) => r.state !== 'refused' && r.state !== 'cancelled');
  const found = useEventsById([...new Set([...noted, ...booked.map((r) => r.eventId)])]);
  const { days } = useMemo(
    () =>
      agendaOf(
        [...found.values()].flatMap(({ event }) => event ?? []),
        noted,
        registrations,
      ),
    [found, noted, registrations],
  );
  const since = ({ event, registration }: AgendaEntry<RegistrationView>): number | undefined =>
    registration ? Date.parse(registration.requestedAt) : at?.get(event.id);
  const due = said && at ? dueReminders(days, lead ?? DEFAULT_LEAD, said, now, since) : [];
  return { due, say: claimReminder };
}
