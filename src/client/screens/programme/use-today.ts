import type { LocalDate } from '#domain/dates.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { todayHere } from './entries.ts';

/** Today, also for an app that is left open over midnight. */
export function useToday(): LocalDate {
  return todayHere(useClock());
}
