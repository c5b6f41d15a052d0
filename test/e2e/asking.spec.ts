import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { RegistrationForm } from '#domain/registration-question.ts';
import { escale } from '../support/operator.ts';
import { readable } from '../support/post-office.ts';
import { publish } from '../support/seed.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import type { Phone } from './phone.ts';
import { ORGANISER, World } from './world.ts';

const FORM: RegistrationForm = {
  namesRequired: true,
  questions: [
    { id: randomUUID(), text: { fr: 'Votre service' }, kind: 'text', required: true },
    {
      id: randomUUID(),
      text: { fr: 'Repas' },
      kind: 'choice',
      options: [{ fr: 'Végétarien' }, { fr: 'Avec viande' }],
      required: true,
      perPerson: true,
      atDoor: true,
    },
  ],
};

const EDITOR = 'infolettre@escale.test';

let world: World;
test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier des questions');
});
test.afterEach(() => {
  world.gate.mode = 'open';
});
test.afterAll(async () => {
  await world.end();
});

const synchronise = async (phone: Phone): Promise<void> => {
  world.gate.mode = 'open';
  await phone.page.goto('/hors-ligne');
  await phone.page.getByRole('button', { name: 'Synchroniser' }).click();
  await expect(new Attendee(phone).syncState).toHaveText('À jour', { timeout: 20_000 });
};

test('a party answers without a network what the organiser asks, and the desk reads who comes and what they said', async () => {
  const [event] = await world.publish('Repas commun');
  await publish(world.server.options, [{ ...event!, registrationForm: FORM }]);
  const phone = await world.phone('party');
  const attendee = new Attendee(phone);
  const { page } = phone;
  await page.goto(`/evenements/${event!.slug}/inscription`);
  await expect(page.getByRole('textbox', { name: 'Votre service' })).toBeVisible();
  await page.evaluate(async () => navigator.serviceWorker.ready);
  await expect(attendee.syncState).toHaveText('À jour', { timeout: 20_000 });
  world.gate.mode = 'silent';
  const helene = { firstName: 'Hélène', lastName: 'Durand', email: 'helene.durand@example.org' };
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a form, and no array
  await attendee.fill(helene);
  await page.getByLabel('Nombre de personnes').fill('2');
  await attendee.submit();
  // What is missing is said where it is missing, and the first of it has the focus.
  await expect(page.getByText('4 champs sont à corriger')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Votre service' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Votre service' }).fill('Voirie');
  await page.getByRole('group', { name: 'Vous' }).getByLabel('Repas').selectOption({ label: 'Végétarien' });
  const second = page.getByRole('group', { name: 'Personne 2' });
  await second.getByRole('textbox').fill('Paul Martin');
  await second.getByLabel('Repas').selectOption({ label: 'Avec viande' });
  await attendee.submit();
  await expect(attendee.state("En attente d'envoi")).toBeVisible();

  await synchronise(phone);
  await attendee.openTicket('Repas commun');
  await expect(attendee.state('Inscription confirmée')).toBeVisible();
  await expect(page.getByText('Avec Paul Martin')).toBeVisible();

  const office = await world.phone('desk', { size: { width: 1280, height: 900 } });
  await new Desk(office).signIn(ORGANISER, world.server);
  await office.page.goto(`/espace/evenements/${event!.id}?vue=inscriptions`);
  await office.page.getByRole('searchbox', { name: 'Chercher une inscription' }).fill('martin');
  const row = office.page.getByRole('row', { name: /Hélène Durand/ });
  await expect(row).toContainText('Votre service : Voirie');
  await expect(row).toContainText('Hélène Durand : Végétarien · Paul Martin : Avec viande');

  // Who signed up elsewhere comes in as a table, after a look at what it would do.
  const { page: desk } = office;
  await desk.getByRole('button', { name: 'Inscrire une liste' }).click();
  const table = [
    'Prénom;Nom;Courriel;Votre service;Repas',
    `Hélène;Durand;${helene.email};;`,
    'Ali;Benali;ali@example.org;RH;vegetarien',
    'Sans;Adresse;;;',
  ];
  const file = { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(table.join('\n')) };
  await desk.getByLabel('Fichier', { exact: true }).setInputFiles(file);
  await desk.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(desk.getByRole('row', { name: /Ligne 4.*Ce n'est pas une adresse électronique/ })).toBeVisible();
  await desk.getByRole('button', { name: 'Inscrire 1 personne' }).click();
  await expect(desk.getByText('1 inscription enregistrée, 1 personne')).toBeVisible();
  await desk.getByRole('button', { name: 'Fermer', exact: true }).last().click();
  await desk.getByRole('searchbox', { name: 'Chercher une inscription' }).fill('benali');
  await expect(desk.getByRole('row', { name: /Ali Benali/ })).toContainText('Votre service : RH');
  expect([...phone.errors, ...office.errors]).toEqual([]);
});

test('the newsletter is asked for without a network, confirmed in the mail, sent once, and left with one press', async () => {
  const address = 'lectrice@example.org';
  const phone = await world.phone('reader');
  const { page } = phone;
  await page.goto('/actualites');
  await expect(page.getByRole('heading', { name: 'Infolettre' })).toBeVisible();
  await page.evaluate(async () => navigator.serviceWorker.ready);
  world.gate.mode = 'silent';
  await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(address);
  await page.getByRole('button', { name: "M'abonner" }).click();
  await expect(page.getByText(`Votre demande pour ${address} partira dès que le réseau revient.`)).toBeVisible();
  await synchronise(phone);
  const link = async (kind: string, words: string): Promise<string> => {
    await expect.poll(async () => world.server.mailTo(address), { timeout: 30_000 }).toContain(words);
    const mail = await world.server.mailTo(address);
    const token = new RegExp(`#${kind}=([\\w-]{43})`).exec(readable(mail))?.[1];
    return `/infolettre#${kind}=${token}`;
  };
  await page.goto(await link('confirmer', 'infolettre'));
  await page.getByRole('button', { name: 'Confirmer mon abonnement' }).click();
  await expect(page.getByText("C'est confirmé")).toBeVisible();

  const office = await world.phone('editor', { size: { width: 1280, height: 900 } });
  escale(world.server.options, 'user', 'add', EDITOR, '--role', 'national');
  await new Desk(office).signIn(EDITOR, world.server);
  await office.page.getByRole('link', { name: 'Infolettre', exact: true }).click();
  await expect(office.page.getByText('Une adresse abonnée et confirmée')).toBeVisible();
  await office.page.getByRole('button', { name: 'Écrire une infolettre' }).click();
  await office.page.getByRole('textbox', { name: 'Objet (en français)' }).fill('Les nouvelles');
  await office.page.getByRole('textbox', { name: 'Texte (en français)' }).fill('**Bonjour**');
  await office.page.getByRole('button', { name: 'Envoyer à une adresse' }).click();
  await office.page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(office.page.getByText('1 sur 1 envoyées')).toBeVisible({ timeout: 30_000 });

  await page.goto(await link('desabonner', 'Les nouvelles'));
  await page.getByRole('button', { name: 'Me désabonner' }).click();
  await expect(page.getByText('votre adresse est effacée')).toBeVisible();
  await office.page.reload();
  await expect(office.page.getByText("Personne n'est encore abonné")).toBeVisible();
  expect([...phone.errors, ...office.errors]).toEqual([]);
});
