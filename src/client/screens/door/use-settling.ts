import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';

/**
 * Passes a value on once it has not changed for a while, or at once when what it belongs to leaves the screen: the next guest
 * may come in between, and nothing that was entered is lost.
 * @param calm milliseconds
 */
export function useSettling<T>(pass: (value: T) => void, calm: number): (value: T) => void {
  const [entered, setEntered] = useState<{ readonly value: T }>();
  const open = useRef<{ readonly value: T }>(undefined);
  const settle = useEffectEvent(() => {
    const last = open.current;
    open.current = undefined;
    if (last) pass(last.value);
  });
  useEffect(() => {
    if (!entered) return undefined;
    const timer = setTimeout(() => settle(), calm);
    return () => clearTimeout(timer);
  }, [entered, calm]);
  useEffect(() => () => settle(), []);
  return useCallback((value: T) => {
    open.current = { value };
    setEntered({ value });
  }, []);
}
