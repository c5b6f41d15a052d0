import { expect, test } from '@playwright/test';
import { printedShortCode } from '#domain/ticket.ts';
import { writeCameraVideo } from '../support/camera-video.ts';
import { facts } from '../support/facts.ts';
import { forge } from '../support/forgery.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { codeOnScreen } from '../support/screen-code.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Door } from './pages/door.ts';
import { engines, ORGANISER, World } from './world.ts';

const HELENE = { firstName: 'Hélène', lastName: 'Öztürk', email: 'helene@example.org' };
const MARIUS = { firstName: 'Marius', lastName: 'Le Goff', email: 'marius@example.org' };
/** Longer than a code has to be out of the picture before it is read again. */
const PAUSE = 4.5;

for (const engine of engines) {
  test(`the main job, from the programme to the door, with the server killed in between (${engine})`, async () => {
    const world = await World.make(engine, 'Atelier du récit entier');
    try {
      const { server, event } = world;
      const subject = { eventId: event.id, subjectId: event.id };

      await test.step('phone A takes the programme, in one visit', async () => {
        const a = new Attendee(await world.phone('A'));
        await a.openProgramme();
        await expect(a.syncState).toHaveText(/À jour/, { timeout: 60_000 });
        await a.phone.untilInstalled();
        await a.phone.close();
      });

      const [marius] = await new ProtocolClient(server.url).register({ ...MARIUS, ...subject, party: 1 });
      expect(marius?.state).toBe('confirmed');
      const ticket = marius!.ticket!;

      await test.step('phone B is enrolled at the desk', async () => {
        const b = await world.phone('B');
        const desk = new Desk(b);
        await desk.signIn(ORGANISER, server);
        const link = await desk.enrolmentLink('Atelier du récit entier');
        await new Door(b).enrol(link, { phone: 'Téléphone B', door: 'Entrée A' });
        await b.close();
      });

      await server.kill();

      const a = new Attendee(await world.phone('A'));
      await test.step('A, with no server, searches, opens an event never opened before, sees the map and registers', async () => {
        await a.openProgramme();
        await a.search('recit entier');
        await expect(a.eventLinks).toHaveCount(1);
        await a.openMap();
        await a.phone.page.goBack();
        await a.phone.page.goto(`/evenements/${event.slug}`);
        await expect(a.phone.page.getByRole('heading', { level: 1, name: 'Atelier du récit entier' })).toBeVisible();
        await a.register(HELENE);
        await expect(a.state("En attente d'envoi")).toBeVisible();
        await expect(a.syncState).toHaveText(/1 envoi en attente/);
      });

      await test.step('B, with no server, admits a real ticket once and refuses a forged one', async () => {
        const film = world.file('door.y4m');
        await writeCameraVideo(film, [
          { seconds: 3, codes: [{ text: ticket }] },
          { seconds: PAUSE, codes: [] },
          { seconds: 3, codes: [{ text: ticket }] },
          { seconds: PAUSE, codes: [] },
          { seconds: 3, codes: [{ text: forge(ticket) }] },
          { seconds: PAUSE, codes: [] },
        ]);
        const b = new Door(await world.phone('B', { camera: film }));
        await b.recordVerdicts();
        await b.open();
        await b.openCamera();
        await expect.poll(() => b.verdictsSeen(), { timeout: 60_000 }).toContain('invalid');
        await expect.poll(() => b.verdictsSeen(), { timeout: 60_000 }).toContain('already_used');
        const verdicts = (await b.verdictsSeen()).filter((verdict) => verdict !== 'invalid');
        expect(verdicts[0]).toBe('admitted');
        expect(verdicts.filter((verdict) => verdict === 'admitted')).toHaveLength(1);
        expect(b.phone.errors).toEqual([]);
        await b.phone.close();
      });

      await server.start();
      const b = new Door(await world.phone('B'));
      await b.open();

      await test.step('both catch up by themselves', async () => {
        await expect(a.state('Inscription confirmée')).toBeVisible({ timeout: 90_000 });
        await expect(a.syncState).toHaveText(/À jour/);
        await expect(new Attendee(b.phone).syncState).toHaveText(/À jour/, { timeout: 90_000 });
      });

      const shown = await test.step("A's ticket is on the screen", async () => {
        await a.openTicket('Atelier du récit entier');
        const picture = a.phone.page.getByRole('main').getByRole('img').first();
        await expect(picture).toBeVisible();
        return codeOnScreen(picture);
      });

      await test.step("A's ticket opens the door", async () => {
        await b.phone.close();
        const film = world.file('a.y4m');
        await writeCameraVideo(film, [{ seconds: 2, codes: [{ text: shown }] }]);
        const again = new Door(await world.phone('B', { camera: film }));
        await again.open();
        await again.openCamera();
        await again.expectVerdict('admitted', HELENE.lastName);
        await expect(new Attendee(again.phone).syncState).toHaveText(/À jour/, { timeout: 60_000 });
        expect(again.phone.errors).toEqual([]);
      });

      await test.step('the database holds each fact once', async () => {
        const registrations = await facts(
          server.options,
          `select email, state from registration where event_id = '${event.id}' order by email`,
        );
        expect(registrations.map((row) => ({ ...row }))).toEqual([
          { email: HELENE.email, state: 'confirmed' },
          { email: MARIUS.email, state: 'confirmed' },
        ]);
        const arrivals = await facts(
          server.options,
          `select ticket_id, count from check_in where event_id = '${event.id}'`,
        );
        expect(arrivals).toHaveLength(2);
        expect(new Set(arrivals.map((row) => row['ticket_id'])).size).toBe(2);
        const [subjects] = await facts(server.options, `select confirmed from subject where id = '${event.id}'`);
        expect(Number(subjects?.['confirmed'])).toBe(2);
        const effects = await facts(
          server.options,
          'select mutation_id, count(*) as times from mutation_result group by mutation_id having count(*) > 1',
        );
        expect(effects).toEqual([]);
      });
      expect(a.phone.errors).toEqual([]);
    } finally {
      await world.end();
    }
  });

  test(`P1 P2: a server killed in the middle of a push loses nothing and doubles nothing (${engine})`, async () => {
    const world = await World.make(engine, 'Atelier des coupures');
    try {
      const { server, gate, event } = world;
      const people = Array.from({ length: 30 }, (_, n) => ({
        firstName: 'Personne',
        lastName: `Numéro ${n + 1}`,
        email: `personne.${n + 1}@example.org`,
        eventId: event.id,
        subjectId: event.id,
        party: 1,
      }));
      const registrations = await new ProtocolClient(server.url).register(...people);
      expect(registrations.every((registration) => registration.state === 'confirmed')).toBe(true);

      const phone = await world.phone('B');
      const desk = new Desk(phone);
      await desk.signIn(ORGANISER, server);
      const door = new Door(phone);
      await door.enrol(await desk.enrolmentLink('Atelier des coupures'), { phone: 'Téléphone B', door: 'Entrée A' });

      await server.kill();
      for (const registration of registrations) await door.admitByCode(printedShortCode(registration.ticketId!));
      const sync = new Attendee(phone).syncState;
      await expect(sync).toHaveText(/30 envois en attente/);

      // One push is cut before anything can be known, a later one after its commit and before its answer.
      let kills = 0;
      let cut = false;
      const kill = async (): Promise<void> => {
        await server.kill();
        kills += 1;
      };
      gate.onForwarded = ({ path }) => {
        if (!path.startsWith('/api/v1/push') || cut) return;
        cut = true;
        setTimeout(() => void kill(), 3);
      };
      gate.onAnswered = async ({ path }, status) => {
        if (!path.startsWith('/api/v1/push')) return 'pass';
        if (kills === 0) return 'drop';
        if (status !== 200 || kills > 1) return 'pass';
        await kill();
        return 'drop';
      };
      await server.start();
      await expect.poll(() => kills, { timeout: 90_000 }).toBe(1);
      await server.start();
      await expect.poll(() => kills, { timeout: 90_000 }).toBe(2);
      const count = `select count(*) as n from check_in where event_id = '${event.id}'`;
      expect(Number((await facts(server.options, count))[0]?.['n'])).toBe(people.length);
      await expect(sync).toHaveText(/30 envois en attente/);
      await server.start();

      await expect(sync).toHaveText(/À jour/, { timeout: 90_000 });
      const arrivals = await facts(
        server.options,
        `select ticket_id from check_in where event_id = '${event.id}' and undone_at is null`,
      );
      expect(arrivals.map((row) => String(row['ticket_id'])).toSorted()).toEqual(
        registrations.map((registration) => String(registration.ticketId)).toSorted(),
      );
      const results = await facts(
        server.options,
        "select seq, outcome from mutation_result where name = 'check-in' order by seq",
      );
      expect(results.map((row) => [Number(row['seq']), row['outcome']])).toEqual(
        registrations.map((_, n) => [n + 1, 'applied']),
      );
      expect(phone.errors).toEqual([]);
    } finally {
      await world.end();
    }
  });
}
