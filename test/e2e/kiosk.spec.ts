import { expect, test } from '@playwright/test';
import { printedShortCode } from '#domain/ticket.ts';
import { writeCameraVideo } from '../support/camera-video.ts';
import { facts } from '../support/facts.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Door } from './pages/door.ts';
import { ORGANISER, World } from './world.ts';

const TITLE = 'Atelier en libre service';
const PIN = '4826';
const people = ['Hélène Öztürk', 'Marius Kervella', 'Zoé Petit'].map((name, n) => ({
  firstName: name.split(' ', 1)[0]!,
  lastName: name.slice(name.indexOf(' ') + 1),
  email: `personne.${n}@example.org`,
}));

test('a kiosk with no network: people come in by themselves, see nobody else, and do not get out of it', async () => {
  test.setTimeout(90_000);
  const world = await World.make('sqlite', TITLE);
  try {
    const { server, event } = world;
    const subject = { eventId: event.id, subjectId: event.id };
    const registrations = await new ProtocolClient(server.url).register(
      ...people.map((one) => ({ ...one, ...subject, party: 1 })),
    );
    const [helene, marius, zoe] = registrations;
    const [film, wall] = [world.file('kiosk.y4m'), world.file('wall.y4m')];
    await writeCameraVideo(film, [
      { seconds: 2, codes: [] },
      { seconds: 2, codes: [{ text: helene!.ticket! }] },
      { seconds: 8, codes: [] },
    ]);
    await writeCameraVideo(wall, [{ seconds: 1, codes: [] }]);
    let tablet = await world.phone('tablet', { camera: film, size: { width: 1024, height: 768 } });
    let { page } = tablet;
    let kiosk = new Door(tablet);

    await test.step('staff set it up, with a PIN and no other way', async () => {
      const desk = new Desk(tablet);
      await desk.signIn(ORGANISER, server);
      await desk.enrolmentLink(TITLE);
      const field = page.getByRole('textbox', { name: "Lien d'enrôlement" });
      const before = await field.inputValue();
      await page.getByRole('combobox', { name: 'Ce que ce téléphone peut faire' }).selectOption('kiosk');
      await expect(field).not.toHaveValue(new RegExp(`^$|${before.split('#')[1]}`));
      await page.goto(await field.inputValue());
      await page.getByRole('textbox', { name: 'Nom de ce téléphone' }).fill('Tablette');
      await page.getByRole('textbox', { name: 'Nom de la porte' }).fill('Hall');
      await page.getByRole('button', { name: 'Enrôler ce téléphone' }).click();
      await page.getByRole('button', { name: 'Ouvrir la porte' }).click({ timeout: 60_000 });
      await expect(page.getByRole('button', { name: 'Démarrer la borne' })).toHaveCount(0);
      await page.getByLabel('Nouveau code').fill(PIN);
      await page.getByRole('button', { name: 'Enregistrer le code' }).click();
      await expect(page.getByRole('button', { name: 'Démarrer la borne' })).toBeVisible();
      await tablet.untilInstalled();
      await server.kill();
    });

    await test.step('a ticket before the camera is welcomed by its first name, and the next person finds nothing of it', async () => {
      await kiosk.recordVerdicts();
      await page.reload();
      await page.getByLabel('Code de verrouillage').fill(PIN);
      await page.getByRole('button', { name: 'Déverrouiller' }).click();
      await page.getByRole('button', { name: 'Démarrer la borne' }).click();
      await expect.poll(() => kiosk.verdictsSeen(), { timeout: 30_000 }).toContain('admitted');
      await expect(kiosk.verdict).toContainText('Bienvenue, Hélène');
      await expect(page.getByText('Öztürk')).toHaveCount(0);
      await expect(page.getByText('Bienvenue, Hélène')).toHaveCount(0, { timeout: 15_000 });
      expect(tablet.errors).toEqual([]);
    });

    await test.step('the tablet that was switched off is the kiosk again', async () => {
      tablet = await tablet.reopen({ camera: wall });
      ({ page } = tablet);
      kiosk = new Door(tablet);
      await page.goto('/');
      await expect(kiosk.code).toBeVisible();
    });

    await test.step('a typed code does the same, twice is told kindly, and the language is one person’s', async () => {
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('textbox', { name: 'Ticket code' }).fill(printedShortCode(marius!.ticketId!));
      await page.keyboard.press('Enter');
      await kiosk.expectVerdict('admitted');
      await expect(kiosk.verdict).toContainText('Welcome, Marius');
      await page.getByRole('button', { name: 'Done' }).click();
      const code = page.getByRole('textbox', { name: 'Code du billet' });
      await expect(code).toHaveValue('');
      await code.fill(printedShortCode(marius!.ticketId!));
      await page.keyboard.press('Enter');
      await kiosk.expectVerdict('already_used');
      await expect(page.getByText('Marius')).toHaveCount(0);
      await page.getByRole('button', { name: "D'accord" }).click();
      await code.fill('ZZZZ-ZZZZ');
      await page.keyboard.press('Enter');
      await kiosk.expectVerdict('unknown');
      for (const { lastName } of people) await expect(page.getByText(lastName)).toHaveCount(0);
      await page.getByRole('button', { name: "D'accord" }).click();
    });

    await test.step('neither an address, nor the back button, nor a wrong PIN leads out of it', async () => {
      for (const address of ['/', '/espace', `/evenements/${event.slug}`]) {
        await page.goto(address);
        await expect(kiosk.code).toBeVisible();
        expect(new URL(page.url()).pathname).toBe('/emargement');
      }
      await page.getByRole('main').click({ position: { x: 5, y: 5 } });
      await page.evaluate(() => history.back());
      await expect(kiosk.code).toBeVisible();
      await expect(page.getByRole('navigation')).toHaveCount(0);
      await page.getByRole('button', { name: 'Accès du personnel' }).click();
      for (const pin of ['1111', '2222', '3333']) {
        await page.getByLabel('Code de verrouillage').fill(pin);
        await page.keyboard.press('Enter');
        await expect(page.getByText(/pas le bon code|Trop d'essais/)).toBeVisible();
      }
      await page.reload();
      await page.getByRole('button', { name: 'Accès du personnel' }).click();
      await expect(page.getByRole('button', { name: /Attendre \d+ s/ })).toBeDisabled();
    });

    await test.step('the PIN does, after the wait; what was recorded goes up with the network', async () => {
      await expect(page.getByRole('button', { name: 'Continuer' })).toBeEnabled({ timeout: 20_000 });
      await page.getByLabel('Code de verrouillage').fill(PIN);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Arrêter la borne' }).click();
      await expect(page.getByRole('button', { name: 'Démarrer la borne' })).toBeVisible();
      await server.start();
      await expect(new Attendee(tablet).syncState).toHaveText(/À jour/, { timeout: 60_000 });
      const rows = await facts(server.options, `select ticket_id, door from check_in where event_id = '${event.id}'`);
      expect(new Set(rows.map((row) => row['ticket_id']))).toEqual(new Set([helene!.ticketId, marius!.ticketId]));
      expect(rows).toHaveLength(2);
      expect(zoe?.state).toBe('confirmed');
    });
    expect(tablet.errors).toEqual([]);
    await tablet.close();
  } finally {
    await world.end();
  }
});
