import { freePort } from '../support/free-port.ts';
import { assess } from '../support/lighthouse.ts';
import { Phone } from '../e2e/phone.ts';
import type { Row } from './row.ts';
import { rowOf } from './row.ts';

/** What Lighthouse gives a first visit for speed, on its slow phone in its slow network. */
export async function points(home: string, origin: string, events: number, runs: number): Promise<Row> {
  const debuggingPort = await freePort();
  const phone = await Phone.open({ home, origin, debuggingPort });
  try {
    const ours: number[] = [];
    for (let run = 0; run < runs; run++) {
      const { scores } = await assess(`${origin}/`, { port: debuggingPort, categories: ['performance'] });
      ours.push(scores.performance ?? Number.NaN);
    }
    const name = `Lighthouse's points for speed, its phone, first visit, ${events} events`;
    return rowOf({ name, unit: 'points', ours, budget: { least: 95 } });
  } finally {
    await phone.close();
  }
}
