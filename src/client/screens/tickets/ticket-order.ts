import type { RegistrationView } from '#client/store/registrations-view.ts';
import type { Instant } from '#domain/dates.ts';
import { slotBounds } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf } from '#domain/programme.ts';

/**
 * Tickets that can still be used, soonest first, those without a known day at the end; then the others, latest first.
 * What waits to be sent is among the first, whatever it is: something of the person's is still under way.
 */
export function sortTickets(
  registrations: readonly RegistrationView[],
  eventOf: (id: string) => ProgrammeEvent | undefined,
  now: Instant,
): { upcoming: RegistrationView[]; past: RegistrationView[] } {
  const dated = registrations.map((registration) => {
    const event = eventOf(registration.eventId);
    const bounds = event ? slotsOf(event, registration.subjectId).map(slotBounds) : [];
    const over = bounds.length > 0 && bounds.every(({ to }) => to <= now);
    const gone = registration.state === 'cancelled' || registration.state === 'refused';
    const next = bounds.filter(({ to }) => to > now).map(({ from }) => from);
    const at = Math.min(...(next.length > 0 ? next : bounds.map(({ from }) => from)), Number.MAX_SAFE_INTEGER);
    return { registration, at, past: (over || gone) && !registration.pending };
  });
  const pick = (past: boolean) => dated.filter((one) => one.past === past);
  return {
    upcoming: pick(false)
      .toSorted((a, b) => a.at - b.at)
      .map((one) => one.registration),
    past: pick(true)
      .toSorted((a, b) => b.at - a.at)
      .map((one) => one.registration),
  };
}
