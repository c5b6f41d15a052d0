import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Passage, Reply } from '../support/gate.ts';
import { nextBuild, serveBuild } from '../support/next-build.ts';
import { queueOf } from './device-store.ts';
import { expectOnceEach, person } from './ledger.ts';
import { Attendee } from './pages/attendee.ts';
import type { Phone } from './phone.ts';
import { World } from './world.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const PORTAL: Reply = { type: 'text/html', body: '<title>Wi-Fi</title><p>Acceptez les conditions.</p>' };

let world: World;
let events: ProgrammeEvent[];

test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier des versions');
  events = await world.publish('Version 1', 'Version 2', 'Version 3');
  await nextBuild(DIST, world.file('second'), 'second');
});

test.afterEach(() => {
  world.gate.instead = undefined;
});

test.afterAll(async () => {
  await world.end();
});

test('D3 O2: an update with a full queue and half-filled forms asks first, and takes neither', async () => {
  const { gate } = world;
  const phone = await world.phone('update');
  const attendee = await withProgramme(phone);
  const [first, second, third] = [person('Version un'), person('Version deux'), person('Version trois')];

  // The old version, one request queued, one form half filled in, and a second tab with another form.
  let taken = false;
  const closed = ({ path }: Passage): Reply | undefined =>
    !taken && path === '/api/v1/push' ? { status: 502, type: 'text/html', body: '' } : undefined;
  gate.instead = closed;
  await open(phone.page, events[0]!);
  await attendee.fill(first);
  await attendee.submit();
  await expect(attendee.state("En attente d'envoi")).toBeVisible();
  const queue = await queueOf(phone.page);
  await open(phone.page, events[1]!);
  await attendee.fill(second);
  const other = await phone.tab();
  await open(other, events[2]!);
  await attendee.fill(third, other);

  await serveBuild(gate, world.file('second'), closed);
  await phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(update(phone.page)).toBeVisible();
  await expect(update(other)).toBeVisible();
  expect(await queueOf(phone.page)).toEqual(queue);
  await expect(phone.page.getByRole('textbox', { name: 'Adresse électronique' })).toHaveValue(second.email);

  await test.step('the tab that takes it comes back with its form', async () => {
    await update(other).click();
    await expect(other.locator('html')).toHaveAttribute('data-build', 'second');
    await expect(other.getByRole('textbox', { name: 'Adresse électronique' })).toHaveValue(third.email);
    await attendee.submit(other);
    await expect(other.getByRole('main').getByText("En attente d'envoi")).toBeVisible();
  });

  await test.step('the other goes on in the old one, also to pages that it had not opened', async () => {
    await expect(phone.page.locator('html')).not.toHaveAttribute('data-build');
    await expect(phone.page.getByRole('textbox', { name: 'Adresse électronique' })).toHaveValue(second.email);
    await attendee.submit();
    await expect(attendee.state("En attente d'envoi")).toBeVisible();
    await attendee.openMap();
    expect((await queueOf(phone.page)).slice(0, 1)).toEqual(queue);
  });

  await test.step('and follows when the person says so', async () => {
    await update(phone.page).click();
    await expect(phone.page.locator('html')).toHaveAttribute('data-build', 'second');
  });

  taken = true;
  await settle(phone.page);
  await expectOnceEach(world.server, [first, second, third]);
  expect(phone.errors).toEqual([]);
  await phone.close();
});

test('O2 D3: an app that the server calls too old says so, updates itself at a tap and then sends what it kept', async () => {
  const { gate } = world;
  const phone = await world.phone('old');
  const attendee = await withProgramme(phone);
  const someone = person('Version ancienne');
  const old: Reply = {
    status: 426,
    headers: { 'escale-protocol': '2' },
    type: 'application/problem+json',
    body: JSON.stringify({ type: 'urn:x', title: 'x', status: 426, code: 'protocol_too_old' }),
  };
  let updated = false;
  await serveBuild(gate, world.file('second'), ({ path }) => (path.startsWith('/api/') && !updated ? old : undefined));
  await open(phone.page, events[0]!);
  await attendee.fill(someone);
  await attendee.submit();
  await expect(attendee.state("En attente d'envoi")).toBeVisible();
  await expect(attendee.syncState).toHaveText(/À vérifier/);
  await phone.page.goto('/hors-ligne');
  await expect(phone.page.getByText("L'application doit être mise à jour")).toBeVisible();
  // The new version may have come in by itself long before: the server knows it from here on.
  updated = true;
  await phone.page.getByRole('main').getByRole('button', { name: 'Mettre à jour' }).click();
  await expect(phone.page.locator('html')).toHaveAttribute('data-build', 'second');
  await settle(phone.page);
  await expectOnceEach(world.server, [someone]);
  await phone.close();
});

test('D2 D3: a captive portal that comes up in the middle of an update or a first visit is not kept as the app', async () => {
  const { gate } = world;
  for (const when of ['first visit', 'update'] as const) {
    await test.step(when, async () => {
      const phone = await world.phone(`portal-${when.replace(' ', '-')}`);
      let portal = false;
      let asked = 0;
      const meddle = ({ path }: Passage): Reply | undefined => {
        if (path === '/service-worker.js') portal = true;
        else if (portal && !path.startsWith('/api/')) return ((asked += 1), PORTAL);
        return undefined;
      };
      if (when === 'first visit') {
        gate.instead = meddle;
        await phone.page.goto('/');
      } else {
        await withProgramme(phone);
        await serveBuild(gate, world.file('second'), meddle);
        await phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      }
      await expect.poll(() => asked).toBeGreaterThan(0);
      await expect.poll(() => workerState(phone.page)).toBe(when === 'update' ? 'active' : 'none');
      expect(await cachedPortals(phone.page)).toEqual([]);
      gate.instead = undefined;
      await phone.page.goto('/carte');
      await expect(phone.page.locator('.leaflet-container')).toBeVisible();
      await phone.untilInstalled();
      expect(phone.errors).toEqual([]);
      await phone.close();
    });
  }
});

async function withProgramme(phone: Phone): Promise<Attendee> {
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  await phone.untilInstalled();
  return attendee;
}

async function open(page: Page, event: ProgrammeEvent): Promise<void> {
  await page.goto(`/evenements/${event.slug}/inscription`);
}

/** The button of the question that a new version asks. */
function update(page: Page): Locator {
  return page
    .getByRole('complementary', { name: "Version de l'application" })
    .getByRole('button', { name: 'Mettre à jour' });
}

async function settle(page: Page): Promise<void> {
  await page.goto('/hors-ligne');
  await page.getByRole('button', { name: 'Synchroniser' }).click();
  await expect(page.getByText('La synchronisation est faite.')).toBeVisible();
  await expect(page.getByText("Rien n'attend.")).toBeVisible();
}

/** `active` when one worker serves and no other is on its way or waits. */
function workerState(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.installing || registration?.waiting) return 'coming';
    return registration?.active ? 'active' : 'none';
  });
}

/** What was kept that is the portal's. */
function cachedPortals(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const text = await (await cache.match(request))!.text();
        if (text.includes('Acceptez les conditions')) found.push(request.url);
      }
    }
    return found;
  });
}
