import { expect, test } from '@playwright/test';
import { facts } from '../support/facts.ts';
import { codeOnScreen } from '../support/screen-code.ts';
import { expectOnceEach, person } from './ledger.ts';
import { Attendee } from './pages/attendee.ts';
import { World } from './world.ts';

const TITLE = 'Atelier du merle';

test('D2 O1 O2: in Firefox, browse, note, then with no server search, a deep link, the map and a registration; sent once, its ticket read with none', async () => {
  const world = await World.make('sqlite', TITLE);
  try {
    const someone = person('Merle hors ligne');
    const [other] = await world.publish('Rencontre du merle');
    const open = async (): Promise<Attendee> => new Attendee(await world.phone('F', { engine: 'firefox' }));

    let attendee = await open();
    await test.step('found in the list and noted', async () => {
      await attendee.openProgramme();
      await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
      await attendee.phone.untilInstalled();
      await attendee.search('atelier du merle');
      await attendee.openEvent(TITLE);
      await attendee.note();
    });
    await attendee.phone.close();

    await world.server.kill();
    attendee = await open();
    await test.step('opened again with no server: an event never opened, a search, the map, from the agenda to the form', async () => {
      const { page } = attendee.phone;
      await page.goto(`/evenements/${other!.slug}`);
      await expect(page.getByRole('heading', { level: 1, name: 'Rencontre du merle' })).toBeVisible();
      await attendee.openProgramme();
      await attendee.search('merle');
      await expect(attendee.eventLinks).toHaveCount(2);
      await attendee.openMap();
      await attendee.openAgenda();
      await attendee.openEvent(TITLE);
      await attendee.register(someone);
      await expect(attendee.state("En attente d'envoi")).toBeVisible();
      await expect(attendee.syncState).toHaveText(/1 envoi en attente/);
    });

    await world.server.start();
    await test.step('it is sent by itself, once', async () => {
      await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 90_000 });
      await expectOnceEach(world.server, [someone]);
    });

    await world.server.kill();
    await test.step('the ticket is read with no server, after the app was swiped away', async () => {
      await attendee.phone.close();
      attendee = await open();
      await attendee.phone.page.goto('/');
      await attendee.openTicket(TITLE);
      const picture = attendee.phone.page.getByRole('main').getByRole('img').first();
      await expect(picture).toBeVisible();
      const [row] = await facts(
        world.server.options,
        `select ticket from registration where email = '${someone.email}'`,
      );
      expect(await codeOnScreen(picture)).toBe(row?.['ticket']);
    });
    expect(attendee.phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});
