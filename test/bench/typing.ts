import { Phone } from '../e2e/phone.ts';
import { slowDown } from './launch.ts';

const WORDS = ['atelier', 'numerique', 'design', 'jeunesse', 'ville'];
/** Between two keys; more than any of them takes. */
const PAUSE_MS = 700;

/**
 * Types into the search of an app that has its index, one key after the other: milliseconds from each key until what
 * it leads to is painted, and the longest that the main thread was busy at a stretch.
 */
export async function typing({
  home,
  origin,
  log,
}: {
  home: string;
  origin: string;
  log: (line: string) => void;
}): Promise<{ keys: number[]; blocks: number[] }> {
  const phone = await Phone.open({ home, origin });
  try {
    const { page } = phone;
    const field = page.getByRole('searchbox', { name: 'Rechercher dans le programme' });
    await page.goto('/');
    await field.waitFor();
    // A word of a description alone is found once the full texts are indexed.
    await page.waitForTimeout(15_000);
    await page.evaluate(() => {
      const keys: number[] = [];
      const blocks: number[] = [];
      let pressed = 0;
      let painted = 0;
      const close = (): void => {
        if (pressed > 0 && painted > 0) keys.push(painted - pressed);
        painted = 0;
      };
      addEventListener(
        'keydown',
        (event) => {
          close();
          pressed = event.timeStamp;
        },
        true,
      );
      // What the address says follows once the typing rests, and is no answer to the key.
      const { replaceState } = history;
      history.replaceState = (...args): void => {
        close();
        pressed = 0;
        replaceState.apply(history, args);
      };
      new MutationObserver((changes) => {
        const of = pressed;
        const list = changes.some(({ target }) => {
          const element = target instanceof Element ? target : target.parentElement;
          return element?.closest('section, [role="list"], [aria-live]');
        });
        if (!list || painted > 0) return;
        requestAnimationFrame(() => setTimeout(() => of === pressed && (painted ||= performance.now())));
      }).observe(document.querySelector('main')!, { subtree: true, childList: true, characterData: true });
      new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration))).observe({
        type: 'longtask',
      });
      Object.assign(globalThis, { typed: { keys, blocks, close } });
    });
    await slowDown(phone);
    for (const word of WORDS) {
      await field.click();
      for (const letter of word) {
        await page.keyboard.press(letter);
        await page.waitForTimeout(PAUSE_MS);
      }
      await field.press('Control+a');
      await page.keyboard.press('Backspace');
      await page.waitForTimeout(PAUSE_MS);
    }
    const { keys, blocks } = await page.evaluate(() => {
      const { typed } = globalThis as unknown as {
        typed: { keys: number[]; blocks: number[]; close: () => void };
      };
      typed.close();
      return { keys: typed.keys, blocks: typed.blocks };
    });
    log(
      `${keys.length} keys: ${keys.map(Math.round).join(' ')} ms; blocks over 50 ms: ${blocks.map(Math.round).join(' ')}`,
    );
    return { keys, blocks: [0, ...blocks] };
  } finally {
    await phone.close();
  }
}
