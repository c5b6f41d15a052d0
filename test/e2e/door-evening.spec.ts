import { expect, test } from '@playwright/test';
import { defaultDoorRules } from '#domain/door-rules.ts';
import { facts } from '../support/facts.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { codeOnScreen } from '../support/screen-code.ts';
import { openEvent, publish } from '../support/seed.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Door } from './pages/door.ts';
import { ORGANISER, World } from './world.ts';

const TITLE = 'Soirée des deux portes';
const SEATS = 12;

test('P5 an evening at two doors without a network: clones, walk-ins, a carried request, exits and undos balance afterwards', async () => {
  const world = await World.make('sqlite', 'Un autre soir');
  try {
    const { server } = world;
    const event = openEvent(world.event.editionId, TITLE, {
      registration: { mode: 'open', capacity: SEATS, waitingList: true, maxParty: 4 },
    });
    await publish(server.options, [event]);
    const person = (lastName: string, party = 1) => ({
      firstName: 'Camille',
      lastName,
      email: `${lastName.toLowerCase()}@example.org`,
      eventId: event.id,
      subjectId: event.id,
      party,
    });
    const [adam, bihan, cohen] = await new ProtocolClient(server.url).register(
      person('Adam'),
      person('Bihan', 3),
      person('Cohen'),
    );

    const attendee = new Attendee(await world.phone('attendee'));
    await attendee.openProgramme();
    await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
    await attendee.phone.untilInstalled();
    await attendee.phone.page.goto(`/evenements/${event.slug}`);

    const a = new Door(await world.phone('A'));
    const b = new Door(await world.phone('B'));
    const desk = new Desk(a.phone);
    await desk.signIn(ORGANISER, server);
    await desk.setRules(event.id, { ...defaultDoorRules, countsInside: true, allotment: 2 });
    const forB = await desk.enrolmentLink(TITLE);
    await a.phone.page.goto('/espace');
    const forA = await desk.enrolmentLink(TITLE);
    await b.enrol(forB, { phone: 'Téléphone B', door: 'B' });
    await a.enrol(forA, { phone: 'Téléphone A', door: 'A' });

    await test.step('each phone keeps seats while there is a network', async () => {
      await a.takeSeats(2);
      await b.takeSeats(3);
      // 5 registered, 5 kept: two of twelve are left.
      expect(await held(world, event.id)).toEqual({ confirmed: 5, held: 5 });
    });

    await server.kill();

    const asked = await test.step('somebody registers with no network and has a code to show', async () => {
      const { page } = attendee.phone;
      await attendee.register({ firstName: 'Dina', lastName: 'Nassar', email: 'dina@example.org' });
      await expect(attendee.state("En attente d'envoi")).toBeVisible();
      const code = page.getByRole('main').getByRole('img', { name: 'Code de votre demande' }).first();
      await expect(code).toBeVisible();
      return codeOnScreen(code);
    });

    await test.step('door A, alone', async () => {
      await a.present(adam!.ticket!);
      await a.expectVerdict('admitted', 'Adam');
      await a.present(adam!.ticket!);
      await a.expectVerdict('already_used', 'Adam');
      await a.present(bihan!.ticket!);
      await a.expectVerdict('admitted', '3 personnes');
      // Only two of the three came.
      await a.phone.page.getByRole('button', { name: 'Une personne de moins' }).click();
      await expect(a.verdict).toContainText('2 personnes');
      await a.walkIn(2);
      await a.expectVerdict('admitted_walk_in');
      await a.walkIn();
      await a.expectVerdict('refused_full');
      // Its seats are gone: who has no place of their own is told so, and still brought to the server.
      await a.present(asked);
      await a.expectVerdict('requested', 'Nassar');
    });

    await test.step('door B, alone, admits a copy and the person whose request it reads', async () => {
      await b.present(adam!.ticket!);
      await b.expectVerdict('admitted', 'Adam');
      await b.present(asked);
      await b.expectVerdict('admitted_walk_in', 'Nassar');
      await b.present(asked);
      await b.expectVerdict('already_used', 'Nassar');
      await b.walkIn();
      await b.expectVerdict('admitted_walk_in');
      await b.phone.page.getByRole('button', { name: "Annuler l'arrivée" }).click();
      await b.phone.page.getByRole('button', { name: "N'est pas entrée" }).click();
      await b.walkIn(2);
      await b.expectVerdict('admitted_walk_in');
      // Who leaves by another door than they came in by.
      await b.way('Sorties');
      await b.present(bihan!.ticket!);
      await b.expectVerdict('left');
      await b.way('Entrées');
      await b.present(cohen!.ticket!);
      await b.expectVerdict('admitted', 'Cohen');
    });

    await server.start();
    await test.step('everybody catches up by themselves', async () => {
      await expect(attendee.state('Inscription confirmée')).toBeVisible({ timeout: 60_000 });
      await expect(attendee.phone.page.getByRole('img', { name: 'Code de votre demande' })).toBeHidden();
      for (const door of [a, b])
        await expect(new Attendee(door.phone).syncState).toHaveText(/À jour/, { timeout: 60_000 });
    });

    await test.step('both doors and the desk count the same people', async () => {
      // Adam, Bihan's two, Cohen, Nassar, and four without a registration; one of Bihan's has left.
      for (const door of [a, b]) {
        await expect(door.counts).toContainText('9 / 6', { timeout: 30_000 });
        await expect(door.counts).toContainText("8 à l'intérieur");
      }
      await a.phone.page.goto(`/espace/evenements/${event.id}`);
      await expect(desk.figure('Arrivés')).toHaveText('9');
      await expect(desk.figure("À l'intérieur")).toHaveText('8');
      await expect(desk.figure('Sans inscription')).toHaveText('4');
    });

    await test.step('what is left goes back, whichever copy of the request had come first', async () => {
      const pane = await b.openWalkIn();
      await pane.getByRole('button', { name: 'Rendre ces places' }).click();
      await expect(pane.getByText('Aucune place gardée sur ce téléphone')).toBeVisible();
      await b.phone.page.keyboard.press('Escape');
      await expect.poll(() => held(world, event.id)).toEqual({ confirmed: 6, held: 4 });
    });

    await test.step('what two doors admitted both is settled once, for both', async () => {
      const open = (door: Door) => door.phone.page.getByRole('button', { name: '1 billet admis deux fois' });
      await a.open();
      await b.phone.page.getByRole('button', { name: 'Suivant' }).click();
      await expect(open(b)).toBeVisible();
      await open(a).click();
      const pane = a.phone.page.getByRole('dialog', { name: 'Admis deux fois' });
      await expect(pane).toContainText(/porte A .* porte B/);
      await pane.getByRole('button', { name: 'Même personne' }).click();
      await expect(pane).toContainText('Plus rien à régler');
      await expect(open(b)).toBeHidden({ timeout: 30_000 });
      await expect(b.counts).toContainText('9 / 6');
    });

    await test.step('the books hold every refusal and every record', async () => {
      const scans = await facts(server.options, `select verdict from scan where event_id = '${event.id}'`);
      expect(scans.map((row) => String(row['verdict'])).toSorted()).toEqual(
        ['already_used', 'already_used', 'refused_full', 'requested'].toSorted(),
      );
      const undone = await facts(
        server.options,
        `select undone_for from check_in where event_id = '${event.id}' and undone_at is not null`,
      );
      expect(undone.map((row) => String(row['undone_for'])).toSorted()).toEqual(['did_not_enter', 'wrong_count']);
    });
    for (const { phone } of [a, b, attendee]) expect(phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

/** Seats of the event that have gone to registrations, and those that doors hold or have given away. */
async function held(world: World, id: string): Promise<{ confirmed: number; held: number }> {
  const [row] = await facts(world.server.options, `select confirmed, held from subject where id = '${id}'`);
  const seats = { confirmed: Number(row?.['confirmed']), held: Number(row?.['held']) };
  expect(seats.confirmed + seats.held).toBeLessThanOrEqual(SEATS);
  return seats;
}
