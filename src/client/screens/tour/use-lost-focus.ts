import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

/** For what takes the place of something that had the focus: it takes the focus over, unless the person is elsewhere. */
export function useLostFocus<Element extends HTMLElement>(): RefObject<Element | null> {
  const element = useRef<Element>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) element.current?.focus({ preventScroll: true });
  }, []);
  return element;
}
