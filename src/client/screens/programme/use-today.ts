import type { LocalDate } from '#domain/dates.ts';
import { localOf } from '#domain/dates.ts';
import { useClock } from '#client/hooks/use-clock.ts';

/** Today, also for an app that is left open over midnight. */
export function useToday(): LocalDate {
  return localOf(useClock()).date;
}
