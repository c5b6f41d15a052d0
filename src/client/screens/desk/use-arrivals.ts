import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeskArrivals } from '#protocol/desk.ts';
import type { Uuid } from '#domain/ids.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { arrivalsStream, readArrivals } from '#client/platform/desk.ts';
import { recallDesk } from '#client/platform/desk-memory.ts';

export interface Arrivals {
  readonly value?: DeskArrivals;
  /** When the numbers were counted, device's clock. */
  readonly at?: number;
  /** `live`: told of each change; `asking`: asked for again now and then; `recalled`: the numbers of an earlier visit. */
  readonly state: 'live' | 'asking' | 'recalled';
  readonly failure?: CallFailure['reason'];
  readonly loading: boolean;
  readonly reload: () => void;
}

/** Milliseconds between two questions when the stream says much, and when it says nothing. */
const SOON = 1000;
const QUIET = 60_000;
const FIRST_RETRY = 4000;

/**
 * The arrivals of an event, kept up to date while the page is seen: the server says that something has changed and is asked again;
 * where its stream does not come through, it is asked on a timer that waits longer after each failure.
 */
export function useArrivals(eventId: Uuid): Arrivals {
  const [state, setState] = useState<Omit<Arrivals, 'reload'>>(() => {
    const recalled = recallDesk(eventId);
    return recalled?.arrivals
      ? { value: recalled.arrivals, at: recalled.at, state: 'recalled', loading: true }
      : { state: 'asking', loading: true };
  });
  const ask = useRef<() => void>(() => undefined);

  useEffect(() => {
    let ended = false;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let under = false;
    let again = false;
    let retry = FIRST_RETRY;
    let due = Number.POSITIVE_INFINITY;
    let asked = 0;

    /** The earlier of two wishes stands: a busy evening must not push the question away. */
    const wait = (milliseconds: number): void => {
      const when = performance.now() + milliseconds;
      if (when >= due) return;
      due = when;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), milliseconds);
    };
    const run = async (): Promise<void> => {
      if (ended || document.visibilityState === 'hidden') return;
      if (under) {
        again = true;
        return;
      }
      under = true;
      clearTimeout(timer);
      due = Number.POSITIVE_INFINITY;
      asked = performance.now();
      const called = await readArrivals(eventId);
      under = false;
      if (ended) return;
      if (called.kind === 'done') {
        retry = FIRST_RETRY;
        const live = source?.readyState === EventSource.OPEN;
        setState({ value: called.value, at: Date.now(), state: live ? 'live' : 'asking', loading: false });
        listen();
        wait(again ? SOON : live ? QUIET : FIRST_RETRY);
      } else {
        const { reason } = called;
        const gone = reason === 'forbidden' || reason === 'not_found' || reason === 'sign_in_required';
        setState((before) => ({ ...(gone ? { state: 'asking' } : before), failure: reason, loading: false }));
        if (!gone) {
          wait(retry * (0.75 + Math.random() / 2));
          retry = Math.min(QUIET, retry * 2);
        }
      }
      again = false;
    };
    const listen = (): void => {
      if (source && source.readyState !== EventSource.CLOSED) return;
      source = new EventSource(arrivalsStream(eventId));
      source.addEventListener('changed', () => {
        if (under) again = true;
        else wait(Math.max(SOON / 4, asked + SOON - performance.now()));
      });
    };
    const onVisibility = (): void => {
      if (document.visibilityState === 'visible') void run();
      else {
        clearTimeout(timer);
        source?.close();
      }
    };
    ask.current = () => {
      setState((before) => ({ ...before, loading: true }));
      void run();
    };
    const onOnline = (): void => void run();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    void run();
    return () => {
      ended = true;
      clearTimeout(timer);
      source?.close();
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
    };
  }, [eventId]);

  const reload = useCallback(() => ask.current(), []);
  return { ...state, reload };
}
