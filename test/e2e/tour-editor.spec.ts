import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { ProgrammeEvent, Tour } from '#domain/programme.ts';
import { facts } from '../support/facts.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { publish } from '../support/seed.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Door } from './pages/door.ts';
import { ORGANISER, World } from './world.ts';

const GPX = `<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" creator="un autre" version="1.1">
 <wpt lat="43.6117" lon="3.8803"><name>Musée</name></wpt>
 <wpt lat="43.6094" lon="3.8842"><name>Fontaine</name><desc>On y parle d'eau.</desc></wpt>
 <trk><trkseg>
  <trkpt lat="43.6094" lon="3.8842"/><trkpt lat="43.6101" lon="3.8818"/><trkpt lat="43.6117" lon="3.8803"/>
 </trkseg></trk>
</gpx>`;

test('a walk is imported, put right by keyboard and published; a second editor writes over nobody unseen', async () => {
  const world = await World.make('sqlite', 'Balade des fontaines');
  try {
    const phone = await world.phone('B', { size: { width: 1280, height: 900 } });
    await new Desk(phone).signIn(ORGANISER, world.server);
    const { page } = phone;
    const address = `/espace/evenements/${world.event.id}/balade`;
    await page.goto(address);
    const other = await phone.tab();
    await other.goto(address);
    await expect(other.getByText('Aucune étape.', { exact: false })).toBeVisible();

    await test.step('a hostile file is refused with its line, another program\u2019s is taken', async () => {
      const choose = (name: string, text: string) =>
        page
          .locator('input[type=file]')
          .setInputFiles({ name, mimeType: 'application/gpx+xml', buffer: Buffer.from(text) });
      await choose('mal.gpx', '<!DOCTYPE gpx [<!ENTITY a "b">]>\n<gpx>&a;</gpx>');
      await expect(page.getByRole('alert').filter({ hasText: 'type de document' })).toContainText('Ligne 1.');
      await choose('bon.gpx', GPX);
      await page.getByRole('button', { name: 'Parcours et étapes' }).click();
      await expect(page.getByRole('button', { name: 'Fontaine', exact: true })).toBeVisible();
    });

    await test.step('by keyboard: the order, the English, a point of the line and the minutes', async () => {
      await page.getByRole('button', { name: 'Reculer : Fontaine' }).press('Enter');
      await expect(page.getByRole('button', { name: 'Reculer : Fontaine' })).toBeDisabled();
      await page.getByRole('button', { name: 'Avancer : Fontaine' }).press('Enter');
      await page.getByRole('button', { name: 'Fontaine', exact: true }).press('Enter');
      const stop = page.getByRole('group', { name: 'Étape 1' });
      await stop.getByRole('textbox', { name: 'Titre en anglais' }).fill('Fountain');
      await stop.getByRole('spinbutton', { name: 'Minutes sur place' }).fill('15');
      const point = page.getByRole('button', { name: 'Point 2 du parcours' });
      await point.focus();
      await page.keyboard.press('ArrowUp');
      await expect(page.getByRole('button', { name: 'Point 2 du parcours' })).toBeFocused();
      await page.keyboard.press('Delete');
      await expect(page.getByRole('button', { name: 'Point 3 du parcours' })).toHaveCount(0);
      await page.getByRole('button', { name: 'Annuler', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Point 3 du parcours' })).toHaveCount(1);
    });

    await test.step('a draft survives a reload, and is published', async () => {
      await page.reload();
      await expect(page.getByText('Brouillon retrouvé')).toBeVisible();
      await page.getByRole('button', { name: 'Publier la balade' }).click();
      await expect(page.getByText('La balade est publiée.', { exact: false })).toBeVisible();
    });

    await test.step('the other editor is told, looks at it, and chooses', async () => {
      await other.getByRole('button', { name: 'Poser une étape sous la croix' }).click();
      await other.getByRole('textbox', { name: 'Titre en français' }).last().fill('Ailleurs');
      await other.getByRole('button', { name: 'Publier la balade' }).click();
      await expect(other.getByText("Quelqu'un d'autre a publié une autre version")).toBeVisible();
      await other.getByRole('button', { name: 'Voir la version publiée' }).click();
      await expect(other.getByRole('button', { name: 'Fontaine', exact: true })).toBeVisible();
      await other.getByRole('button', { name: 'Annuler', exact: true }).click();
      await expect(other.getByRole('button', { name: 'Ailleurs', exact: true })).toBeVisible();
    });

    await test.step('whoever walks has it', async () => {
      await page.getByRole('link', { name: 'Voir la balade' }).click();
      await expect(page.getByRole('list', { name: 'Étapes' }).getByRole('listitem')).toHaveText([/Fontaine/, /Musée/]);
      const [row] = await facts(world.server.options, `select data from event where id = '${world.event.id}'`);
      const tour = (JSON.parse(String(row?.['data'])) as ProgrammeEvent).tour!;
      expect(tour.stops[0]).toMatchObject({
        title: { fr: 'Fontaine', en: 'Fountain' },
        text: { fr: "On y parle d'eau." },
        dwell: 15,
      });
      expect(tour.route).toHaveLength(3);
    });
    expect(phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

test('a guide ticks the group off at each stop with no network, and a code at a stop is an arrival', async () => {
  const world = await World.make('sqlite', 'Balade guidée');
  try {
    const { server } = world;
    const stop = (n: number): Tour['stops'][number] => ({
      id: randomUUID(),
      title: { fr: `Halte ${n}` },
      position: { lat: 43.61 + n / 500, lon: 3.88 },
    });
    const stops = [stop(1), stop(2), stop(3)];
    const slug = 'balade-guidee';
    await publish(server.options, [{ ...world.event, tour: { slug, title: { fr: 'Balade guidée' }, stops } }]);
    const subject = { eventId: world.event.id, subjectId: world.event.id, party: 2 };
    const [helene] = await new ProtocolClient(server.url).register({
      firstName: 'Hélène',
      lastName: 'Öztürk',
      email: 'helene@example.org',
      ...subject,
    });

    const guide = await world.phone('G');
    const desk = new Desk(guide);
    await desk.signIn(ORGANISER, server);
    await new Door(guide).enrol(await desk.enrolmentLink('Balade guidée'), { phone: 'Guide', door: 'Balade' });
    const { page } = guide;
    await page.goto(`/espace/evenements/${world.event.id}/balade/codes`);
    const code = await page.getByRole('img', { name: "Code de l'étape 3" }).screenshot();
    await page.goto(`/balades/${slug}`);
    await expect(page.getByRole('button', { name: 'Commencer la balade' })).toBeVisible();
    await expect(new Attendee(guide).syncState).toHaveText(/À jour/, { timeout: 60_000 });
    await guide.untilInstalled();
    await server.kill();

    await page.goto(`/balades/${slug}#etape=${stops[1]!.id}`);
    await expect(page.getByText("Vous êtes à l'étape 2, Halte 2")).toBeVisible();
    await expect(page).not.toHaveURL(/#/);
    await page.getByRole('button', { name: 'Commencer la balade' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Halte 2' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Halte 1' })).toContainText('Passée sans arrêt');

    const group = page.getByRole('region', { name: 'Le groupe' });
    await expect(group.getByRole('status')).toHaveText("0 sur 2 à l'étape 2");
    await group.getByRole('checkbox', { name: /Hélène Öztürk/ }).check();
    await expect(group.getByRole('status')).toHaveText("2 sur 2 à l'étape 2");
    await page.getByRole('button', { name: 'Étape suivante' }).click();
    await expect(group.getByRole('status')).toHaveText("0 sur 2 à l'étape 3");
    // Inside the app, too: by its own camera, or here by a photograph of the code.
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByRole('button', { name: "Scanner le code de l'étape" }).click();
    const dialog = page.getByRole('dialog', { name: "Scanner le code de l'étape" });
    await dialog.locator('input[type=file]').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: code });
    await expect(page.getByText('Vous y êtes · 3 sur 3')).toBeVisible();
    await expect(dialog).toBeHidden();
    await group.getByRole('checkbox', { name: /Hélène Öztürk/ }).check();
    await expect(new Attendee(guide).syncState).toHaveText(/3 envois en attente/);

    await server.start();
    await page.goto('/hors-ligne');
    await page.getByRole('button', { name: 'Synchroniser' }).click();
    await expect(new Attendee(guide).syncState).toHaveText(/À jour/, { timeout: 60_000 });
    const rows = await facts(
      server.options,
      `select list_id, count, door from check_in where ticket_id = '${helene!.ticketId}' order by door, list_id`,
    );
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { list_id: null, count: 2, door: '2. Halte 2' },
      { list_id: stops[1]!.id, count: 2, door: '2. Halte 2' },
      { list_id: stops[2]!.id, count: 2, door: '3. Halte 3' },
    ]);
    expect(guide.errors).toEqual([]);
  } finally {
    await world.end();
  }
});
