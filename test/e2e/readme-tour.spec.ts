import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ServerProcess } from '../support/server-process.ts';
import { Attendee } from './pages/attendee.ts';
import { Door } from './pages/door.ts';
import { Phone } from './phone.ts';

const TITLE = 'Les jours ouverts du laboratoire, à Montpellier';

test("README's five-minute tour, click by click, on the sample alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'escale-tour-'));
  const server = await ServerProcess.start({ dataDir: join(folder, 'data') });
  const phone = await Phone.open({
    home: join(folder, 'browser'),
    origin: server.url,
    size: { width: 1280, height: 800 },
  });
  const { page } = phone;
  const attendee = new Attendee(phone);
  const door = new Door(phone);
  try {
    await test.step('1. the programme', async () => {
      const [, account, code] = /code (\d{6})[\s\S]*?(\S+@\S+) \(organiser\)/.exec(server.output) ?? [];
      expect([account, code]).toEqual(['246810', 'organisatrice@escale.example']);
      await attendee.openProgramme();
      await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
    });

    await test.step('2. make this browser a door', async () => {
      await page.goto('/connexion');
      await page.getByRole('textbox', { name: 'Adresse électronique' }).fill('organisatrice@escale.example');
      await page.getByRole('button', { name: 'Recevoir un code' }).click();
      await page.getByRole('textbox', { name: 'Code à six chiffres' }).fill('246810');
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await page.getByRole('link', { name: TITLE }).first().click();
      await page.getByRole('button', { name: 'Enrôler un téléphone' }).click();
      const link = page.getByRole('textbox', { name: "Lien d'enrôlement" });
      await expect(link).toHaveValue(/#enrolement=/);
      await door.enrol(await link.inputValue(), { phone: 'Mon ordinateur', door: 'Entrée A' });
    });

    await server.stop();

    await test.step('3. register with no server', async () => {
      await attendee.openProgramme();
      await attendee.search('jours ouverts');
      await attendee.openEvent(TITLE);
      await attendee.register({ firstName: 'Camille', lastName: 'Martin', email: 'camille@example.org' });
      await expect(attendee.state("En attente d'envoi")).toBeVisible();
    });

    await test.step('4. check in with no server, once', async () => {
      await door.open();
      const search = page.getByRole('searchbox', { name: 'Chercher une personne' });
      for (const verdict of ['admitted', 'already_used']) {
        await search.fill('ozturk');
        await page.getByRole('button', { name: /Hélène Öztürk/ }).click();
        const record = page.getByRole('button', { name: "Enregistrer l'arrivée" });
        if (verdict === 'admitted') await record.click();
        await door.expectVerdict(verdict);
      }
      await expect(attendee.syncState).toHaveText(/2 envois en attente/);
    });

    await server.start();

    await test.step('5. see it sync', async () => {
      await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 90_000 });
      await attendee.openTicket(TITLE);
      await expect(attendee.state('Inscription confirmée')).toBeVisible();
      await door.open();
      await page.getByRole('searchbox', { name: 'Chercher une personne' }).fill('camille');
      await expect(page.getByRole('button', { name: /Camille Martin/ })).toBeVisible();
    });
    expect(phone.errors).toEqual([]);
  } finally {
    await phone.close();
    await server.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});
