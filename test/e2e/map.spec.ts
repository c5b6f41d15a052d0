import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { Header } from '#interop/pmtiles.ts';
import { encodeDirectory, encodeHeader, GZIP, HEADER_LENGTH, MVT, tileIdOf } from '#interop/pmtiles.ts';
import { freePort } from '../support/free-port.ts';
import { escale } from '../support/operator.ts';
import { noisyArchive, offerUnchecked } from '../support/packs.ts';
import { openEvent, publish } from '../support/seed.ts';
import { ServerProcess } from '../support/server-process.ts';
import { Attendee } from './pages/attendee.ts';
import { Phone } from './phone.ts';
import { World } from './world.ts';

const LE_MANS = {
  slug: 'balade-de-la-pierre-au-jardin-le-mans',
  tour: 'de-la-pierre-au-jardin-le-mans',
  place: '48.00967,0.19807',
};
const FOSDEM = fileURLToPath(new URL('../fixtures/fosdem-2024.frab.xml.gz', import.meta.url));

let world: World;
test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier de la carte');
});
test.afterEach(async () => {
  world.gate.mode = 'open';
  world.gate.onAnswered = undefined;
  if (!world.server.running) await world.server.start();
});
test.afterAll(async () => {
  await world.end();
});

test("D2: streets that were kept from an event's page are drawn with the server gone, on the map and under the walk", async () => {
  let phone = await ready('rues');
  await phone.page.goto(`/evenements/${LE_MANS.slug}`);
  const card = packCard(phone.page, 'Le Mans, centre');
  await expect(card).toContainText('40 ko');
  await card.getByRole('button', { name: /^Garder sur cet appareil/ }).click();
  await expect(card.getByRole('status')).toHaveText('Gardé sur cet appareil');
  await expect(card).toContainText(/gardé jusqu'au/);
  await phone.close();

  await world.server.kill();
  world.gate.cut();
  phone = await world.phone('rues');
  const written = await listenToNames(phone.page);
  await phone.page.goto(`/carte?lieu=${LE_MANS.place}`);
  await expect(phone.page.getByRole('heading', { level: 2, name: 'Pierre Saint-Julien' })).toBeVisible();
  await drawn(phone.page);
  await phone.page.getByRole('region', { name: 'Pierre Saint-Julien' }).getByRole('button', { name: 'Fermer' }).click();
  // Ground, houses, streets, greens, edges and letters.
  await expect.poll(async () => (await coloursOf(phone.page)).size).toBeGreaterThan(30);
  const light = await coloursOf(phone.page);
  for (const token of ['earth', 'building', 'road', 'park'])
    expect(light, token).toContain(await tokenOf(phone.page, token));
  expect(await written()).toEqual(expect.arrayContaining(['Avenue de Paderborn', 'Musée de Tessé']));
  const whose = phone.page.getByRole('link', { name: '© OpenStreetMap' });
  await expect(whose).toHaveAttribute('href', 'https://www.openstreetmap.org/copyright');

  await phone.page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await coloursOf(phone.page)).has(await tokenOf(phone.page, 'earth'))).toBe(true);
  expect((await coloursOf(phone.page)).has([...light][0]!)).toBe(false);
  await test.info().attach('rues', { body: await phone.page.screenshot(), contentType: 'image/png' });

  await phone.page.goto(`/balades/${LE_MANS.tour}`);
  await drawn(phone.page);
  await expect.poll(async () => (await coloursOf(phone.page)).size).toBeGreaterThan(30);
  expect(phone.errors).toEqual([]);
  await phone.close();
});

