import { useCallback, useEffect, useState } from 'react';

/** Milliseconds after the last exit when the door goes back to arrivals by itself. */
const FORGOTTEN = 120_000;

export interface ExitMode {
  readonly exit: boolean;
  readonly set: (exit: boolean) => void;
  /** Somebody has just left: the time begins anew. */
  readonly used: () => void;
}

/**
 * Whether the door notes who leaves. It never stays so by oversight: who forgets it would send people home who are only just
 * coming in, so that some time after the last exit, and at every start, the door takes arrivals.
 */
export function useExitMode(allowed: boolean): ExitMode {
  const [since, setSince] = useState<number>();
  const exit = allowed && since !== undefined;
  useEffect(() => {
    if (since === undefined) return undefined;
    const timer = setTimeout(() => setSince(undefined), since + FORGOTTEN - Date.now());
    return () => clearTimeout(timer);
  }, [since]);
  const set = useCallback((on: boolean) => setSince(on ? Date.now() : undefined), []);
  const used = useCallback(() => setSince((before) => (before === undefined ? undefined : Date.now())), []);
  return { exit, set, used };
}
