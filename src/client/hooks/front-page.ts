import type { FrontPage } from '#domain/front-page.ts';

/**
 * The number rises when a card or an edition changes its shape: what an older version kept is then not read. It stands in
 * localStorage, which is read without waiting, and holds nothing but what is public.
 */
const KEY = 'escale.front.3';
/** Where the document of a first visit has it (`server/routes/robot-html.ts`). */
const HANDED = '#front';

const QUIET_MS = 300;

const known: FrontPage | undefined = kept() ?? handed();

/** What the last visit left, as this one began; on a first visit what the document brought with it. */
export function frontPage(): FrontPage | undefined {
  return known;
}

/** Keeps the front page for the next launch, once nothing else is to be done; the answer takes that back. */
export function keepFront(make: () => FrontPage): () => void {
  const timer = setTimeout(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(make()));
    } catch {
      // Storage may be full or refused: the next launch then waits for the device's store.
    }
  }, QUIET_MS);
  return () => clearTimeout(timer);
}

function kept(): FrontPage | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? 'null') as FrontPage | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function handed(): FrontPage | undefined {
  try {
    return (JSON.parse(document.querySelector(HANDED)?.textContent ?? 'null') as FrontPage | null) ?? undefined;
  } catch {
    return undefined;
  }
}
