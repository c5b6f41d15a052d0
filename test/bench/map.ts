import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import * as v from 'valibot';
import type { MapPack } from '#domain/map-pack.ts';
import { placeIdOf } from '#domain/place-id.ts';
import { packsResponse } from '#protocol/map.ts';
import { Attendee } from '../e2e/pages/attendee.ts';
import { Phone } from '../e2e/phone.ts';
import { escale } from '../support/operator.ts';
import { newUuid, ProtocolClient } from '../support/protocol-client.ts';
import { openEvent, publish } from '../support/seed.ts';
import type { MapBench } from './browser/map-page.ts';
import { bundleWithStyles } from './bundle.ts';
import { EMPTY, launches, SLOWER, slowDown } from './launch.ts';
import type { Group } from './row.ts';
import { rowOf, spread } from './row.ts';
import { Stage } from './stage.ts';

const RUNS = 5;
const EVENTS = 10_000;
/** Where one sees doors and reads the names of streets. */
const STREET_ZOOM = 16;
/** Zooms that a map of pictures has to hold one by one; streets grow beyond their last. */
const PICTURE_ZOOMS = [12, 13, 14, 15, 16, 17];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = fileURLToPath(new URL('./browser/map-page.ts', import.meta.url));
/** A dense city centre where it is at hand, else the little one that the tests have. */
const EXTRACTS = [
  process.env['ESCALE_OSM_EXTRACT'] ?? '',
  join(ROOT, '../shared/data/osm/geneve-centre.osm.pbf'),
  join(ROOT, 'test/fixtures/le-mans-centre.osm.pbf'),
];

/** The map with no network: streets from a kept file, on a slow processor, beside the same area as pictures; and ten thousand venues. */
export const mapGroup: Group = async (log, quick) => {
  const events = quick ? EVENTS / 10 : EVENTS;
  const runs = quick ? 2 : RUNS;
  log(`making a programme of ${events} events, and a pack`);
  const stage = await Stage.make('--events', String(events), '--registrations', '0');
  try {
    const extract = EXTRACTS.find((file) => file !== '' && existsSync(file))!;
    log(escale(stage.server.options, 'pack', 'build', extract, '--name', 'Banc').trim().replaceAll('\n', '; '));
    const pack = await packNamed(stage, 'banc');
    const place = await publishIn(stage, pack);
    const home = join(stage.folder, 'phone');
    const origin = stage.gate.url;
    await install(home, origin);

    const panning = await pan(home, origin, log);
    const side = await beside(stage, pack, runs, log);

    await stage.server.kill();
    stage.gate.cut();
    const same = { home, origin, runs };
    const floor = await launches({ ...same, address: () => EMPTY, selector: 'main h1' });
    const first = await launches({ ...same, address: () => `/carte?lieu=${place}`, selector: '[data-streets=drawn]' });
    log(`first street-level view ${spread(first)} ms, an empty page ${spread(floor)} ms`);
    const zooms = await zooming({ home, origin, place, runs });
    log(`later zooms ${spread(zooms)} ms`);

    return [
      rowOf({
        name: `first street-level view from the icon, offline, ${events} events, CPU ${SLOWER} ×`,
        unit: 'ms',
        ours: first,
        floor,
        budget: { most: 2500 },
      }),
      rowOf({ name: `a zoom further to all streets drawn, CPU ${SLOWER} ×`, unit: 'ms', ours: zooms }),
      rowOf({
        name: `longest frame while panning over ${events} events, unslowed`,
        unit: 'ms',
        ours: panning,
        budget: { most: 50 },
        by: 'worst',
      }),
      rowOf({
        name: `street-level view drawn in an open page, CPU ${SLOWER} ×`,
        unit: 'ms',
        ours: side.streets,
        peers: { pictures: side.pictures },
      }),
      rowOf({
        name: `bytes of the area, all zooms (pictures: PNG, zooms ${PICTURE_ZOOMS[0]} to ${PICTURE_ZOOMS.at(-1)}, one theme)`,
        unit: 'KB',
        ours: [pack.bytes / 1000],
        peers: { pictures: [side.bytes / 1000] },
      }),
    ];
  } finally {
    await stage.end();
  }
};

