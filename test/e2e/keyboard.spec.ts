import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Keyboard } from './pages/keyboard.ts';
import { Proposer } from './pages/proposer.ts';
import type { Phone } from './phone.ts';
import { ORGANISER, World } from './world.ts';

const TITLE = 'Atelier du loriot';
const SENT = { timeout: 60_000 };

let world: World;

test.beforeAll(async () => {
  world = await World.make('sqlite', TITLE);
});

test.afterAll(async () => {
  await world.end();
});

async function phoneOf(name: string): Promise<Phone> {
  const phone = await world.phone(name);
  await phone.page.emulateMedia({ reducedMotion: 'reduce' });
  return phone;
}

/** The heading of the page that has just been come to has the focus, so that it is read out. */
async function expectArrival(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
}

test('by keyboard alone: from the programme over a filter to a ticket, the agenda, and a place given back', async () => {
  const phone = await phoneOf('attendee');
  const { page } = phone;
  const keys = new Keyboard(page);
  const main = page.getByRole('main');
  const attendee = new Attendee(phone);

  await test.step('the programme: past the navigation, a search, a filter', async () => {
    await attendee.openProgramme();
    await keys.press(page.getByRole('link', { name: 'Aller au contenu' }));
    await expect(main).toBeFocused();
    await keys.type(page.getByRole('searchbox', { name: 'Rechercher dans le programme' }), 'loriot');
    await expect(attendee.eventLinks).toHaveCount(1);
    const filters = page.getByRole('button', { name: 'Filtres', exact: true });
    await keys.press(filters);
    const sheet = page.getByRole('dialog', { name: 'Filtres' });
    await keys.pick(sheet.getByRole('combobox', { name: 'Format' }), 'Atelier');
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Filtres/ })).toBeFocused();
    await expect(main.locator('[aria-live]').filter({ hasText: '1 événement' })).toBeVisible();
  });

  await test.step('the event, noted, and the form: what is missing is said where it is', async () => {
    await keys.press(attendee.eventLinks.first());
    await expectArrival(page, TITLE);
    await keys.press(page.getByRole('button', { name: 'Ajouter à mon agenda' }));
    await expect(page.getByRole('button', { name: 'Retirer de mon agenda' })).toBeFocused();
    await keys.press(page.getByRole('link', { name: "S'inscrire" }), true);
    await expectArrival(page, "S'inscrire");
    await keys.type(page.getByRole('textbox', { name: 'Prénom' }), 'Claire');
    await keys.type(page.getByRole('textbox', { name: /^Nom/ }), 'Vier');
    await keys.press(page.getByRole('button', { name: 'Valider mon inscription' }));
    const address = page.getByRole('textbox', { name: 'Adresse électronique' });
    await expect(address).toBeFocused();
    await expect(address).toHaveAccessibleDescription(/Indiquez votre adresse électronique/);
    await page.keyboard.type('claire@example.org');
    await page.keyboard.press('Enter');
    await expect(attendee.state('Inscription confirmée')).toBeVisible(SENT);
  });

  await test.step('the ticket, and a question before the place is given back', async () => {
    await keys.press(main.getByRole('link', { name: 'Voir mon billet' }));
    await expectArrival(page, 'Mon billet');
    const cancel = page.getByRole('button', { name: 'Annuler mon inscription' });
    await keys.press(cancel);
    const dialog = page.getByRole('dialog');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(cancel).toBeFocused();
    await page.keyboard.press('Enter');
    await keys.press(dialog.getByRole('button', { name: 'Rendre ma place' }));
    await expect(attendee.state('Inscription annulée')).toBeVisible(SENT);
    // The button is gone: a keyboard that is thrown back to the top would have to begin anew.
    await expect(main.locator(':focus')).toHaveCount(1);
  });

  await test.step('the agenda', async () => {
    await keys.press(page.getByRole('navigation').getByRole('link', { name: 'Mon agenda' }), true);
    await expectArrival(page, 'Mon agenda');
    await keys.to(main.getByRole('link', { name: TITLE }));
  });

  expect(keys.faults).toEqual([]);
  expect(phone.errors).toEqual([]);
});

test('by keyboard alone: the desk of an event, and a proposal whose mistakes lead to their fields', async () => {
  const phone = await phoneOf('desk');
  const { page } = phone;
  await page.setViewportSize({ width: 1280, height: 900 });
  const keys = new Keyboard(page);
  const main = page.getByRole('main');

  await test.step('the desk', async () => {
    await new Desk(phone).signIn(ORGANISER, world.server);
    await keys.type(page.getByRole('searchbox', { name: 'Chercher un événement' }), TITLE);
    await keys.press(main.getByRole('link', { name: TITLE }));
    await expectArrival(page, TITLE);
    const enrol = page.getByRole('button', { name: 'Enrôler un téléphone' });
    await keys.press(enrol);
    await keys.to(page.getByRole('dialog').getByRole('textbox', { name: "Lien d'enrôlement" }));
    await page.keyboard.press('Escape');
    await expect(enrol).toBeFocused();
    await keys.press(main.getByRole('link', { name: 'Inscriptions' }));
    await expect(page.getByRole('heading', { level: 2, name: 'Inscriptions' })).toBeVisible();
  });

  await test.step('the proposal', async () => {
    const proposer = new Proposer(phone);
    await page.goto('/proposer');
    await keys.type(proposer.title, 'Rencontre au clavier');
    await expect(proposer.state('Enregistré sur cet appareil')).toBeVisible();
    await keys.press(page.getByRole('button', { name: 'Envoyer la proposition' }));
    await expect(page.getByRole('group', { name: /à compléter$/ })).toBeFocused();
    await keys.press(page.getByRole('link', { name: /Indiquez la date/ }));
    const date = page.getByLabel('Date', { exact: true });
    await expect(date).toBeFocused();
    // Day, month and year stand in the order of the browser's language.
    for (const key of ['ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
    await expect(date).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  });

  expect(keys.faults).toEqual([]);
  expect(phone.errors).toEqual([]);
});
