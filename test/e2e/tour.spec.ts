import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { planOf } from '#domain/tour-plan.ts';
import { placeAt } from '#domain/tour-route.ts';
import { facts } from '../support/facts.ts';
import { axeViolations } from './axe.ts';
import { Attendee } from './pages/attendee.ts';
import { Walker } from './pages/walker.ts';
import type { Phone } from './phone.ts';
import { World } from './world.ts';
import { montpellierStops } from '#server/sample/archive-events.ts';
import { montpellierRoute } from '#server/sample/demo-routes.ts';

const ADDRESS = '/balades/balade-cite-intelligente-montpellier';
const STOPS = ['Espace French Tech', "Maison des Sciences de l'Homme, site Saint-Charles", 'Musée Fabre'] as const;

const tour = { slug: 'x', title: {}, stops: montpellierStops('demo-montpellier'), route: montpellierRoute };
const { route } = planOf({ ...tour, approximate: true });

/** A phone that has seen the programme once, and a server that is gone. */
async function alone(world: World, name: string): Promise<Phone> {
  const visited = await world.phone(name);
  const attendee = new Attendee(visited);
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  await visited.untilInstalled();
  await visited.close();
  await world.server.kill();
  return world.phone(name);
}

test('the Montpellier walk by position alone, offline, with the app killed on the way and a rating that arrives once', async () => {
  const world = await World.make('sqlite', 'Atelier à côté');
  try {
    const began = Date.now();
    let walker = await Walker.on(await alone(world, 'A'), began);
    const { page } = walker.phone;
    await page.goto(ADDRESS);
    await walker.phone.context.setGeolocation({ latitude: 43.609, longitude: 3.885, accuracy: 20 });
    await walker.button('Commencer la balade').click();
    await expect(walker.button('Je suis arrivé(e)')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Étapes' }).getByRole('listitem')).toHaveCount(3);
    await walker.arriveAt(tour.stops[0]!.position, STOPS[0]);
    await expect(walker.said).toHaveText(`Vous êtes arrivé(e) à l'étape 1, ${STOPS[0]}.`);

    /** Walks on along the line at 4.7 km/h, a fix every half minute. */
    const walkTo = async (from: number, to: number): Promise<void> => {
      for (let along = from; along < to; along += 39) await walker.be(placeAt(route, along), 30);
      await walker.be(placeAt(route, to), 30);
    };
    const half = route.stops[1]! * 0.5;
    await test.step('half of the way to the second stop', async () => {
      await walkTo(route.stops[0]!, half);
      await expect(walker.heading).toHaveText(STOPS[1]);
      await expect(walker.phone.page.getByText('Prochaine étape · 2 sur 3')).toBeVisible();
      await expect(walker.phone.page.getByText(/^7[0-9]0\sm$/)).toBeVisible();
      await expect(walker.phone.page.getByText('Position à 8 m près')).toBeVisible();
      // No streets are kept here: the map shows where one goes to, not a dot alone, and says so.
      const map = page.getByRole('region', { name: 'Carte de la balade' });
      await map.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await expect(map.getByRole('button', { name: `Étape 2 ${STOPS[1]}` })).toBeInViewport();
      await expect(page.getByText('Aucun plan des rues ici')).toBeVisible();
    });

    await test.step('the phone kills the app, and the walk goes on where it was', async () => {
      const { now } = walker;
      await walker.phone.close();
      walker = await Walker.on(await world.phone('A'), now + 60_000);
      await walker.phone.page.goto('/balades');
      await walker.phone.page.getByRole('link', { name: 'Reprendre la balade, étape 2 sur 3' }).click();
      await walker.button('Reprendre la balade, étape 2 sur 3').click();
      await walker.be(placeAt(route, half + 30), 20);
      await expect(walker.phone.page.getByText(/^(6[5-9]0|7[0-4]0)\sm$/)).toBeVisible();
    });

    await test.step('a wrong turn is told with the way back', async () => {
      const left = placeAt(route, half + 60);
      for (let i = 1; i <= 8; i++) await walker.be({ lat: left.lat, lon: left.lon + i * 0.0003 }, 20);
      await expect(walker.said).toHaveText(/Vous êtes à \d+\sm du parcours. Allez vers l'ouest\./);
      for (let i = 8; i >= 0; i--) await walker.be({ lat: left.lat, lon: left.lon + i * 0.0003 }, 20);
      await expect(walker.said).toHaveText('Vous êtes de nouveau sur le parcours.');
    });

    await walkTo(half + 60, route.stops[1]!);
    await walker.arriveAt(tour.stops[1]!.position, STOPS[1]);
    await walkTo(route.stops[1]!, route.stops[2]!);
    await walker.arriveAt(tour.stops[2]!.position, STOPS[2]);
    await expect(walker.phone.page.getByText(/^Vue à/)).toHaveCount(2);
    await walker.button('Terminer la balade').click();

    await test.step('a rating waits for the network, is changed once, and arrives once', async () => {
      const { page: after } = walker.phone;
      await expect(after.getByRole('heading', { name: 'Balade terminée' })).toBeVisible();
      await expect(after.getByText('3 étapes vues sur 3.')).toBeVisible();
      await expect(after.getByText(/positions, gardées sur ce téléphone et nulle part ailleurs/)).toBeVisible();
      await after.getByRole('radio', { name: '4 sur 5' }).check({ force: true });
      await after.getByRole('textbox', { name: 'Remarque' }).fill('Le passage par le boulevard est bruyant.');
      await walker.button('Envoyer mon avis').click();
      await expect(after.getByRole('status', { name: "Avis en attente d'envoi" })).toBeVisible();
      const { syncState } = new Attendee(walker.phone);
      await expect(syncState).toHaveText(/1 envoi en attente/);

      await world.server.start();
      await after.goto('/hors-ligne');
      await after.getByRole('button', { name: 'Synchroniser' }).click();
      await expect(syncState).toHaveText(/À jour/, { timeout: 60_000 });
      await after.goto(ADDRESS);
      await expect(after.getByRole('status', { name: 'Avis envoyé' })).toBeVisible();
      expect(await facts(world.server.options, 'select rating, remark, seen from tour_rating')).toEqual([
        { rating: 4, remark: 'Le passage par le boulevard est bruyant.', seen: 3 },
      ]);
      const results = await facts(world.server.options, "select outcome from mutation_result where name = 'rate-tour'");
      expect(results.map((row) => row['outcome'])).toEqual(['applied']);
    });
    expect(walker.phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

test('the same walk with the position refused, by keyboard alone, heard and not seen', async () => {
  const world = await World.make('sqlite', 'Atelier à côté');
  try {
    const phone = await alone(world, 'A');
    const { page } = phone;
    const browser = await phone.context.newCDPSession(page);
    await browser.send('Browser.setPermission', { permission: { name: 'geolocation' }, setting: 'denied' });
    await page.goto(ADDRESS);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const said = page.getByRole('main').locator('[aria-live="polite"]').first();

    await press(page, 'Commencer la balade');
    await expect(page.getByText(/La position est refusée à cette page/)).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    for (const [i, stop] of STOPS.entries()) {
      await expect(page.getByRole('button', { name: 'Je suis arrivé(e)' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(said).toHaveText(`Vous êtes arrivé(e) à l'étape ${i + 1}, ${stop}.`);
      const last = i === STOPS.length - 1;
      await expect(page.getByRole('button', { name: last ? 'Terminer la balade' : 'Étape suivante' })).toBeFocused();
      await page.keyboard.press('Enter');
      if (!last) await expect(said).toHaveText(`En route vers l'étape ${i + 2}, ${STOPS[i + 1]}.`);
    }
    await expect(said).toHaveText('La balade est terminée.');
    await expect(page.getByRole('heading', { name: 'Balade terminée' })).toBeFocused();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: '3 sur 5' })).toBeChecked();
    await press(page, 'Envoyer mon avis');
    await expect(page.getByRole('status', { name: "Avis en attente d'envoi" })).toBeVisible();
    expect(phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

/** Goes to a button by the tabulator and presses it. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(button).toBeVisible();
  for (let i = 0; i < 60; i++) {
    if (await button.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by the tabulator`);
}
