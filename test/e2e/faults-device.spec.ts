import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { queueOf } from './device-store.ts';
import type { Person } from './ledger.ts';
import { expectOnceEach, expectUnbroken, person, requestedAt, timesKept } from './ledger.ts';
import { Attendee } from './pages/attendee.ts';
import type { Phone, PhoneOptions } from './phone.ts';
import { World } from './world.ts';

const TITLES = Array.from({ length: 6 }, (_, n) => `Faute ${n + 1}`);

let world: World;
let events: ProgrammeEvent[];

test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier des fautes');
  events = await world.publish(...TITLES);
});

test.afterEach(async () => {
  world.gate.mode = 'open';
  if (!world.server.running) await world.server.start();
});

test.afterAll(async () => {
  await world.end();
});

test('O1 O2: a tab that dies between the write and the send leaves what was done, to be sent once', async () => {
  const phone = await ready('crash');
  const someone = person('Onglet tué');
  world.gate.mode = 'silent';
  await ask(phone.page, events[0]!, someone);
  await expect(stateOn(phone.page, "En attente d'envoi")).toBeVisible();
  await kill(phone.page);

  const page = await phone.tab();
  await page.goto('/hors-ligne');
  await expect(page.getByText(`Inscription : ${TITLES[0]}`)).toBeVisible();
  expect(await timesKept(world.server, someone)).toBe(0);
  world.gate.mode = 'open';
  await settled(page);
  await expectOnceEach(world.server, [someone]);
  await phone.close();
});

test('O1 P2: a browser that dies at any moment after the tap leaves all of it or nothing, and no gap', async () => {
  let phone = await ready('battery');
  const people = [0, 1, 2].map((n) => person(`Batterie ${n + 1}`));
  for (const [n, who] of people.entries()) {
    await fill(phone.page, events[n]!, who);
    const browser = await processOf(phone);
    const dead = new Promise((resolve) => phone.context.once('close', resolve));
    await phone.page
      .getByRole('button', { name: 'Valider mon inscription' })
      .evaluate((button: HTMLButtonElement) => button.click());
    // Later each time: about the write, about the send.
    await new Promise((resolve) => setTimeout(resolve, n * 15));
    process.kill(browser, 'SIGKILL');
    await dead;
    phone = await world.phone('battery');
    await phone.page.goto('/');
    await settled(phone.page);
  }
  const last = person('Batterie 4');
  await ask(phone.page, events[3]!, last);
  await expect(stateOn(phone.page, 'Inscription confirmée')).toBeVisible();
  await settled(phone.page);
  for (const who of people) expect(await timesKept(world.server, who)).toBeLessThanOrEqual(1);
  await expectOnceEach(world.server, [last]);
  expect(phone.errors).toEqual([]);
  await phone.close();
});

for (const count of [2, 5]) {
  test(`D1 O1: what ${count} tabs do at once without a server has an order of its own and arrives once`, async () => {
    const phone = await ready(`tabs-${count}`);
    const tabs = [phone.page];
    while (tabs.length < count) tabs.push(await phone.tab());
    const people = tabs.map((_, n) => person(`Onglet ${count} ${n + 1}`));
    for (const [n, page] of tabs.entries()) await fill(page, events[n]!, people[n]!);
    await world.server.kill();
    await Promise.all(tabs.map((page) => page.getByRole('button', { name: 'Valider mon inscription' }).click()));
    await Promise.all(tabs.map((page) => expect(stateOn(page, "En attente d'envoi")).toBeVisible()));
    const rows = await queueOf(phone.page);
    expect(rows.map((row) => row.seq).toSorted((a, b) => a - b)).toEqual(tabs.map((_, n) => n + 1));
    expect(new Set(rows.map((row) => row.replicaId)).size).toBe(1);
    await world.server.start();
    // No tab is told anything: each finds out by itself.
    await Promise.all(
      tabs.map((page) => expect(stateOn(page, 'Inscription confirmée')).toBeVisible({ timeout: 60_000 })),
    );
    await expectOnceEach(world.server, people);
    expect(phone.errors).toEqual([]);
    await phone.close();
  });
}

for (const [name, clear] of [
  ['by the browser', clearOrigin],
  ['by another page', deleteDatabase],
] as const) {
  test(`D4 O2: storage cleared ${name} from under the open app costs what lay there and nothing after it`, async () => {
    const phone = await ready(`cleared ${name}`);
    const [before, after] = [person(`Avant ${name}`), person(`Après ${name}`)];
    await ask(phone.page, events[0]!, before);
    await expect(stateOn(phone.page, 'Inscription confirmée')).toBeVisible();
    await settled(phone.page);
    await phone.page.goto('/');
    await expect(new Attendee(phone).eventLinks.first()).toBeVisible();

    await clear(phone);
    await phone.page.goto(`/evenements/${events[1]!.slug}/inscription`);
    await new Attendee(phone).fill(after);
    await new Attendee(phone).submit();
    await expect(stateOn(phone.page, 'Inscription confirmée')).toBeVisible({ timeout: 60_000 });
    await settled(phone.page);
    await new Attendee(phone).openProgramme();
    await expectOnceEach(world.server, [before, after]);
    expect(phone.errors).toEqual([]);
    await phone.close();
  });
}

