import { useLayoutEffect, useRef } from 'react';
import { useLocation, NavigationType, useNavigationType } from 'react-router';

/** How long a page may take to have its heading, or its height, before the focus and the scroll stay where they are. */
const PATIENCE_MS = 3000;
const POSITIONS = 'escale.scroll';
const KEPT = 100;

/**
 * What a browser does when it loads a page, done when only the address changes: a new page begins at its top with its
 * heading focused, so that it is read out; going back returns to where one was. A change of the query alone is no new page.
 */
export function usePageChange(): void {
  const { pathname, search, key: entry, hash } = useLocation();
  // The first page of a document has no key of its own: its address stands for it.
  const key = entry === 'default' ? pathname + search : entry;
  const kind = useNavigationType();
  const first = useRef(true);
  const previous = useRef(pathname);

  useLayoutEffect(() => {
    history.scrollRestoration = 'manual';
    const positions = readPositions();
    const save = (): void => {
      positions.delete(key);
      positions.set(key, window.scrollY);
    };
    const keep = (): void => writePositions(positions);
    const opened = first.current;
    const changed = opened || previous.current !== pathname;
    first.current = false;
    previous.current = pathname;

    const stop: (() => void)[] = [];
    const returned = kind === NavigationType.Pop && (!opened || wasReturnedTo());
    if (returned && positions.has(key)) stop.push(scrollWhenHigh(positions.get(key) ?? 0));
    else if (hash) stop.push(scrollToPart(hash));
    else if (changed) window.scrollTo(0, 0);
    else save();
    if (changed && !opened) stop.push(focusHeading());

    window.addEventListener('scroll', save, { passive: true });
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('scroll', save);
      window.removeEventListener('pagehide', keep);
      keep();
      for (const end of stop) end();
    };
  }, [pathname, key, kind, hash]);
}

/** The document was loaded again or gone back to, and not opened anew. */
function wasReturnedTo(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}

/** Shows the part of the page that the address names, once it is there. */
function scrollToPart(hash: string): () => void {
  const show = (): boolean => {
    const part = document.getElementById(hash.slice(1));
    part?.scrollIntoView();
    return part !== null;
  };
  return show() ? () => undefined : whenChanged(document.body, show);
}

/** Focuses the page's heading as soon as there is one, unless the person has gone on to something else. */
function focusHeading(): () => void {
  const main = document.querySelector('main');
  if (!main) return () => undefined;
  const before = document.activeElement;
  const focus = (): boolean => {
    const heading = main.querySelector('h1');
    if (!heading) return false;
    if (document.activeElement === before || document.activeElement === document.body) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    return true;
  };
  return focus() ? () => undefined : whenChanged(main, focus);
}

/** Tries after every change of what is shown until it succeeds, or patience ends. */
function whenChanged(root: Element, attempt: () => boolean): () => void {
  const observer = new MutationObserver(() => {
    if (attempt()) observer.disconnect();
  });
  observer.observe(root, { childList: true, subtree: true });
  const timer = setTimeout(() => observer.disconnect(), PATIENCE_MS);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/** Scrolls once the page is long enough, and not any more once the person has scrolled. */
function scrollWhenHigh(top: number): () => void {
  let done = false;
  const stop = (): void => {
    done = true;
    observer.disconnect();
    clearTimeout(timer);
    for (const kind of ['wheel', 'touchstart', 'keydown'] as const) window.removeEventListener(kind, stop);
  };
  const tryScroll = (): void => {
    if (done) return;
    window.scrollTo(0, top);
    if (Math.abs(window.scrollY - top) < 2) stop();
  };
  const observer = new ResizeObserver(tryScroll);
  observer.observe(document.body);
  const timer = setTimeout(stop, PATIENCE_MS);
  for (const kind of ['wheel', 'touchstart', 'keydown'] as const)
    window.addEventListener(kind, stop, { passive: true, once: true });
  tryScroll();
  return stop;
}

let read: Map<string, number> | undefined;

function readPositions(): Map<string, number> {
  if (read) return read;
  read = new Map();
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(POSITIONS) ?? '[]');
    if (Array.isArray(stored))
      for (const [key, top] of stored as [unknown, unknown][])
        if (typeof key === 'string' && typeof top === 'number') read.set(key, top);
  } catch {
    read = new Map();
  }
  return read;
}

function writePositions(positions: Map<string, number>): void {
  try {
    sessionStorage.setItem(POSITIONS, JSON.stringify([...positions].slice(-KEPT)));
  } catch {
    // Without storage the positions hold until the next load.
  }
}
