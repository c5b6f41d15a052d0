import { useEffect, useState } from 'react';

/** Milliseconds until what was not there is asked for again, at first; then twice as long each time. */
const FIRST = 4000;
const LONGEST = 20_000;

/**
 * A picture that may not be at hand: it is left out once it could not be had, and asked for again when a network comes; where it is
 * awaited, also by and by.
 * @returns whether it is to be shown, and what its `img` calls when it cannot
 */
export function useArriving(source: string | undefined, awaited = false): { shown: boolean; onError: () => void } {
  const [missed, setMissed] = useState({ source, times: 0, missing: false });
  const times = missed.source === source ? missed.times : 0;
  const missing = missed.source === source && missed.missing;
  useEffect(() => {
    if (!missing) return undefined;
    const again = (): void => setMissed((last) => ({ ...last, missing: false }));
    const timer = awaited ? setTimeout(again, Math.min(LONGEST, FIRST * 2 ** (times - 1))) : undefined;
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [missing, times, awaited]);
  return {
    shown: source !== undefined && !missing,
    onError: () => setMissed({ source, times: times + 1, missing: true }),
  };
}
