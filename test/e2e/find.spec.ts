import { expect, test } from '@playwright/test';
import { openEvent, publish } from '../support/seed.ts';
import { Attendee } from './pages/attendee.ts';
import type { Phone } from './phone.ts';
import { World } from './world.ts';

let world: World;
let phone: Phone;

test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier du phare');
  const { date } = world.event.sessions[0]!.slot;
  const at = (start: string, end: string, room: string) => ({
    sessions: [{ ...world.event.sessions[0]!, slot: { date, start, end, zone: 'Europe/Paris' }, room }],
  });
  await publish(world.server.options, [
    openEvent(world.event.editionId, 'Matin au phare', {
      ...at('09:00', '10:00', 'Salle 2'),
      organisers: [{ name: 'Compagnie des Lampions' }],
    }),
    openEvent(world.event.editionId, 'Soir au phare', at('18:00', '19:00', 'Salle 10')),
  ]);
  phone = await world.phone('A');
});

test.afterAll(async () => {
  await world.end();
});

test('a search shows what it found where the title does not, and reads a slip as the nearest word', async () => {
  const { page } = phone;
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await attendee.search('phare');
  await expect(page.locator('main mark').filter({ hasText: 'phare' })).not.toHaveCount(0);
  // The index of the full texts may still be growing.
  await attendee.search('lampio');
  await expect(page.getByText('Organisé par :')).toBeVisible();
  await expect(page.locator('main mark')).toHaveText('Lampions');
  await attendee.search('lampoins');
  await expect(page.getByText('« lampions »')).toBeVisible();
  await expect(attendee.eventLinks).toHaveCount(1);
  expect(phone.errors).toEqual([]);
});

test('a day is laid out by place and hour, gone through with the arrow keys, and one place at a time on a phone', async () => {
  const { page } = phone;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`/?vue=grille&q=phare&jour=${world.event.sessions[0]!.slot.date}`);
  const grid = page.getByRole('region', { name: 'Grille des horaires' });
  const rooms = grid.getByRole('heading', { level: 2 });
  await expect(rooms).toHaveText([/^Salle 2/, /^Salle 10/]);
  await grid.getByRole('link', { name: /Matin au phare/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(grid.getByRole('link', { name: /Soir au phare/ })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Sans heure précise' })).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('combobox', { name: 'Lieu' }).selectOption({ label: 'Salle 10' });
  await expect(page.getByRole('heading', { level: 2, name: 'Salle 10' })).toBeVisible();
  await page.getByRole('link', { name: 'Soir au phare' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Soir au phare' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('combobox', { name: 'Lieu' })).toBeVisible();
  expect(phone.errors).toEqual([]);
});

test('what is near is listed with its distance, and around a town where the position is denied', async () => {
  const { page } = phone;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await page.getByRole('button', { name: 'Près de moi' }).click();
  await expect(page.getByText('La position est refusée à cette page.', { exact: false })).toBeVisible();
  await page.getByRole('combobox', { name: 'Ville' }).selectOption('Montpellier');
  await expect(page.getByRole('combobox', { name: 'Autour de' })).toHaveValue('Montpellier');
  await expect(page.locator('main article').first()).toContainText(/Montpellier · \d+/);

  await page.getByRole('button', { name: 'Près de moi' }).click();
  await phone.context.grantPermissions(['geolocation']);
  await phone.context.setGeolocation({ latitude: 43.61, longitude: 3.88 });
  await page.getByRole('button', { name: 'Près de moi' }).click();
  await expect(page.getByRole('combobox', { name: 'Autour de' })).toHaveValue('');
  await expect(page.locator('main article').first()).toContainText(/Montpellier · \d+/);
  expect(phone.errors).toEqual([]);
});

test('the app offers to be installed after a favourite, not before, and not again once somebody has said no', async () => {
  const { page } = phone;
  await page.goto(`/partage?text=${encodeURIComponent(`Viens ${phone.origin}/evenements/soir-au-phare`)}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Soir au phare' })).toBeVisible();
  // The browser's own offer comes from its heuristics, which a test cannot meet.
  const offer = (): Promise<void> =>
    page.evaluate(() => {
      const asked = { prompt: async () => ({ outcome: 'dismissed' }) };
      window.dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), asked));
    });
  await expect(page.getByRole('complementary', { name: "Version de l'application" })).toBeAttached();
  await offer();
  const note = page.getByRole('button', { name: 'Ajouter à mon agenda' });
  const title = page.getByText("Garder Escale sur l'écran d'accueil");
  await expect(note).toBeVisible();
  await expect(title).toHaveCount(0);
  await note.click();
  await expect(page.getByRole('button', { name: 'Installer' })).toBeVisible();
  await page.getByRole('button', { name: 'Ne plus proposer' }).click();
  await expect(title).toHaveCount(0);
  await page.getByRole('button', { name: 'Retirer de mon agenda' }).click();
  await note.click();
  await expect(page.getByRole('button', { name: 'Retirer de mon agenda' })).toBeVisible();
  await expect(title).toHaveCount(0);
  expect(phone.errors).toEqual([]);
});
