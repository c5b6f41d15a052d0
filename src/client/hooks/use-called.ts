import { useCallback, useEffect, useRef, useState } from 'react';
import type { Called, CallFailure } from '#client/platform/session.ts';

export interface Loaded<T> {
  readonly value?: T;
  /** Of the latest call; the value of an earlier one stays in sight. */
  readonly failure?: CallFailure['reason'];
  readonly loading: boolean;
  /** When the value came, device's clock. */
  readonly at?: number;
  readonly reload: () => void;
}

/** Calls the server when the page opens, when `load` changes and when asked again; only the latest answer counts. */
export function useCalled<T>(load: () => Promise<Called<T>>): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ loading: true });
  const latest = useRef(0);
  const run = useCallback(() => {
    const number = ++latest.current;
    setState((before) => ({ ...before, loading: true }));
    void load().then((called) => {
      if (number !== latest.current) return;
      setState((before) =>
        called.kind === 'done'
          ? { value: called.value, at: Date.now(), loading: false }
          : {
              ...(before.value === undefined || gone(called.reason) ? {} : { value: before.value }),
              ...(before.at === undefined ? {} : { at: before.at }),
              failure: called.reason,
              loading: false,
            },
      );
    });
  }, [load]);
  useEffect(() => {
    const calls = latest;
    run();
    return () => {
      calls.current++;
    };
  }, [run]);
  return { ...state, reload: run };
}

/** What must no longer be looked at. */
function gone(reason: CallFailure['reason']): boolean {
  return reason === 'sign_in_required' || reason === 'forbidden' || reason === 'not_found';
}
