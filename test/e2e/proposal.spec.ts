import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { addDays, localOf } from '#domain/dates.ts';
import { escale } from '../support/operator.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Moderator } from './pages/moderator.ts';
import { Proposer } from './pages/proposer.ts';
import { World } from './world.ts';

const WRITER = 'redactrice@escale.test';
const REGION = 'occitanie@escale.test';
const NATION = 'nation@escale.test';
const TITLE = 'Atelier des usages numériques';

const PICTURE = readFileSync(new URL('../fixtures/qr/12.png', import.meta.url));
const ALT = 'Trois personnes autour d’un plan';
const shown = (page: Page) => page.getByRole('img', { name: ALT });

/** What a phone that has been written on without a network says at once; what has to travel first is waited for longer. */
const SYNC = { timeout: 60_000 };

test('from an offline draft on one phone through both moderators to another phone, and an edit that is seen as a change', async () => {
  test.setTimeout(300_000);
  const world = await World.make('sqlite', 'Autre événement');
  try {
    const { server, gate } = world;
    escale(server.options, 'user', 'add', WRITER, '--role', 'organiser');
    escale(server.options, 'user', 'add', REGION, '--role', 'regional', '--region', '76');
    escale(server.options, 'user', 'add', NATION, '--role', 'national');
    const day = addDays(localOf(Date.now(), 'Europe/Paris').date, 3);

    let writer = new Proposer(await world.phone('O'));
    await test.step('a draft is begun with no network, and is there again after the app was swiped away', async () => {
      await new Desk(writer.phone).signIn(WRITER, server);
      await writer.phone.untilDeskInstalled();
      gate.mode = 'silent';
      await writer.begin('Atelier des usages');
      await writer.phone.close();
      writer = new Proposer(await world.phone('O'));
      await writer.phone.page.goto('/proposer');
      await writer.phone.page.getByRole('link', { name: 'Atelier des usages' }).click();
      await expect(writer.title).toHaveValue('Atelier des usages');
    });

    await test.step('what is missing is said with the way to it, and it waits for the network', async () => {
      const { page } = writer.phone;
      await writer.send();
      await expect(page.getByRole('group', { name: /à compléter$/ })).toBeFocused();
      await page.getByRole('link', { name: /Indiquez la date/ }).click();
      await expect(page.getByLabel('Date', { exact: true })).toBeFocused();
      await writer.title.fill(TITLE);
      await writer.fillIn(day, ['10:00', '12:00']);
      await writer.illustrate(PICTURE, ALT);
      await writer.send();
      await expect(writer.state('En relecture en région')).toBeVisible();
      await expect(page.getByText("En attente d'envoi", { exact: false })).toBeVisible();
      gate.mode = 'open';
      // What hangs is over: the network is another one.
      gate.cut();
      await expect(page.getByText("En attente d'envoi", { exact: false })).toHaveCount(0, SYNC);
    });

    const region = new Moderator(await world.phone('R', { size: { width: 1280, height: 900 } }));
    const nation = new Moderator(await world.phone('N', { size: { width: 1280, height: 900 } }));
    await test.step('the region asks for a change, the author makes it, both steps approve', async () => {
      await new Desk(region.phone).signIn(REGION, server);
      await region.open(TITLE);
      await expect(shown(region.phone.page)).toBeVisible(SYNC);
      await region.askForChanges('Merci de citer le partenaire.', 'Description courte');
      await expect(writer.state('Modifications demandées')).toBeVisible(SYNC);
      await expect(writer.phone.page.getByText('Merci de citer le partenaire.').first()).toBeVisible();
      const summary = writer.phone.page.getByRole('textbox', { name: 'Description courte' });
      await writer.phone.page.getByRole('link', { name: 'Aller à : Description courte' }).click();
      await expect(summary).toBeFocused();
      await summary.fill('Avec la Métropole.');
      await writer.phone.page.getByRole('link', { name: 'Relire la demande' }).click();
      await expect(writer.phone.page.locator('#demande')).toBeFocused();
      await writer.send();
      await expect(writer.state('En relecture en région')).toBeVisible();
      await region.open(TITLE);
      await expect(region.phone.page.getByText('Avec la Métropole.').first()).toBeVisible(SYNC);
      await region.approve();
      await new Desk(nation.phone).signIn(NATION, server);
      await nation.open(TITLE);
      // The region's word has to have come: until then the nation would decide on what the region is deciding on.
      await expect(nation.state("En relecture par l'équipe nationale")).toBeVisible(SYNC);
      await nation.correct('Description courte', 'Avec la Métropole de Montpellier.');
      await nation.approve();
      await expect(writer.state('Publiée')).toBeVisible(SYNC);
      await expect(writer.phone.page.getByText('Corrigé : Description courte')).toBeVisible();
    });

    const attendee = new Attendee(await world.phone('A'));
    const { page: agenda } = attendee.phone;
    await test.step('another phone has it in its programme and follows it', async () => {
      await attendee.openProgramme();
      await expect(attendee.syncState).toHaveText(/À jour/, SYNC);
      await attendee.search('usages numeriques');
      await attendee.openEvent(TITLE);
      await agenda.getByRole('button', { name: 'Ajouter à mon agenda' }).click();
      await expect(agenda.getByRole('button', { name: 'Retirer de mon agenda' })).toBeVisible();
      await expect(shown(agenda)).toBeVisible(SYNC);
    });

    await test.step('an edit is a difference for the moderators, while the published one stays', async () => {
      const { page } = writer.phone;
      await page.getByRole('link', { name: 'Inscriptions et diffusion' }).click();
      await page.getByRole('button', { name: "Modifier l'événement" }).click();
      await page.getByLabel('Début').fill('14:00');
      await page.getByLabel('Fin').fill('16:00');
      await writer.send();
      await expect(writer.state('En relecture en région')).toBeVisible();
      await region.open(TITLE);
      await expect(region.phone.page.locator('del').filter({ hasText: /: 10\b/ })).toBeVisible();
      await expect(region.phone.page.locator('ins').filter({ hasText: /: 14\b/ })).toBeVisible();
      await region.approve();
      await nation.open(TITLE);
      // The region's word has to have come: until then the nation would decide on what the region is deciding on.
      await expect(nation.state("En relecture par l'équipe nationale")).toBeVisible(SYNC);
      await nation.approve();
    });

    await test.step('the phone that follows it tells what changed', async () => {
      await agenda.goto('/agenda');
      await expect(agenda.getByText('Déplacé : 10:00–12:00 → 14:00–16:00')).toBeVisible(SYNC);
    });

    await test.step('its picture is there without a network, and the page that lists what is kept says so', async () => {
      await agenda.goto('/hors-ligne');
      await expect(agenda.getByText(/^1 image gardée/)).toBeVisible(SYNC);
      await attendee.phone.untilInstalled();
      gate.mode = 'portal';
      await agenda.goto('/agenda');
      await agenda.getByRole('link', { name: TITLE }).first().click();
      await expect(shown(agenda)).toBeVisible();
      await expect.poll(() => shown(agenda).evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    });
    for (const { phone } of [writer, region, nation, attendee]) expect(phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});
