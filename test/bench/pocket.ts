import { join } from 'node:path';
import { facts } from '../support/facts.ts';
import { Attendee } from '../e2e/pages/attendee.ts';
import { Phone } from '../e2e/phone.ts';
import type { Group, Row } from './row.ts';
import { rowOf } from './row.ts';
import { Stage } from './stage.ts';

const RUNS = 5;
const SLOWER = 4;
const EVENTS = 10_000;

/** What a browser needs for a page that is nothing: says how busy the machine is. */
const EMPTY = 'data:text/html,<main><h1>Escale</h1></main>';

type Network = 'killed' | 'silent';

/** From the icon to a list that can be used, with no network, on a processor four times slower. */
export const pocketGroup: Group = async (log) => {
  log(`making a programme of ${EVENTS} events`);
  const stage = await Stage.make('--events', String(EVENTS), '--registrations', '0');
  try {
    const home = join(stage.folder, 'phone');
    const origin = stage.gate.url;
    const first = await Phone.open({ home, origin });
    const attendee = new Attendee(first);
    await attendee.openProgramme();
    await attendee.syncState.filter({ hasText: 'À jour' }).waitFor({ timeout: 120_000 });
    await first.untilInstalled();
    await first.close();
    const slugs = await facts(stage.server.options, `select slug from event order by slug limit ${RUNS * 4}`);

    const rows: Row[] = [];
    for (const network of ['killed', 'silent'] as const) {
      if (network === 'killed') await stage.server.kill();
      else stage.gate.mode = 'silent';
      stage.gate.cut();
      const floor = await launches(home, origin, () => EMPTY, 'main h1');
      const list = await launches(home, origin, () => '/', 'main a[href^="/evenements/"]');
      const deep = await launches(home, origin, (run) => `/evenements/${String(slugs[run]?.['slug'])}`, 'main h1');
      log(
        `${network}: empty page ${floor.map(Math.round).join(' ')} ms, list ${list.map(Math.round).join(' ')} ms, deep link ${deep.map(Math.round).join(' ')} ms`,
      );
      const how = describe(network);
      const budget = { most: 1000 };
      rows.push(
        rowOf({
          name: `launch to a usable list, ${EVENTS} events, CPU ${SLOWER} ×, ${how}`,
          unit: 'ms',
          ours: list,
          floor,
          budget,
        }),
      );
      rows.push(
        rowOf({
          name: `deep link to an event never opened, CPU ${SLOWER} ×, ${how}`,
          unit: 'ms',
          ours: deep,
          floor,
          budget,
        }),
      );
    }
    return rows;
  } finally {
    await stage.end();
  }
};

function describe(network: Network): string {
  return network === 'killed' ? 'server gone' : 'server silent';
}

/** Opens the app anew each time; milliseconds from the start of the navigation until the thing is painted. */
async function launches(
  home: string,
  origin: string,
  address: (run: number) => string,
  selector: string,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const phone = await Phone.open({ home, origin });
    try {
      const { page, context } = phone;
      await page.addInitScript((wanted) => {
        const look = (): void => {
          const found = document.querySelector<HTMLElement>(wanted);
          if (!found || found.offsetHeight === 0) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { shownAt: performance.now() })));
        };
        look();
      }, selector);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await page.goto(address(run), { waitUntil: 'commit' });
      const shown = await page.waitForFunction(() => (globalThis as { shownAt?: number }).shownAt, undefined, {
        timeout: 60_000,
      });
      times.push(Number(await shown.jsonValue()));
    } finally {
      await phone.close();
    }
  }
  return times;
}