test('O2 D4: a form that is open while the database is deleted under it keeps what was typed and can be sent', async () => {
  const phone = await ready('cleared form');
  const someone = person('Formulaire ouvert');
  await fill(phone.page, events[0]!, someone);
  // (Chromium itself now and then opens no database any more in a page whose site data it clears, until the page is loaded again.)
  await deleteDatabase(phone);
  await phone.page.getByRole('button', { name: 'Valider mon inscription' }).click();
  await expect.poll(() => timesKept(world.server, someone), { timeout: 60_000 }).toBe(1);
  await phone.page.reload();
  await settled(phone.page);
  await expectOnceEach(world.server, [someone]);
  expect(phone.errors).toEqual([]);
  await phone.close();
});

test('O2 D3: a newer schema, opened by another tab, does not wait for the old one, and the queue stays as it was', async () => {
  const phone = await ready('upgrade');
  const [before, after] = [person('Avant la mise à niveau'), person('Après la mise à niveau')];
  await world.server.kill();
  await ask(phone.page, events[0]!, before);
  await expect(stateOn(phone.page, "En attente d'envoi")).toBeVisible();
  const queue = await queueOf(phone.page);
  await fill(phone.page, events[1]!, after);

  const other = await barePage(phone);
  const blocked = await other.evaluate(
    () =>
      new Promise<boolean>((resolve, reject) => {
        let waited = false;
        const opening = indexedDB.open('escale', 999);
        opening.onblocked = () => (waited = true);
        opening.addEventListener('error', () => reject(new Error(String(opening.error))));
        opening.onupgradeneeded = () => {
          opening.result.createObjectStore('later');
          opening.transaction!.objectStore('outbox').createIndex('later', 'name');
        };
        opening.onsuccess = () => {
          opening.result.close();
          resolve(waited);
        };
      }),
  );
  expect(blocked).toBe(false);
  expect(await queueOf(other)).toEqual(queue);

  await phone.page.getByRole('button', { name: 'Valider mon inscription' }).click();
  await expect(stateOn(phone.page, "En attente d'envoi")).toBeVisible();
  expect((await queueOf(phone.page)).slice(0, queue.length)).toEqual(queue);
  await world.server.start();
  await expect(stateOn(phone.page, 'Inscription confirmée')).toBeVisible({ timeout: 60_000 });
  await phone.page.reload();
  await settled(phone.page);
  await expectOnceEach(world.server, [before, after]);
  expect(phone.errors).toEqual([]);
  await phone.close();
});

test('D4 O1 O2: a full disk takes nothing half, says so, keeps the form and still lets go what waits', async () => {
  let phone = await ready('full');
  const [before, after] = [person('Avant le disque plein'), person('Après le disque plein')];
  await world.server.kill();
  await ask(phone.page, events[0]!, before);
  await expect(stateOn(phone.page, "En attente d'envoi")).toBeVisible();
  // Chromium believes for half a minute what it has last heard of the room that is left: a new browser asks.
  await phone.close();
  phone = await world.phone('full');
  const session = await phone.context.newCDPSession(await phone.context.newPage());
  const quota = (quotaSize?: number) =>
    session.send('Storage.overrideQuotaForOrigin', {
      origin: world.gate.url,
      ...(quotaSize === undefined ? {} : { quotaSize }),
    });
  await quota(1000);
  await ask(phone.page, events[1]!, after);
  await expect(phone.page.getByRole('alert')).toContainText("n'a pas pu garder votre demande");
  await expect(phone.page.getByRole('textbox', { name: 'Adresse électronique' })).toHaveValue(after.email);
  expect((await queueOf(phone.page)).map((row) => row.seq)).toEqual([1]);

  await world.server.start();
  await phone.page.goto('/hors-ligne');
  await phone.page.getByRole('button', { name: 'Synchroniser' }).click();
  await expect.poll(() => timesKept(world.server, before), { timeout: 60_000 }).toBe(1);
  await expect(new Attendee(phone).syncState).toHaveText(/À vérifier/);
  await expect(phone.page.getByText("Cet appareil n'a plus de place")).toBeVisible();

  await quota();
  await settled(phone.page);
  await ask(phone.page, events[1]!, after);
  await expect(stateOn(phone.page, 'Inscription confirmée')).toBeVisible({ timeout: 60_000 });
  await expectOnceEach(world.server, [before, after]);
  expect(phone.errors).toEqual([]);
  await phone.close();
});

