import type { Page } from 'playwright';
import { Phone } from '../e2e/phone.ts';

/** How much slower the processor is made than this machine's: a modest phone. */
export const SLOWER = 4;

/** How long an app that was opened stays open. */
const REST_MS = 2500;

/** What a browser needs for a page that is nothing: says how busy the machine is. */
export const EMPTY = 'data:text/html,<main><h1>Escale</h1></main>';

export interface Launch {
  /** The phone's profile, with the app installed. */
  readonly home: string;
  readonly origin: string;
  /** What is opened; another one for each run, where that matters. */
  readonly address: (run: number) => string;
  /** What must be there and painted. */
  readonly selector: string;
  readonly runs: number;
}

/** Opens the app anew each time, on a slow processor; milliseconds from the start of the navigation until the thing is painted. */
export async function launches({ home, origin, address, selector, runs }: Launch): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const phone = await Phone.open({ home, origin });
    try {
      const painted = await whenPainted(phone.page, selector);
      await slowDown(phone);
      await phone.page.goto(address(run), { waitUntil: 'commit' });
      times.push(await painted());
      // Nobody opens an app and puts it away in the same second; what the browser keeps of its code it writes meanwhile.
      await phone.page.waitForTimeout(REST_MS);
    } finally {
      await phone.close();
    }
  }
  return times;
}

export async function slowDown(phone: Phone): Promise<void> {
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/**
 * Before a navigation: gives what tells when a thing is painted, on the page's own clock. The page calls a bare binding, for to ask
 * it over and over from outside would itself take the slow processor a while.
 */
async function whenPainted(page: Page, selector: string): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Runtime.enable');
  await devtools.send('Runtime.addBinding', { name: 'painted' });
  await page.addInitScript((wanted) => {
    const look = (): void => {
      const found = document.querySelector<HTMLElement>(wanted);
      if (!found || found.offsetHeight === 0) requestAnimationFrame(look);
      else
        requestAnimationFrame(() =>
          setTimeout(() =>
            (globalThis as unknown as { painted: (at: string) => void }).painted(String(performance.now())),
          ),
        );
    };
    look();
  }, selector);
  const told = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${selector} was never painted`)), 60_000);
    devtools.on('Runtime.bindingCalled', ({ payload }) => {
      clearTimeout(timer);
      resolve(Number(payload));
    });
  });
  return () => told;
}
