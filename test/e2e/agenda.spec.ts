import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { cancelAll, publish } from '../support/seed.ts';
import { codeOnScreen } from '../support/screen-code.ts';
import { allOf } from './device-store.ts';
import { Attendee } from './pages/attendee.ts';
import { World } from './world.ts';

let world: World;
test.beforeAll(async () => {
  world = await World.make('sqlite', "Atelier de l'agenda");
});
test.afterAll(async () => {
  await world.end();
});

const note = async (page: Page, event: ProgrammeEvent): Promise<void> => {
  await page.goto(`/evenements/${event.slug}`);
  await page.getByRole('button', { name: 'Ajouter à mon agenda' }).click();
  await expect(page.getByRole('button', { name: 'Retirer de mon agenda' })).toBeVisible();
};

test('a push wakes the worker, which learns what changed and says it in the words of the device', async () => {
  const [event, own] = await world.publish('Rencontre suivie', 'Rencontre réservée');
  const phone = await world.phone('pushed');
  const { page } = phone;
  await phone.context.grantPermissions(['notifications'], { origin: phone.origin });
  await note(page, event!);
  await page.goto(`/evenements/${own!.slug}`);
  const attendee = new Attendee(phone);
  await attendee.register({ firstName: 'Ana', lastName: 'Le Goff', email: 'ana.pushed@example.org' });
  await expect(attendee.state('Inscription confirmée')).toBeVisible();
  await page.evaluate(async () => navigator.serviceWorker.ready);
  // What changed is told by the difference to what this device last knew of it.
  await expect.poll(async () => (await allOf(page, 'followed')).length).toBe(2);
  await expect.poll(async () => JSON.stringify(await allOf(page, 'settings'))).toContain('registrationStates');
  const cdp = await phone.context.newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one) resolve(one.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  const registrationId = await registration;

  await publish(world.server.options, [{ ...event!, status: 'cancelled' }]);
  const push = async (data: string): Promise<void> => {
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: `${phone.origin}/`, registrationId, data });
  };
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready;
      return (await worker.getNotifications()).map(({ title, body, data }) => ({ title, body, data: data as unknown }));
    });
  // What is no message of ours says nothing.
  await push('nonsense');
  await push('{"kind":"changed"}');
  const notice = {
    title: 'Rencontre suivie',
    body: "L'événement est annulé.",
    data: { url: `/evenements/${event!.slug}` },
  };
  await expect.poll(shown).toEqual([notice]);
  // What became of one's own registration, by another's deed.
  await cancelAll(world.server.options, own!.id);
  await push('{"kind":"changed"}');
  await expect.poll(shown).toContainEqual({
    title: 'Rencontre réservée',
    body: "L'organisateur a annulé votre inscription.",
    data: { url: expect.stringMatching(/^\/billets\//) },
  });
  // The agenda says the same, until it is seen.
  await page.goto('/agenda');
  await expect(page.getByRole('heading', { name: 'Ce qui a changé' })).toBeVisible();
  expect(phone.errors).toEqual([]);
});

test('an agenda goes to another phone by a code, without a network and without an account', async () => {
  const [event, other] = await world.publish('Rencontre partie', 'Rencontre lue');
  const [first, second] = [await world.phone('gives'), await world.phone('takes')];
  await second.page.goto('/');
  await expect(second.page.getByRole('status', { name: /À jour/ })).toBeVisible();
  await second.page.evaluate(async () => navigator.serviceWorker.ready);
  await note(first.page, event!);
  await first.page.goto('/agenda');
  await first.page.getByRole('button', { name: 'Sur un autre téléphone' }).click();
  const code = await codeOnScreen(first.page.getByRole('img', { name: /^Code 1 sur 1/ }));
  const { pathname, hash } = new URL(code);

  world.gate.mode = 'silent';
  await second.page.goto(pathname + hash);
  await second.page.getByRole('button', { name: "Ajouter l'événement" }).click();
  await expect(second.page.getByRole('link', { name: 'Rencontre partie' })).toBeVisible();
  await expect(second.page).toHaveURL(/\/agenda$/);
  await second.page.goto('/agenda#ajouter=1.1.XX');
  await expect(second.page.getByText('Ce code est incomplet')).toBeVisible();
  world.gate.mode = 'open';

  // Inside the app, too: by its own camera, or here by a photograph of the code.
  await note(first.page, other!);
  await first.page.goto('/agenda');
  await first.page.getByRole('button', { name: 'Sur un autre téléphone' }).click();
  const photo = await first.page.getByRole('img', { name: /^Code 1 sur 1/ }).screenshot();
  await second.page.goto('/agenda');
  await second.page.getByRole('button', { name: 'Depuis un autre téléphone' }).click();
  const dialog = second.page.getByRole('dialog');
  const file = { name: 'code.png', mimeType: 'image/png', buffer: photo };
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByRole('button', { name: "Ajouter l'événement" }).click();
  await expect(second.page.getByRole('link', { name: 'Rencontre lue' })).toBeVisible();
  expect([...first.errors, ...second.errors]).toEqual([]);
});
