import { test } from '@playwright/test';
import { expectOnceEach, person } from './ledger.ts';
import { WebKitBench } from './webkit-phone.ts';
import { World } from './world.ts';

const TITLE = 'Atelier du saule';

test('D2 O1 O2: WebKit, after one visit, launches without a server, searches, registers, and keeps its ticket', async () => {
  const world = await World.make('sqlite', TITLE);
  const bench = await WebKitBench.make();
  try {
    const someone = person('Saule hors ligne');
    const home = world.file('webkit');
    const open = () => bench.phone(home, world.gate.url);
    const address = `/evenements/${world.event.slug}`;

    let phone = await open();
    await test.step('one visit', async () => {
      await phone.open('/');
      await phone.sees('status', 'À jour');
      await phone.untilInstalled();
      await phone.close();
    });

    await world.server.kill();
    await test.step('opened again with no server: an event never opened before, the search, the map, a registration', async () => {
      phone = await open();
      await phone.open(address);
      await phone.sees('heading', TITLE);
      await phone.open('/');
      await phone.type('searchbox', 'Rechercher dans le programme', 'saule');
      await phone.press('link', TITLE);
      await phone.sees('heading', TITLE);
      await phone.press('link', 'Carte');
      await phone.seesMap();
      await phone.open(`${address}/inscription`);
      await phone.type('textbox', 'Prénom', someone.firstName);
      await phone.type('textbox', 'Nom', someone.lastName);
      await phone.type('textbox', 'Adresse électronique', someone.email);
      await phone.submit('Valider mon inscription', "En attente d'envoi");
      await phone.close();
    });

    await world.server.start();
    await test.step('opened again with a network: what waited is sent once', async () => {
      phone = await open();
      await phone.open(`${address}/inscription`);
      await phone.sees('status', 'Inscription confirmée');
      await phone.sees('status', 'À jour');
      await phone.close();
      await expectOnceEach(world.server, [someone]);
    });

    await world.server.kill();
    await test.step('the ticket is read with no server', async () => {
      phone = await open();
      await phone.open('/billets');
      await phone.press('link', TITLE);
      await phone.sees('image', 'Code');
      await phone.close();
    });
  } finally {
    await bench.end();
    await world.end();
  }
});
