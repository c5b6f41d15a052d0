import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { Fate, GateMode } from '../support/gate.ts';
import { Attendee } from './pages/attendee.ts';
import { World } from './world.ts';

const networks: readonly { mode: GateMode | 'killed'; name: string }[] = [
  { mode: 'killed', name: 'a server that is gone' },
  { mode: 'silent', name: 'a network that takes everything and answers nothing' },
  { mode: 'portal', name: 'a captive portal that answers everything with its own page' },
];

test('D2: after one visit, list, search, deep link and map work with a dead, a silent and a lying network', async () => {
  const world = await World.make('sqlite', 'Atelier du bout du monde');
  try {
    const first = new Attendee(await world.phone('A'));
    await first.openProgramme();
    await expect(first.syncState).toHaveText(/À jour/, { timeout: 60_000 });
    await first.phone.untilInstalled();
    await first.phone.close();

    for (const { mode, name } of networks) {
      await test.step(name, async () => {
        if (mode === 'killed') await world.server.kill();
        else world.gate.mode = mode;
        world.gate.cut();
        const phone = await world.phone('A');
        const attendee = new Attendee(phone);
        await phone.page.goto(`/evenements/${world.event.slug}`);
        await expect(phone.page.getByRole('heading', { level: 1, name: 'Atelier du bout du monde' })).toBeVisible();
        await attendee.openProgramme();
        await attendee.search('bout du monde');
        await expect(attendee.eventLinks).toHaveCount(1);
        await attendee.openMap();
        await expect(attendee.syncState).toHaveText(/Hors ligne/, { timeout: 60_000 });
        expect(phone.errors).toEqual([]);
        await phone.close();
        if (mode === 'killed') await world.server.start();
        else world.gate.mode = 'open';
      });
    }
  } finally {
    await world.end();
  }
});

test('a first visit sees where the programme begins before any of it was fetched', async () => {
  const world = await World.make('sqlite', 'Atelier du bout du monde');
  try {
    const answers = Promise.withResolvers<void>();
    world.gate.onAnswered = async ({ path }): Promise<Fate> => {
      if (path.startsWith('/api/')) await answers.promise;
      return 'pass';
    };
    const attendee = new Attendee(await world.phone('A'));
    await attendee.phone.page.goto('/');
    const lines = attendee.phone.page.locator('main [role="list"]').getByRole('heading', { level: 3 });
    // More than a phone shows, and no more.
    await expect(lines).toHaveCount(8);
    const [beginning] = await lines.allTextContents();
    await expect(attendee.syncState).toHaveCount(0);
    answers.resolve();
    await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
    await expect.poll(() => lines.count()).toBeGreaterThan(8);
    await expect(lines.first()).toHaveText(beginning!);
    expect(attendee.phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

test('what only the desk needs is kept by who opens it, and is there without a network from then on', async () => {
  const world = await World.make('sqlite', 'Atelier du bout du monde');
  const kept = (page: Page): Promise<boolean> =>
    page.evaluate(async () => {
      const files = await (await caches.open('escale-app')).keys();
      return files.some(({ url }) => url.includes('desk-pages'));
    });
  try {
    const attendee = new Attendee(await world.phone('A'));
    await attendee.openProgramme();
    await attendee.phone.untilInstalled();
    expect(await kept(attendee.phone.page)).toBe(false);
    await attendee.phone.context.setOffline(true);
    const asked: string[] = [];
    attendee.phone.page.on('request', (request) => asked.push(request.url()));
    await attendee.phone.page.getByRole('link', { name: 'Proposer un événement' }).click();
    await expect(attendee.phone.page.getByRole('alert')).toContainText("Cette page n'est pas sur cet appareil");
    expect(asked.filter((url) => url.includes('desk-pages')).length).toBeLessThan(4);
    await attendee.phone.context.setOffline(false);
    await attendee.phone.page.goto('/proposer');
    await expect(attendee.phone.page.getByRole('heading', { level: 1 })).toBeVisible();
    await attendee.phone.untilDeskInstalled();
    expect(await kept(attendee.phone.page)).toBe(true);
    await attendee.phone.close();

    await world.server.kill();
    const { page, errors } = await world.phone('A');
    await page.goto('/moderation');
    await expect(page.getByRole('heading', { level: 1, name: 'Modération' })).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await world.end();
  }
});
