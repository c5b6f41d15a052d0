import { expect, test } from '@playwright/test';
import { newUuid } from '../support/protocol-client.ts';
import { openEvent, publish } from '../support/seed.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { ORGANISER, World } from './world.ts';

const WORDS = 'Du temps pour essayer.';

let world: World;

test.beforeAll(async () => {
  world = await World.make('sqlite', 'Rencontre conviviale');
});

test.afterAll(async () => {
  await world.end();
});

test('a question put to all is answered with no network, supported by others, and moderated at the desk', async () => {
  const question = {
    text: { fr: 'De quoi avons-nous besoin ?' },
    openings: ['Observer', 'Se former'].map((fr) => ({ id: newUuid(), label: { fr } })),
  };
  const asking = openEvent(world.event.editionId, 'Une question', { question });
  await publish(world.server.options, [asking]);

  const ana = await world.phone('ana');
  await new Attendee(ana).openProgramme();
  await ana.page.goto(`/evenements/${asking.slug}`);
  await expect(ana.page.getByText('De quoi avons-nous besoin ?')).toBeVisible();
  await ana.untilInstalled();
  await world.server.kill();
  await ana.page.getByRole('button', { name: 'Répondre à la question' }).click();
  await ana.page.getByRole('combobox', { name: 'Piste' }).selectOption({ label: '2. Se former' });
  await ana.page.getByRole('textbox', { name: 'Votre réponse' }).fill(WORDS);
  await ana.page.getByRole('button', { name: 'Envoyer ma réponse' }).click();
  const mine = ana.page.getByRole('list', { name: 'Réponses : Se former' }).getByRole('listitem');
  await expect(mine).toContainText(WORDS);
  await expect(mine.getByRole('status')).toHaveText("En attente d'envoi");

  await world.server.start();
  // Opened again, as after a night: what waits goes up by itself.
  await ana.page.reload();
  await expect(mine).toContainText(WORDS);
  await expect(mine.getByRole('status')).toHaveCount(0);

  const bo = await world.phone('bo');
  await new Attendee(bo).openProgramme();
  await bo.page.goto(`/evenements/${asking.slug}`);
  const support = bo.page.getByRole('button', { name: /^Soutenir/ });
  await support.click();
  await expect(bo.page.getByRole('button', { name: 'Soutenir · 1', pressed: true })).toBeVisible();

  const desk = new Desk(bo);
  await desk.signIn(ORGANISER, world.server);
  await bo.page.goto(`/espace/evenements/${asking.id}?vue=question`);
  await bo.page.getByRole('button', { name: `Masquer : ${WORDS}` }).click();
  await bo.page.getByRole('textbox', { name: 'Raison' }).fill('Déjà dit.');
  await bo.page.getByRole('dialog').getByRole('button', { name: 'Masquer', exact: true }).click();
  await expect(bo.page.getByText('Masquée : Déjà dit.')).toBeVisible();
  await bo.page.getByRole('textbox', { name: 'Ce qui en est ressorti (français)' }).fill('Essayer **ensemble**.');
  await bo.page.getByRole('button', { name: 'Publier la question' }).click();
  await expect(bo.page.getByText('La question est publiée.')).toBeVisible();

  await ana.page.reload();
  await expect(mine).toContainText("L'organisateur a masqué cette réponse : Déjà dit.");
  await expect(ana.page.getByText('Essayer ensemble.')).toBeVisible();
  expect([...ana.errors, ...bo.errors]).toEqual([]);
});
