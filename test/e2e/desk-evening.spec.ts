import { expect, test } from '@playwright/test';
import { printedShortCode } from '#domain/ticket.ts';
import { facts } from '../support/facts.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { Desk } from './pages/desk.ts';
import { Door } from './pages/door.ts';
import { ORGANISER, World } from './world.ts';

const TITLE = 'Atelier du soir';
const people = ['Hélène Öztürk', 'Marius Le Goff', 'Zoé Kervella', 'Aline Petit'].map((name, n) => ({
  firstName: name.split(' ', 1)[0]!,
  lastName: name.slice(name.indexOf(' ') + 1),
  email: `personne.${n}@example.org`,
}));

test('an evening at the desk: arrivals as they happen, a paper list typed in, a certificate that can be checked', async () => {
  test.setTimeout(90_000);
  const world = await World.make('sqlite', TITLE);
  try {
    const { server, event } = world;
    const subject = { eventId: event.id, subjectId: event.id };
    const registrations = await new ProtocolClient(server.url).register(
      ...people.map((one, n) => ({ ...one, ...subject, party: n === 2 ? 3 : 1 })),
    );
    const [helene] = registrations;

    const office = await world.phone('office', { size: { width: 1280, height: 900 } });
    const desk = new Desk(office);
    await desk.signIn(ORGANISER, server);
    const link = await desk.enrolmentLink(TITLE);
    const { page } = office;
    await page.keyboard.press('Escape');
    const arrived = page.locator('dl > div', { hasText: 'Arrivés' }).locator('dd');
    await expect(arrived).toHaveText('0');
    await expect(page.getByRole('status', { name: 'En direct' })).toBeVisible();

    await test.step('what a door records is seen at the desk within seconds, without a touch', async () => {
      const door = new Door(await world.phone('B'));
      await door.enrol(link, { phone: 'Téléphone B', door: 'Entrée B' });
      await door.admitByCode(printedShortCode(helene!.ticketId!));
      await expect(arrived).toHaveText('1', { timeout: 15_000 });
      await expect(page.getByRole('row', { name: /Entrée B/ })).toBeVisible();
      expect(door.phone.errors).toEqual([]);
      await door.phone.close();
    });

    await test.step('the paper list is typed in by keyboard alone', async () => {
      await page.getByRole('link', { name: 'Papier et exports' }).click();
      await page.getByRole('link', { name: 'Saisir une feuille signée' }).click();
      await page.getByLabel('Heure inscrite sur la feuille').fill('00:00');
      const box = page.getByRole('combobox', { name: 'Personne' });
      await box.fill('le gof');
      await expect(page.getByRole('option', { name: /Marius Le Goff/ })).toBeVisible();
      await box.press('Enter');
      await expect(page.getByText(/Enregistrée$/)).toBeVisible();
      await box.fill('kerv');
      await box.press('Enter');
      await page.getByLabel('Combien sont venus, sur 3').fill('2');
      await page.keyboard.press('Enter');
      await expect(page.getByText(/Enregistrée$/)).toHaveCount(2);
    });

    await test.step('a line typed in while the server is away waits, over a reload too, and is recorded once', async () => {
      await server.kill();
      const box = page.getByRole('combobox', { name: 'Personne' });
      await box.fill('petit');
      await box.press('Enter');
      await expect(page.getByText(/En attente d'envoi$/)).toBeVisible();
      await server.start();
      await page.reload();
      await expect(page.getByText(/Enregistrée$/)).toHaveCount(3, { timeout: 20_000 });
      const rows = await facts(
        server.options,
        `select door, count(*) as n, sum(count) as people from check_in where event_id = '${event.id}' group by door order by door`,
      );
      expect(rows.map((row) => [row['door'], Number(row['n']), Number(row['people'])])).toEqual([
        ['Entrée B', 1, 1],
        ['Feuille papier', 3, 4],
      ]);
    });

    await test.step('who came has a certificate, and its code is known to the desk alone', async () => {
      await page.goto(`/espace/evenements/${event.id}/attestations`);
      await expect(page.getByRole('button', { name: 'Imprimer les 4 attestations' })).toBeVisible();
      const first = page.getByRole('article').filter({ hasText: 'Aline Petit' });
      await expect(first).toContainText(TITLE);
      const code = /([0-9A-Z]{4}-){2}[0-9A-Z]{4}/.exec(await first.innerText())?.[0];
      expect(code).toBeDefined();
      await page.goto(`/espace/evenements/${event.id}?vue=papier`);
      await page.getByRole('textbox', { name: "Code d'une attestation" }).fill(code!.toLowerCase());
      await page.getByRole('button', { name: 'Vérifier' }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'est la nôtre' })).toContainText('Aline Petit');
      await page.getByRole('textbox', { name: "Code d'une attestation" }).fill('AAAA-BBBB-CCCC');
      await page.getByRole('button', { name: 'Vérifier' }).click();
      await expect(page.getByRole('alert').filter({ hasText: "n'est pas reconnu" })).toBeVisible();
    });

    await test.step('with no server the desk shows the last numbers, and says when they are from', async () => {
      await page.goto(`/espace/evenements/${event.id}`);
      await expect(arrived).toHaveText('5');
      await office.untilDeskInstalled();
      await server.kill();
      await page.reload();
      await expect(page.getByRole('status', { name: /Pas de réseau : chiffres du/ })).toBeVisible();
      await expect(arrived).toHaveText('5');
    });
    expect(office.errors).toEqual([]);
  } finally {
    await world.end();
  }
});