test('a map that a killed server cut off goes on by itself where it was, and can be taken away again', async () => {
  const bytes = noisyArchive(2_400_000);
  await offerUnchecked(world.server.options.dataDir, bytes, { id: 'grande', name: 'Grande ville' });
  const phone = await ready('coupure');
  await phone.page.goto('/hors-ligne');
  const card = packCard(phone.page, 'Grande ville');
  await expect(card).toContainText('2,4 Mo');
  let asked = 0;
  world.gate.onAnswered = async ({ path }) => {
    if (!path.includes('/packs/')) return 'pass';
    asked += 1;
    if (asked !== 3) return 'pass';
    await world.server.kill();
    return 'drop';
  };
  await card.getByRole('button', { name: /^Garder/ }).click();
  await expect(card.getByRole('status')).toHaveText(/^Interrompu\s: pas de réseau/);
  await expect(card.getByRole('progressbar')).toHaveAttribute('value', String(2 * 524_288));
  await phone.page.reload();
  await expect(card.getByRole('progressbar')).toHaveAttribute('value', String(2 * 524_288));
  await world.server.start();
  await expect(card.getByRole('status')).toHaveText('Gardé sur cet appareil', { timeout: 60_000 });
  // Five parts, and the one that was lost a second time.
  expect(asked).toBe(6);
  await card.getByRole('button', { name: /^Retirer\s: Grande ville$/ }).click();
  await expect(card.getByRole('button', { name: /^Garder/ })).toBeVisible();
  expect(phone.errors).toEqual([]);
  await phone.close();
  escale(world.server.options, 'pack', 'remove', 'grande');
});

test('hostile maps are refused with a sentence, and one that hides what it is spoils no map', async () => {
  const { dataDir } = world.server.options;
  await offerUnchecked(dataDir, Buffer.from('<html>'.repeat(500)), { id: 'page', name: 'Fausse carte' });
  await offerUnchecked(dataDir, bombs(), {
    id: 'bombe',
    name: 'Bombe',
    bounds: [46.19, 6.09, 46.23, 6.16],
    minZoom: 8,
    maxZoom: 9,
  });
  const event = openEvent(world.event.editionId, 'Rencontre au bord du lac', {
    region: '84',
    venues: [
      { id: world.event.venues[0]!.id, name: 'Bord du lac', city: 'Genève', position: { lat: 46.2, lon: 6.12 } },
    ],
  });
  await publish(world.server.options, [{ ...event, sessions: [] }]);
  const phone = await ready('hostile');
  await phone.page.goto('/hors-ligne');
  const fake = packCard(phone.page, 'Fausse carte');
  await fake.getByRole('button', { name: /^Garder/ }).click();
  await expect(fake.getByRole('status')).toHaveText(
    /^Ce plan ne peut pas être lu sans risque\s: rien n'a été gardé\.$/,
  );
  const bomb = packCard(phone.page, 'Bombe');
  await bomb.getByRole('button', { name: /^Garder/ }).click();
  await expect(bomb.getByRole('status')).toHaveText('Gardé sur cet appareil');

  await phone.page.goto('/carte?lieu=46.20000,6.12000');
  await expect(phone.page.getByText(/^Une partie du plan gardé sur cet appareil est illisible/)).toBeVisible();
  await expect(phone.page.getByRole('button', { name: /Rencontre au bord du lac/ })).toBeVisible();
  expect(phone.errors).toEqual([]);
  await phone.close();
  for (const id of ['page', 'bombe']) escale(world.server.options, 'pack', 'remove', id);
});

test('a programme that says no positions says so on its map, and its rooms are listed', async () => {
  const file = world.file('fosdem.xml');
  writeFileSync(file, gunzipSync(readFileSync(FOSDEM)));
  escale(world.server.options, 'import', '--format', 'frab-xml', file, '--edition', 'fosdem-2024');
  const phone = await ready('salles');
  await phone.page.goto('/carte?edition=fosdem-2024');
  await expect(phone.page.getByText('Ce programme ne dit pas où sont ses lieux')).toBeVisible({ timeout: 60_000 });
  await expect(phone.page.getByRole('heading', { name: 'Salles et villes sans position' })).toBeVisible();
  await expect(phone.page.getByRole('heading', { level: 4 }).first()).toBeVisible();
  await expect(phone.page.getByRole('button', { name: 'Métropole' })).toHaveCount(0);
  await phone.close();
});

