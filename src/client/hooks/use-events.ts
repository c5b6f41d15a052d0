import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import type { EventView } from '#client/store/events.ts';
import { eventById } from '#client/store/events.ts';

/** Several events in full by id, each with its own state; the same map until one of them changes. */
export function useEventsById(ids: readonly string[]): ReadonlyMap<string, EventView> {
  const key = ids.join(' ');
  const lives = useMemo(
    () => [...new Set(key.split(' ').filter(Boolean))].map((id) => ({ id, live: eventById(id) })),
    [key],
  );
  const last = useRef<ReadonlyMap<string, EventView>>(new Map());
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = lives.map(({ live }) => live.subscribe(listener));
      return () => leave.forEach((one) => one());
    },
    [lives],
  );
  const read = useCallback(() => {
    const same =
      last.current.size === lives.length && lives.every(({ id, live }) => last.current.get(id) === live.get());
    if (!same) last.current = new Map(lives.map(({ id, live }) => [id, live.get()]));
    return last.current;
  }, [lives]);
  return useSyncExternalStore(subscribe, read);
}
