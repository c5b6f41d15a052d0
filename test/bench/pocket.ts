import { join } from 'node:path';
import { Attendee } from '../e2e/pages/attendee.ts';
import { Phone } from '../e2e/phone.ts';
import { facts } from '../support/facts.ts';
import { EMPTY, launches, SLOWER } from './launch.ts';
import { payload } from './payload.ts';
import { points } from './points.ts';
import type { Group, Row } from './row.ts';
import { rowOf } from './row.ts';
import { Stage } from './stage.ts';
import { typing } from './typing.ts';

const RUNS = 5;
const EVENTS = 10_000;

type Network = 'killed' | 'silent';

/** From the icon to a list that can be used, with no network, on a processor four times slower. */
export const pocketGroup: Group = async (log, quick) => {
  const events = quick ? EVENTS / 10 : EVENTS;
  log(`making a programme of ${events} events`);
  const stage = await Stage.make('--events', String(events), '--registrations', '0');
  try {
    const home = join(stage.folder, 'phone');
    const origin = stage.gate.url;
    const first = await Phone.open({ home, origin });
    const attendee = new Attendee(first);
    await attendee.openProgramme();
    await attendee.syncState.filter({ hasText: 'À jour' }).waitFor({ timeout: 120_000 });
    await first.untilInstalled();
    // Nobody opens an app and puts it away in the same second.
    await first.page.waitForTimeout(2000);
    await first.close();
    const slugs = await facts(stage.server.options, `select slug from event order by slug limit ${RUNS * 4}`);

    const rows: Row[] = await payload(join(stage.folder, 'visitor'), origin);
    rows.push(...(await points(join(stage.folder, 'assessed'), origin, events, quick ? 1 : RUNS, log)));
    for (const network of ['killed', 'silent'] as const) {
      if (network === 'killed') await stage.server.kill();
      else stage.gate.mode = 'silent';
      stage.gate.cut();
      const same = { home, origin, runs: RUNS };
      const floor = await launches({ ...same, address: () => EMPTY, selector: 'main h1' });
      const list = await launches({ ...same, address: () => '/', selector: 'main a[href^="/evenements/"]' });
      const event = (run: number): string => `/evenements/${String(slugs[run]?.['slug'])}`;
      const deep = await launches({ ...same, address: event, selector: 'main h1' });
      const printed = (times: number[]): string => `${times.map(Math.round).join(' ')} ms`;
      log(`${network}: empty page ${printed(floor)}, list ${printed(list)}, deep link ${printed(deep)}`);
      const how = describe(network);
      const budget = { most: 1000 };
      rows.push(
        rowOf({
          name: `launch to a usable list, ${events} events, CPU ${SLOWER} ×, ${how}`,
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
    const typed = await typing({ home, origin, log });
    rows.push(
      rowOf({
        name: `a key typed in the search to results painted, ${events} events, CPU ${SLOWER} × (95th percentile)`,
        unit: 'ms',
        ours: typed.keys,
        budget: { most: 100 },
        by: 'p95',
      }),
      rowOf({
        name: `longest stretch without a breath while typing, CPU ${SLOWER} ×`,
        unit: 'ms',
        ours: typed.blocks,
        budget: { most: 50 },
        by: 'worst',
      }),
    );
    return rows;
  } finally {
    await stage.end();
  }
};

function describe(network: Network): string {
  return network === 'killed' ? 'server gone' : 'server silent';
}