test('list and map are in step, by keyboard, in the address, and by distance', async () => {
  const phone = await ready('pas-a-pas', { size: { width: 1280, height: 900 } });
  const { page } = phone;
  await page.goto('/carte');
  const list = page.getByRole('region', { name: 'Liste des lieux' });
  await expect(list.getByRole('listitem').first()).toBeVisible();

  // From the list to the map.
  const shown = list.getByRole('button', { name: /^Montrer sur la carte\s: Pierre Saint-Julien/ });
  await page.getByRole('searchbox').fill('pierre au jardin');
  // A search that comes to rest later would draw the markers anew under the focus.
  await expect(page).toHaveURL(/q=/);
  await shown.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/lieu=48\.00967(,|%2C)0\.19807/);
  const panel = page.getByRole('region', { name: 'Pierre Saint-Julien' });
  await expect(panel).toContainText('Sol pavé, pente légère depuis la place.');
  await expect(panel.getByRole('link', { name: 'Itinéraire' })).toHaveAttribute(
    'href',
    /openstreetmap\.org\/directions\?to=48\.009670/,
  );
  await expect(list.locator('[aria-current=true]')).toContainText('Pierre Saint-Julien');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(page).not.toHaveURL(/lieu=/);

  // From the map to the list: the marker has the focus that the panel gave back.
  const marker = page.getByRole('button', { name: /^De la pierre au jardin/ });
  await expect(marker).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(list.locator('[aria-current=true]')).toContainText('Pierre Saint-Julien');
  await page.keyboard.press('Escape');

  // The filters are those of the list, in the address.
  await page.getByRole('searchbox').fill('');
  await page.goto('/carte?format=walk');
  await expect(page.getByRole('status').filter({ hasText: 'lieux' })).toHaveText(/^\d+ événements dans \d+ lieux$/);
  for (const item of await list
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') })
    .all()) {
    await expect(item).toContainText('Balade');
  }

  await phone.context.grantPermissions(['geolocation']);
  await phone.context.setGeolocation({ latitude: 43.61, longitude: 3.88, accuracy: 20 });
  await page.goto('/carte');
  const near = page.getByRole('button', { name: 'Près de moi' });
  await near.click();
  await expect(page.getByText(/Les lieux les plus proches d'abord/)).toBeVisible();
  await expect(near).toHaveAttribute('aria-pressed', 'true');
  await expect(list.getByRole('listitem').first()).toContainText(/^Montpellier.*à .*m/s);
  // No streets are kept here: the communes say where one is.
  await expect(page.locator('.leaflet-labels-pane').getByText('Castelnau-le-Lez')).toBeVisible();
  expect(phone.errors).toEqual([]);
  await phone.close();
});

test('pictures from elsewhere lie under the places while there is a network, with their source, and are missed by nobody without one', async () => {
  const asked: string[] = [];
  // One pixel, coral.
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
    'base64',
  );
  const pictures = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.referer ?? ''} ${request.headers.cookie ?? ''}`.trim());
    response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => pictures.listen(port, '127.0.0.1', resolve));
  const server = await ServerProcess.start({
    dataDir: world.file('images'),
    env: {
      ESCALE_MAP_TILES: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`,
      ESCALE_MAP_ATTRIBUTION: '© Service des images',
    },
  });
  const phone = await Phone.open({ home: world.file('phone-images'), origin: server.url });
  try {
    await phone.page.goto(`/carte?lieu=${LE_MANS.place}`);
    await expect(phone.page.locator('img.leaflet-tile-loaded').first()).toBeVisible();
    await expect(phone.page.getByText('© Service des images')).toBeVisible();
    await expect(phone.page.getByText(/^Aucun plan des rues ici/)).toHaveCount(0);
    // Nobody is told who looks, nor from which page.
    expect(asked[0]).toMatch(/^\/\d+\/\d+\/\d+\.png$/);
    await phone.page.goto('/confidentialite');
    await expect(phone.page.getByRole('heading', { name: 'Images de la carte' })).toBeVisible();
    await expect(phone.page.getByText(`viennent de 127.0.0.1:${port}`)).toBeVisible();
    const closed = new Promise((resolve) => pictures.close(resolve));
    pictures.closeAllConnections();
    await closed;
    await phone.page.goto(`/carte?lieu=${LE_MANS.place}`);
    await expect(phone.page.getByText(/^Aucun plan des rues ici/)).toBeVisible();
    await expect(phone.page.getByText('© Service des images')).toHaveCount(0);
    expect(phone.errors).toEqual([]);
  } finally {
    pictures.close();
    await phone.close();
    await server.kill();
  }
});