async function packNamed({ server }: Stage, id: string): Promise<MapPack> {
  const answer = await fetch(`${server.url}/api/v1/packs`);
  const pack = v.parse(packsResponse, await answer.json()).packs.find((one) => one.id === id);
  if (!pack) throw new Error('the pack is not offered');
  return pack;
}

/** An event in the middle of the pack, in the edition that shows. @returns how the map's address names its place */
async function publishIn({ server }: Stage, { bounds }: MapPack): Promise<string> {
  const position = { lat: (bounds[0] + bounds[2]) / 2, lon: (bounds[1] + bounds[3]) / 2 };
  const edition = (await new ProtocolClient(server.url).editions()).find((one) => one.current);
  if (!edition) throw new Error('no edition shows');
  const venue = { id: newUuid(), name: 'Au milieu', city: 'Banc', position };
  await publish(server.options, [openEvent(edition.id, 'Rendez-vous au milieu', { venues: [venue], sessions: [] })]);
  return placeIdOf(position);
}

/** One visit that leaves the app, the programme and the pack on the phone. */
async function install(home: string, origin: string): Promise<void> {
  const phone = await Phone.open({ home, origin });
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await attendee.syncState.filter({ hasText: 'À jour' }).waitFor({ timeout: 120_000 });
  await phone.untilInstalled();
  await phone.page.goto('/hors-ligne#plans');
  const card = phone.page.getByRole('listitem').filter({ hasText: 'Banc' });
  await card.getByRole('button', { name: /^Garder/ }).click();
  await card.getByText('Gardé sur cet appareil').waitFor();
  await phone.page.waitForTimeout(2000);
  await phone.close();
}

/**
 * Drags the map about, at three zooms; the longest frame of each drag. What the same drags of a mere square give says how busy the
 * machine is: a frame also waits for whoever paints it.
 */
async function pan(home: string, origin: string, log: (line: string) => void): Promise<number[]> {
  const phone = await Phone.open({ home, origin });
  try {
    const { page } = phone;
    await page.goto(EMPTY);
    await page.evaluate(() => {
      const square = document.querySelector('main')!;
      addEventListener('mousemove', ({ x, y }) => (square.style.transform = `translate(${x}px, ${y}px)`));
    });
    const square = await drags(page, 195, 500);
    await page.goto('/carte');
    const map = page.locator('.leaflet-container');
    await page.locator('.leaflet-marker-icon').first().waitFor();
    await page.getByRole('status').filter({ hasText: 'lieux' }).waitFor();
    log(`${await page.getByRole('status').filter({ hasText: 'lieux' }).first().innerText()} on the map`);
    await page.waitForTimeout(3000);
    const longest: number[] = [];
    for (let zoom = 0; zoom < 3; zoom++) {
      const box = (await map.boundingBox())!;
      longest.push(...(await drags(page, box.x + box.width / 2, box.y + box.height / 2)));
      for (let press = 0; press < 2; press++) {
        await page.getByRole('button', { name: 'Agrandir' }).click();
        await page.waitForTimeout(800);
      }
    }
    const said = (frames: readonly number[]): string => frames.map(Math.round).join(' ');
    log(`longest frame of each drag: ${said(longest)} ms; of a square: ${said(square)} ms`);
    return longest;
  } finally {
    await phone.close();
  }
}

/** Three drags from a point; the longest frame of each. */
async function drags(page: Page, x: number, y: number): Promise<number[]> {
  const longest: number[] = [];
  for (const [dx, dy] of [
    [-120, -60],
    [110, 90],
    [40, -130],
  ] as const) {
    await watchFrames(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 30; step++) {
      await page.mouse.move(x + (dx * step) / 30, y + (dy * step) / 30);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
    await page.waitForTimeout(600);
    longest.push(await longestFrame(page));
  }
  return longest;
}

/** How long the main thread is busy with a frame, as the browser itself measures it (from 50 ms on, else 0). */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [0];
    Object.assign(globalThis, { frames });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) frames.push(entry.duration);
    }).observe({ type: 'long-animation-frame' });
  });
}

