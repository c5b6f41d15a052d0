import { expect, test } from '@playwright/test';
import type { Fate } from '../support/gate.ts';
import { expectOnceEach, person } from './ledger.ts';
import { Attendee } from './pages/attendee.ts';
import { World } from './world.ts';

/** What a browser asks for at once: these may have been under way when the server died. */
const LANES = 6;

let world: World;

test.beforeEach(async () => {
  world = await World.make('sqlite', 'Atelier du serveur tué');
});

test.afterEach(async () => {
  await world.end();
});

test('L2: a server killed during a first load goes on where it was, and no page that came is asked for again', async () => {
  const { gate, server } = world;
  const came = new Map<string, number>();
  let killed = false;
  gate.onAnswered = async ({ path }, status): Promise<Fate> => {
    const hash = /\/snapshots\/pages\/(\w+)/.exec(path)?.[1];
    if (hash === undefined || status !== 200) return 'pass';
    if (!killed && came.size >= 8) {
      killed = true;
      await server.kill();
      return 'drop';
    }
    came.set(hash, (came.get(hash) ?? 0) + 1);
    return 'pass';
  };
  const attendee = new Attendee(await world.phone('A'));
  await attendee.phone.page.goto('/');
  await expect.poll(() => killed).toBe(true);
  await expect(attendee.syncState).toHaveText(/Hors ligne/);
  await server.start();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 90_000 });
  await expect(attendee.eventLinks.first()).toBeVisible();
  expect(came.size).toBeGreaterThan(8);
  expect([...came.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(LANES);
  await attendee.phone.page.goto(`/evenements/${world.event.slug}`);
  await expect(attendee.phone.page.getByRole('heading', { level: 1, name: 'Atelier du serveur tué' })).toBeVisible();
  expect(attendee.phone.errors).toEqual([]);
});

test('L1 A1 P2: a server killed during pulls, then during pushes, is caught up with, and each thing counts once', async () => {
  const { gate, server } = world;
  const attendee = new Attendee(await world.phone('A'));
  const { page } = attendee.phone;
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  const someone = person('Coupé du serveur');

  for (const route of ['/pull', '/push']) {
    await test.step(route, async () => {
      let killed = false;
      gate.onAnswered = async ({ path }, status): Promise<Fate> => {
        if (path !== `/api/v1${route}` || status !== 200 || killed) return 'pass';
        killed = true;
        await server.kill();
        return 'drop';
      };
      if (route === '/pull') {
        await world.publish('Nouvel atelier');
      } else {
        await page.goto('/evenements/nouvel-atelier/inscription');
        await attendee.fill(someone);
        await attendee.submit();
      }
      await expect.poll(() => killed, { timeout: 60_000 }).toBe(true);
      await expect(attendee.syncState).toHaveText(/Hors ligne|1 envoi en attente/);
      await server.start();
      await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 90_000 });
      await page.goto('/evenements/nouvel-atelier');
      await expect(page.getByRole('heading', { level: 1, name: 'Nouvel atelier' })).toBeVisible();
    });
  }
  await page.goto('/evenements/nouvel-atelier/inscription');
  await expect(attendee.state('Inscription confirmée')).toBeVisible();
  await expectOnceEach(server, [someone]);
  expect(attendee.phone.errors).toEqual([]);
});
