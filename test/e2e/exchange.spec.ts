import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { sampleId } from '#server/sample/identity.ts';
import { Desk } from './pages/desk.ts';
import type { Phone } from './phone.ts';
import { ORGANISER, World } from './world.ts';

let world: World;
let phone: Phone;
test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier ouvert');
  phone = await world.phone('A');
});
test.afterAll(async () => {
  await world.end();
});

const TABLE =
  'titre;date;début;fin;lieu;code postal;ville\nRencontre importée;2026-11-30;10h;12h;Mairie;44000;Nantes\nSans date;;;;;;\n';

test('a table goes in after a look at what it would do, shows without a reload, and comes back out unchanged', async () => {
  const { page } = phone;
  await new Desk(phone).signIn(ORGANISER, world.server);
  await page.getByRole('link', { name: 'Importer et exporter' }).click();
  const send = async (text: string): Promise<void> => {
    await page
      .getByLabel('Fichier')
      .setInputFiles({ name: 'programme.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  };
  await send('n;importe;quoi\n');
  await expect(page.getByText("Ce fichier ne peut pas être importé. Rien n'a changé.")).toBeVisible();

  await send(TABLE);
  await expect(page.getByText('2 lus · 1 ajouté · 0 modifié · 0 inchangé · 1 refusé')).toBeVisible();
  const refused = page.getByRole('table', { name: 'Événements refusés' });
  await expect(refused.getByRole('row', { name: /Ligne 3 · Sans date.*Il n'a pas de date/ })).toBeVisible();
  await page.getByRole('button', { name: 'Enregistrer 1 événement' }).click();
  await expect(page.getByText('Import enregistré')).toBeVisible();

  await page.getByRole('link', { name: 'Programme', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Rechercher dans le programme' }).fill('rencontre importée');
  await expect(page.getByRole('link', { name: 'Rencontre importée' })).toBeVisible();

  await page.goto('/espace/echanges');
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger' }).click();
  const file = await (await waiting).path();
  const text = await readFile(file, 'utf8');
  expect(text).toContain('Rencontre importée');
  await page
    .getByLabel('Fichier')
    .setInputFiles({ name: 'retour.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(page.getByText(/0 ajouté · 0 modifié · \d+ inchangés · 0 refusé/)).toBeVisible();
  await expect(page.getByText("Il n'y a rien à enregistrer.")).toBeVisible();
});

test("an edition's and a region's page lead into the programme and say how to subscribe", async () => {
  const { page } = phone;
  await page.goto(`/editions/${world.event.editionId}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/démonstration/i);
  const feed = await page.getByRole('link', { name: 'Calendrier (iCalendar)' }).getAttribute('href');
  expect((await page.request.get(feed!)).headers()['content-type']).toBe('text/calendar; charset=utf-8');
  await page.getByRole('link', { name: /^Pays de la Loire/ }).click();
  await expect(page).toHaveURL(/[?&]region=52/);
  await page.goto('/regions/52');
  await expect(page.getByRole('heading', { level: 1, name: 'Pays de la Loire' })).toBeVisible();
  await page.getByRole('link', { name: 'Voir le programme de la région' }).click();
  await expect(page).toHaveURL(/\?region=52$/);
  expect(phone.errors).toEqual([]);
});

test('the auditor reads every part of the desk and is offered nothing that changes anything', async () => {
  const auditor = await world.phone('B');
  const { page } = auditor;
  await new Desk(auditor).signIn('audit@escale.example', world.server);
  const note = page.getByText('Votre rôle permet de tout lire ici, et de ne rien changer.');
  const main = page.getByRole('main');
  const changing = main.getByRole('button', {
    name: /Enrôler|Modifier|Enregistrer|Ajouter|Envoyer|Publier|Écrire|Révoquer|Retirer|Supprimer|Masquer|Valider|Refuser|Demander/,
  });
  const views = ['', 'inscriptions', 'portes', 'journal', 'regles', 'papier', 'question', 'diffusion', 'bilan'];
  for (const view of views) {
    await page.goto(`/espace/evenements/${world.event.id}?vue=${view}`);
    await expect(main.getByRole('heading', { level: 2 }).first()).toBeVisible();
    if (['inscriptions', 'regles', 'question', 'bilan'].includes(view)) await expect(note).toBeVisible();
    await expect(changing).toHaveCount(0);
  }
  await page.goto(`/moderation/${sampleId('demo', 'proposal', 'forms')}`);
  await expect(main.getByRole('heading', { level: 2, name: 'Échanges et historique' })).toBeVisible();
  await expect(changing).toHaveCount(0);
  for (const address of [`/espace/evenements/${world.event.id}/saisie`, '/espace/echanges', '/proposer']) {
    await page.goto(address);
    await expect(note).toBeVisible();
    await expect(changing).toHaveCount(0);
  }
});