function longestFrame(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(...(globalThis as unknown as { frames: number[] }).frames));
}

/** Presses "nearer" in an app that shows streets, on a slow processor; milliseconds until all that is in sight is drawn. */
async function zooming(options: { home: string; origin: string; place: string; runs: number }): Promise<number[]> {
  const { home, origin, place, runs } = options;
  const times: number[] = [];
  const phone = await Phone.open({ home, origin });
  try {
    const { page } = phone;
    await page.goto(`/carte?lieu=${place}`);
    await page.locator('[data-streets=drawn]').waitFor();
    await page.getByRole('button', { name: 'Fermer' }).click();
    await slowDown(phone);
    for (let run = 0; run < runs; run++) {
      for (const name of ['Réduire', 'Agrandir']) {
        times.push(
          await page.evaluate(async (button) => {
            const map = document.querySelector<HTMLElement>('.leaflet-container')!;
            const start = performance.now();
            const drawn = new Promise<void>((resolve) => {
              new MutationObserver((_, observer) => {
                if (map.dataset['streets'] !== 'drawn') return;
                observer.disconnect();
                resolve();
              }).observe(map, { attributeFilter: ['data-streets'] });
            });
            document.querySelector<HTMLElement>(`.leaflet-bar [title="${button}"]`)!.click();
            await drawn;
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            return performance.now() - start;
          }, name),
        );
        await page.waitForTimeout(1200);
      }
    }
    return times;
  } finally {
    await phone.close();
  }
}

/** The same view of the same area from the pack and from pictures of it, and the bytes of all the pictures. */
async function beside(
  stage: Stage,
  pack: MapPack,
  runs: number,
  log: (line: string) => void,
): Promise<{ streets: number[]; pictures: number[]; bytes: number }> {
  const { code, css } = await bundleWithStyles(ROOT, PAGE);
  stage.gate.own.set('/bench-map.html', {
    type: 'text/html',
    body: '<!doctype html><title>Map</title><link rel="stylesheet" href="/bench-map.css"><body><script type="module" src="/bench-map.js"></script>',
  });
  stage.gate.own.set('/bench-map.js', { type: 'text/javascript', body: code });
  stage.gate.own.set('/bench-map.css', { type: 'text/css', body: css });
  const phone = await Phone.open({ home: join(stage.folder, 'beside'), origin: stage.gate.url });
  try {
    const { page } = phone;
    const open = async (): Promise<void> => {
      await page.goto('/bench-map.html');
      await page.waitForFunction(() => 'bench' in globalThis);
    };
    const call = <N extends keyof MapBench>(name: N, ...args: unknown[]): Promise<Awaited<ReturnType<MapBench[N]>>> =>
      page.evaluate(
        ([fn, values]) =>
          (globalThis as unknown as { bench: Record<string, (...of: unknown[]) => never> }).bench[fn]!(...values),
        [name, args] as [string, unknown[]],
      );
    await open();
    await call('keep', pack);
    let bytes = 0;
    for (const zoom of PICTURE_ZOOMS) {
      const made = await call('picture', pack, zoom);
      bytes += made.bytes;
      log(`zoom ${zoom}: ${made.tiles} pictures, ${Math.round(made.bytes / 1000)} KB`);
    }
    const times: { streets: number[]; pictures: number[] } = { streets: [], pictures: [] };
    for (let run = 0; run < runs; run++) {
      for (const kind of ['streets', 'pictures'] as const) {
        await open();
        await slowDown(phone);
        times[kind].push(await call(kind, pack, STREET_ZOOM));
      }
    }
    log(`drawn in an open page: streets ${spread(times.streets)} ms, pictures ${spread(times.pictures)} ms`);
    return { ...times, bytes };
  } finally {
    await phone.close();
  }
}
