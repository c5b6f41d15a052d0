import { useEffect, useState } from 'react';
import type { LocalDate } from '#domain/dates.ts';
import { todayHere, untilTomorrow } from './entries.ts';

/** Today, also for an app that is left open over midnight. */
export function useToday(): LocalDate {
  const [today, setToday] = useState(() => todayHere(Date.now()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      clearTimeout(timer);
      timer = setTimeout(look, untilTomorrow(Date.now()) + 1000);
      setToday(todayHere(Date.now()));
    };
    timer = setTimeout(look, untilTomorrow(Date.now()) + 1000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return today;
}
