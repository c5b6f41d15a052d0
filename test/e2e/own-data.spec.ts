import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { facts } from '../support/facts.ts';
import { Attendee } from './pages/attendee.ts';
import { World } from './world.ts';

const TITLE = 'Atelier des données retrouvées';

test('an attendee sees what is held on them, takes it along, and has it erased here and on the server', async () => {
  const world = await World.make('sqlite', TITLE);
  try {
    const phone = await world.phone('oriane');
    const { page } = phone;
    const attendee = new Attendee(phone);
    await attendee.openProgramme();
    await attendee.search('données retrouvées');
    await attendee.openEvent(TITLE);
    await attendee.register({ firstName: 'Oriane', lastName: 'Kervadec', email: 'oriane@example.org' });
    await expect(attendee.state('Inscription confirmée')).toBeVisible();

    await page.goto('/reglages');
    await page.getByRole('link', { name: 'Mes données' }).click();
    await expect(page.getByText('Oriane Kervadec · oriane@example.org')).toBeVisible();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger mes données' }).click();
    const file = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as object;
    expect(file).toMatchObject({
      server: { registrations: [{ email: 'oriane@example.org', state: 'confirmed' }] },
      device: { registrations: [{ firstName: 'Oriane' }] },
    });

    await page.getByRole('button', { name: 'Tout effacer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Effacer tout ce qui vous concerne ?' });
    await dialog.getByRole('button', { name: 'Tout effacer' }).click();
    await expect(page.getByText('Tout est effacé ; 1 inscription à venir a été annulée.')).toBeVisible();
    await expect(page.getByText('Oriane')).toHaveCount(0);
    await attendee.openTickets();
    await expect(page.locator('main a[href^="/billets/"]')).toHaveCount(0);
    const named = "select id from registration where first_name = 'Oriane'";
    expect(await facts(world.server.options, named)).toEqual([]);
  } finally {
    await world.end();
  }
});
