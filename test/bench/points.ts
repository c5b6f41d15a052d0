import { freePort } from '../support/free-port.ts';
import { assess } from '../support/lighthouse.ts';
import { Phone } from '../e2e/phone.ts';
import type { Row } from './row.ts';
import { rowOf } from './row.ts';

/** How often Lighthouse is asked again after it says itself that its recording went wrong. */
const TRIES = 3;

/** What Lighthouse gives a first visit for speed, on its slow phone in its slow network; no row where it gives nothing. */
export async function points(
  home: string,
  origin: string,
  events: number,
  runs: number,
  log: (line: string) => void,
): Promise<Row[]> {
  const debuggingPort = await freePort();
  const phone = await Phone.open({ home, origin, debuggingPort });
  try {
    const ours: number[] = [];
    for (let run = 0, failed = 0; run < runs && failed < TRIES;) {
      try {
        const { scores } = await assess(`${origin}/`, { port: debuggingPort, categories: ['performance'] });
        ours.push(scores.performance ?? 0);
        run++;
      } catch (error) {
        failed++;
        log((error as Error).message);
      }
    }
    if (ours.length === 0) return [];
    const name = `Lighthouse's points for speed, its phone, first visit, ${events} events`;
    return [rowOf({ name, unit: 'points', ours, budget: { least: 95 } })];
  } finally {
    await phone.close();
  }
}