async function ready(name: string, options: Parameters<World['phone']>[1] = {}): Promise<Phone> {
  const phone = await world.phone(name, options);
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  await phone.untilInstalled();
  return phone;
}

function packCard(page: Page, name: string): Locator {
  // The card is the nearest box around its name that has a button.
  return page.locator(`:has(> div > p:text-is("Plan des rues : ${name}"))`).last();
}

async function drawn(page: Page): Promise<void> {
  await expect(page.locator('[data-streets=drawn]')).toBeVisible();
}

/** Names that the map writes from now on: canvases tell nobody what they show. */
async function listenToNames(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const names: string[] = [];
    Object.assign(globalThis, { names });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      names.push(text);
      return fillText.call(this, text, ...rest);
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { names: string[] }).names);
}

/** Colours of what the map has drawn, as `r,g,b`. */
async function coloursOf(page: Page): Promise<Set<string>> {
  const found = await page.evaluate(() => {
    const colours = new Set<string>();
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.leaflet-tile-loaded')) {
      const context = canvas.getContext?.('2d');
      if (!context || canvas.width === 0) continue;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] === 255) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    }
    return [...colours];
  });
  return new Set(found);
}

/** The colour of a token of the map in the theme that is shown. */
function tokenOf(page: Page, name: string): Promise<string> {
  return page.evaluate((token) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(--map-${token})`;
    const colour = getComputedStyle(probe).color.match(/\d+/g)!.slice(0, 3).join(',');
    probe.remove();
    return colour;
  }, name);
}

/** An archive that is in order, and whose tiles unpack to a hundred megabytes or are no tiles at all. */
function bombs(): Uint8Array {
  const zeros = gzipSync(Buffer.alloc(100_000_000));
  const noise = Buffer.from('no gzip at all, and no tile');
  const endless = gzipSync(Buffer.from([0x1a, 12, 0x12, 10, 0x18, 2, 0x22, 6, 9, 2, 2, 0xfa, 0xff, 0x7f]));
  const tiles = [zeros, noise, endless];
  const entries: { tileId: number; offset: number; length: number; runLength: number }[] = [];
  let offset = 0;
  // Over the whole area, at both zooms.
  const ids = [8, 9].flatMap((z) => {
    const side = 2 ** z;
    const x = Math.floor(((6.12 + 180) / 360) * side);
    const sine = Math.sin((46.2 * Math.PI) / 180);
    const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side);
    return [tileIdOf(z, x, y), tileIdOf(z, x + 1, y), tileIdOf(z, x, y + 1)];
  });
  const places = tiles.map((tile) => {
    const place = { offset, length: tile.length };
    offset += tile.length;
    return place;
  });
  for (const [i, tileId] of [...new Set(ids)].toSorted((a, b) => a - b).entries()) {
    entries.push({ tileId, ...places[i % places.length]!, runLength: 1 });
  }
  const root = gzipSync(encodeDirectory(entries));
  const header: Header = {
    rootOffset: HEADER_LENGTH,
    rootLength: root.length,
    metadataOffset: HEADER_LENGTH + root.length,
    metadataLength: 0,
    leavesOffset: HEADER_LENGTH + root.length,
    leavesLength: 0,
    tilesOffset: HEADER_LENGTH + root.length,
    tilesLength: offset,
    addressed: entries.length,
    entries: entries.length,
    contents: tiles.length,
    clustered: true,
    internalCompression: GZIP,
    tileCompression: GZIP,
    tileType: MVT,
    minZoom: 8,
    maxZoom: 9,
    bounds: [46.19, 6.09, 46.23, 6.16],
  };
  return Buffer.concat([encodeHeader(header), root, ...tiles]);
}
