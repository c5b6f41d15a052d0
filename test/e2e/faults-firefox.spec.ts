import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Fate } from '../support/gate.ts';
import { allOf, queueOf } from './device-store.ts';
import type { Person } from './ledger.ts';
import { expectOnceEach, person } from './ledger.ts';
import { Attendee } from './pages/attendee.ts';
import type { Phone } from './phone.ts';
import { World } from './world.ts';

let world: World;
let events: ProgrammeEvent[];

test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier du renard');
  events = await world.publish('Renard 1', 'Renard 2', 'Renard 3');
});

test.afterEach(async () => {
  if (!world.server.running) await world.server.start();
});

test.afterAll(async () => {
  await world.end();
});

test('A2 O1: in Firefox a write that breaks off takes no number and leaves nothing half', async () => {
  const phone = await ready('write');
  const attendee = new Attendee(phone);
  const someone = person('Renard écrit');
  await world.server.kill();
  await breakAt(phone, 'outbox', 'add');
  await phone.page.goto(`/evenements/${events[0]!.slug}/inscription`);
  await attendee.fill(someone);
  await arm(phone.page);
  await attendee.submit();
  await expect(phone.page.getByRole('alert')).toContainText("n'a pas pu garder votre demande");
  expect(await leftBehind(phone.page)).toMatchObject({ queue: [], nextSeq: 1 });

  await attendee.submit();
  await expect(attendee.state("En attente d'envoi")).toBeVisible();
  expect((await queueOf(phone.page)).map((row) => row.seq)).toEqual([1]);
  await world.server.start();
  await settled(phone.page);
  await expectOnceEach(world.server, [someone]);
  await phone.close();
});

for (const [n, [store, method]] of (
  [
    ['items', 'put'],
    ['outbox', 'delete'],
    ['scopes', 'put'],
  ] as const
).entries()) {
  test(`A2 A1: in Firefox a pull that breaks off at ${store} leaves base, cursor and queue as they were`, async () => {
    const phone = await ready(`pull-${store}`);
    const attendee = new Attendee(phone);
    const [known, someone] = [person(`Renard connu ${n}`), person(`Renard tiré ${n}`)];
    // The person's own scope has its base from here on: what comes next comes by a pull.
    await ask(attendee, events[1]!, known);
    await expect(attendee.state('Inscription confirmée')).toBeVisible();
    await settled(phone.page);
    await breakAt(phone, store, method);
    await phone.page.goto(`/evenements/${events[2]!.slug}/inscription`);
    const before = await stateOf(phone.page);
    await attendee.fill(someone);

    world.gate.onAnswered = async ({ path }, status): Promise<Fate> => {
      if (path === '/api/v1/push' && status === 200) {
        world.gate.onAnswered = undefined;
        await arm(phone.page);
      }
      return 'pass';
    };
    await attendee.submit();
    await expect.poll(() => leftBehind(phone.page), { timeout: 30_000 }).toBeTruthy();
    expect(await leftBehind(phone.page)).toEqual({ ...before, queue: ['answered'], nextSeq: 3 });

    // The run that broke off is begun again by itself.
    await expect(attendee.state('Inscription confirmée')).toBeVisible({ timeout: 60_000 });
    await settled(phone.page);
    expect(await stateOf(phone.page)).toMatchObject({ items: before.items + 1, queue: [] });
    await expectOnceEach(world.server, [known, someone]);
    expect(phone.errors).toEqual([]);
    await phone.close();
  });
}

/** What must change together or not at all. */
interface Left {
  readonly queue: readonly string[];
  readonly items: number;
  readonly cursors: readonly string[];
  readonly nextSeq: number;
}

async function ready(name: string): Promise<Phone> {
  const phone = await world.phone(name, { engine: 'firefox' });
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  await phone.untilInstalled();
  return phone;
}

async function ask(attendee: Attendee, event: ProgrammeEvent, who: Person): Promise<void> {
  await attendee.phone.page.goto(`/evenements/${event.slug}/inscription`);
  await attendee.fill(who);
  await attendee.submit();
}

async function settled(page: Page): Promise<void> {
  await page.goto('/hors-ligne');
  await page.getByRole('button', { name: 'Synchroniser' }).click();
  await expect(page.getByText('La synchronisation est faite.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Rien n'attend.")).toBeVisible();
}

/**
 * From the next page on: once `arm` was called, the next such write in the app goes through and its transaction is then
 * aborted; what the store holds right after it is kept for `leftBehind`.
 */
async function breakAt(phone: Phone, store: string, method: 'add' | 'put' | 'delete'): Promise<void> {
  await phone.context.addInitScript(
    ([name, call]) => {
      const state = globalThis as unknown as { armed?: boolean; left?: unknown };
      const stores = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => IDBRequest>;
      const real = stores[call]!;
      stores[call] = function broken(this: IDBObjectStore, ...args: unknown[]) {
        const request = real.apply(this, args);
        if (!state.armed || this.name !== name) return request;
        state.armed = false;
        const { transaction } = this;
        request.addEventListener('success', () => {
          transaction.abort();
          // Before the app hears of it and can begin anew.
          const reading = transaction.db.transaction(['outbox', 'items', 'scopes', 'replicas']);
          const all = (of: string) => reading.objectStore(of).getAll();
          const [queue, items, scopes, replicas] = [all('outbox'), all('items'), all('scopes'), all('replicas')];
          reading.addEventListener('complete', () => {
            state.left = {
              queue: queue.result.map((row: { state: string }) => row.state),
              items: items.result.length,
              cursors: scopes.result.map((row: { scope: string; cursor: number }) => `${row.scope} ${row.cursor}`),
              nextSeq: replicas.result[0]?.nextSeq,
            };
          });
        });
        return request;
      };
    },
    [store, method] as const,
  );
}

async function arm(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(globalThis, { armed: true }));
}

/** What the broken transaction left, once it is broken. */
function leftBehind(page: Page): Promise<Left | undefined> {
  return page.evaluate(() => (globalThis as unknown as { left?: Left }).left);
}

async function stateOf(page: Page): Promise<Left> {
  const [queue, items, scopes, replicas] = [
    await queueOf(page),
    await allOf<unknown>(page, 'items'),
    await allOf<{ scope: string; cursor: number }>(page, 'scopes'),
    await allOf<{ nextSeq: number }>(page, 'replicas'),
  ];
  return {
    queue: queue.map((row) => row.state),
    items: items.length,
    cursors: scopes.map((row) => `${row.scope} ${row.cursor}`),
    nextSeq: replicas[0]?.nextSeq ?? 0,
  };
}
