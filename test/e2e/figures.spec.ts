import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { escale } from '../support/operator.ts';
import { Desk } from './pages/desk.ts';
import { ORGANISER, World } from './world.ts';

/** Another account: each test reads the only code in its mail. */
const TEAM = 'bureau@escale.test';
const TITLE = 'Atelier des voisins';

let world: World;
test.beforeAll(async () => {
  world = await World.make('sqlite', TITLE);
  escale(world.server.options, 'user', 'add', TEAM, '--role', 'national');
});
test.afterEach(() => {
  world.gate.mode = 'open';
});
test.afterAll(async () => {
  await world.end();
});

test('what the team features reaches another phone, is there without a network, and goes back to what it was', async () => {
  test.setTimeout(120_000);
  const attendee = await world.phone('A');
  await attendee.page.goto('/');
  const featured = attendee.page.getByRole('region', { name: 'À la une' });
  await expect(featured.getByRole('link')).toHaveCount(3);

  const office = await world.phone('office', { size: { width: 1280, height: 900 } });
  await new Desk(office).signIn(ORGANISER, world.server);
  const { page } = office;
  await page.getByRole('link', { name: 'À la une', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Chercher un événement à ajouter' }).fill(TITLE);
  await page.getByRole('button', { name: `Mettre à la une : ${TITLE}` }).click();
  const up = page.getByRole('button', { name: `Monter : ${TITLE}` });
  for (let place = 3; place > 0; place--) await up.click();
  await expect(up).toBeDisabled();
  await page.getByRole('button', { name: 'Enregistrer la une' }).click();
  await expect(page.getByText('La une est enregistrée.')).toBeVisible();

  await expect(featured.getByRole('link').first()).toHaveText(TITLE);
  await attendee.page.evaluate(async () => navigator.serviceWorker.ready);
  world.gate.mode = 'portal';
  await attendee.page.reload();
  await expect(featured.getByRole('link').first()).toHaveText(TITLE);
  world.gate.mode = 'open';

  await page.getByRole('button', { name: "Revenir à la une d'avant" }).click();
  await expect(page.getByText("La une d'avant est de nouveau en place.")).toBeVisible();
  await expect(featured.getByRole('link')).toHaveCount(3, { timeout: 60_000 });
});

test('the dashboard tells where nothing is, gives its tables as files, and shows what was seen last without a network', async () => {
  test.setTimeout(120_000);
  const office = await world.phone('B', { size: { width: 1280, height: 900 } });
  await new Desk(office).signIn(TEAM, world.server);
  const { page } = office;
  await page.getByRole('link', { name: 'Tableau de bord' }).click();
  await page.getByRole('combobox', { name: 'Région' }).selectOption('Occitanie');
  await expect(page).toHaveURL(/region=76/);
  const places = page.getByRole('region', { name: 'Événements par département' });
  await expect(places.getByText(/départements sur 13 sont sans événement.*Lozère/)).toBeVisible();
  await expect(places.getByRole('img', { name: 'Carte des départements' })).toBeVisible();
  await places.getByText('Voir le tableau').click();
  await expect(places.getByRole('row', { name: /^34 Hérault/ })).toBeVisible();
  const waiting = page.waitForEvent('download');
  await places.getByRole('button', { name: 'Télécharger (CSV) : Événements par département' }).click();
  const lines = (await readFile(await (await waiting).path(), 'utf8')).split('\r\n');
  expect(lines[0]).toMatch(/^\uFEFFdepartment;name;region;region_name;events;cancelled;registered;/);
  expect(lines).toHaveLength(15);

  await page.evaluate(async () => navigator.serviceWorker.ready);
  world.gate.mode = 'portal';
  await page.reload();
  await expect(page.getByText('Hors ligne : voici les derniers chiffres vus')).toBeVisible({ timeout: 60_000 });
  await expect(places.getByRole('row', { name: /^34 Hérault/ })).toBeHidden();
  await places.getByText('Voir le tableau').click();
  await expect(places.getByRole('row', { name: /^34 Hérault/ })).toBeVisible();
});