for (const years of [-7, 9]) {
  test(`P4: with a device's clock ${Math.abs(years)} years ${years < 0 ? 'behind' : 'ahead'} everything works as ever`, async () => {
    const name = `clock ${years}`;
    const off = await world.phone(name);
    await off.context.addInitScript(
      (by) => {
        const Real = Date;
        const now = (): number => Real.now() + by;
        globalThis.Date = new Proxy(Real, {
          construct: (target, args: unknown[]) =>
            args.length === 0 ? new target(now()) : new target(...(args as [number])),
          apply: () => new Real(now()).toString(),
          get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
        });
      },
      years * 365.25 * 86_400_000,
    );
    const [wrong, right] = [person(`Horloge ${years} 1`), person(`Horloge ${years} 2`)];
    await new Attendee(off).openProgramme();
    await expect(new Attendee(off).syncState).toHaveText(/À jour/, { timeout: 60_000 });
    await ask(off.page, events[0]!, wrong);
    await expect(stateOn(off.page, 'Inscription confirmée')).toBeVisible({ timeout: 60_000 });
    await expect(new Attendee(off).syncState).toHaveText(/À jour/);
    expect(off.errors).toEqual([]);
    await off.close();

    // Somebody has set it right since.
    const set = await world.phone(name);
    await set.page.goto('/');
    await settled(set.page);
    await expect(set.page.getByText(/^À jour, vérifié/)).toHaveText(/maintenant|seconde|minute/);
    await ask(set.page, events[1]!, right);
    await expect(stateOn(set.page, 'Inscription confirmée')).toBeVisible({ timeout: 60_000 });
    await expectOnceEach(world.server, [wrong, right]);
    for (const at of await requestedAt(world.server, [wrong, right]))
      expect(Math.abs(at - Date.now())).toBeLessThan(600_000);
    expect(set.errors).toEqual([]);
    await set.close();
  });
}

test('D2 O2: with every tab closed the browser wakes the worker, and the worker sends it', async () => {
  const phone = await ready('background');
  await phone.untilInstalled();
  const someone = person('Tous onglets fermés');
  await world.server.kill();
  await ask(phone.page, events[0]!, someone);
  await expect(stateOn(phone.page, "En attente d'envoi")).toBeVisible();
  const blank = await phone.context.newPage();
  await phone.page.close();
  await world.server.start();
  expect(await timesKept(world.server, someone)).toBe(0);

  const session = await phone.context.newCDPSession(blank);
  await wakeForSync(session, world.gate.url);
  await expect.poll(() => timesKept(world.server, someone), { timeout: 60_000 }).toBe(1);
  const page = await phone.tab();
  await page.goto('/');
  await settled(page);
  await expectOnceEach(world.server, [someone]);
  await phone.close();
});

/** A phone that has the programme. */
async function ready(name: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = await world.phone(name.replaceAll(' ', '-'), options);
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  await phone.untilInstalled();
  return phone;
}

async function fill(page: Page, event: ProgrammeEvent, who: Person): Promise<void> {
  await page.goto(`/evenements/${event.slug}/inscription`);
  await page.getByRole('textbox', { name: 'Prénom', exact: false }).fill(who.firstName);
  await page.getByRole('textbox', { name: /^Nom/ }).fill(who.lastName);
  await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(who.email);
}

async function ask(page: Page, event: ProgrammeEvent, who: Person): Promise<void> {
  await fill(page, event, who);
  await page.getByRole('button', { name: 'Valider mon inscription' }).click();
}

function stateOn(page: Page, name: string) {
  return page.getByRole('main').getByRole('status').filter({ hasText: name }).first();
}

/** Asks for an exchange and waits until nothing waits any more. */
async function settled(page: Page): Promise<void> {
  await page.goto('/hors-ligne');
  await page.getByRole('button', { name: 'Synchroniser' }).click();
  await expect(page.getByText('La synchronisation est faite.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Rien n'attend.")).toBeVisible();
  await expectUnbroken(world.server);
}

/** The process that draws the page dies, as when a phone takes its memory back. */
async function kill(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const dead = page.waitForEvent('crash');
  await Promise.race([session.send('Page.crash').catch(() => undefined), dead]);
  await dead;
  await page.close();
}

async function processOf(phone: Phone): Promise<number> {
  const session = await phone.context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.find(({ type }) => type === 'browser')!.id;
}

async function clearOrigin(phone: Phone): Promise<void> {
  const session = await phone.context.newCDPSession(phone.page);
  await session.send('Storage.clearDataForOrigin', { origin: world.gate.url, storageTypes: 'all' });
}

async function deleteDatabase(phone: Phone): Promise<void> {
  const other = await barePage(phone);
  await other.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('escale');
        deleting.onsuccess = () => resolve();
        deleting.addEventListener('error', () => reject(new Error(String(deleting.error))));
        deleting.onblocked = () => reject(new Error('the app does not let go'));
      }),
  );
  await other.close();
}

/** A page of the same origin on which no app runs. */
async function barePage(phone: Phone): Promise<Page> {
  world.gate.own.set('/healthz', { type: 'text/html', body: '<title>bare</title>' });
  const page = await phone.context.newPage();
  await page.goto('/healthz');
  return page;
}

/** What the browser does for the outbox's tag once there is a network. */
async function wakeForSync(session: CDPSession, origin: string): Promise<void> {
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find((one) => one.scopeURL === `${origin}/` && !one.isDeleted);
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await found;
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin,
    registrationId,
    tag: 'escale-outbox',
    lastChance: false,
  });
}
