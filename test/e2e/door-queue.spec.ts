import { expect, test } from '@playwright/test';
import type { Verdict } from '#domain/check-in.ts';
import type { Scene } from '../support/camera-video.ts';
import { writeCameraVideo } from '../support/camera-video.ts';
import { facts } from '../support/facts.ts';
import { forge } from '../support/forgery.ts';
import { enrolmentCode } from '../support/operator.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { Attendee } from './pages/attendee.ts';
import { Door } from './pages/door.ts';
import { World } from './world.ts';

/** One of the people in the queue: what they hold up, and what the door has to say. */
interface Guest {
  readonly code: string;
  readonly verdict: Verdict;
  /** Where the door knows them. */
  readonly name?: string;
}

const PEOPLE = 50;
/** Codes of other people's making that are held up at doors. */
const FOREIGN = [
  'https://example.org/menu-du-jour',
  'HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5:S9MKN4NN3F85QNCY0O%0VZ001HOC9',
  'WIFI:T:WPA;S:Salle des rencontres;P:clef-secrete;;',
  'BEGIN:VCARD\nVERSION:3.0\nN:Martin;Jeanne\nTEL:+33600000000\nEND:VCARD',
];

/** What the door said to each of the first fifty: the panel fills in more about a person once the arrival is written down. */
async function answersTo(door: Door): Promise<string[]> {
  const seen = (await door.answersSeen()).map(({ verdict, text }) => {
    const name = /Camille Numéro \d+/.exec(text)?.[0];
    return name === undefined ? verdict : `${verdict} ${name}`;
  });
  return seen.filter((answer, n) => answer !== seen[n - 1]).slice(0, PEOPLE);
}

test('fifty people in a row before the camera, offline: each gets the verdict that is theirs', async () => {
  const world = await World.make('sqlite', 'Atelier de la file');
  try {
    const { server, event, gate } = world;
    const [other] = await world.publish('Atelier de la salle voisine');
    const client = new ProtocolClient(server.url);
    const people = (count: number, eventId: string, name: string) =>
      Array.from({ length: count }, (_, n) => ({
        firstName: name,
        lastName: `Numéro ${n + 1}`,
        email: `${name}.${n + 1}@example.org`.toLowerCase(),
        eventId,
        subjectId: eventId,
        party: 1 + (n % 3),
      }));
    const all = await client.register(
      ...people(32, event.id, 'Camille'),
      ...people(4, event.id, 'Dominique'),
      ...people(4, other!.id, 'Claude'),
    );
    const [good, gone, elsewhere] = [all.slice(0, 32), all.slice(32, 36), all.slice(36)];
    await client.push(
      ...gone.map(({ id }) => ({ name: 'cancel-registration' as const, args: { registrationId: id } })),
    );

    const queue: Guest[] = [];
    const name = (n: number): string => `Camille Numéro ${n + 1}`;
    good.forEach(({ ticket }, n) => {
      queue.push({ code: ticket!, verdict: 'admitted', name: name(n) });
      // Long enough after the first to be no longer the same hand that holds it up; never two of a kind in a row: what is said without a name could not be told apart.
      if (n % 5 === 4 && n > 8) queue.push({ code: good[n - 9]!.ticket!, verdict: 'already_used', name: name(n - 9) });
      const at = Math.floor(n / 8);
      if (n % 8 === 2) queue.push({ code: forge(good[n]!.ticket!), verdict: 'invalid' });
      if (n % 8 === 3) queue.push({ code: elsewhere[at]!.ticket!, verdict: 'wrong_event' });
      if (n % 8 === 5) queue.push({ code: FOREIGN[at]!, verdict: 'foreign' });
      if (n % 8 === 6 && at < 2) queue.push({ code: gone[at]!.ticket!, verdict: 'cancelled' });
    });
    while (queue.length > PEOPLE) queue.pop();
    expect(queue).toHaveLength(PEOPLE);

    const link = `/emargement#enrolement=${enrolmentCode(server.options, event.id)}`;
    const enrolled = new Door(await world.phone('B'));
    await enrolled.enrol(link, { phone: 'Téléphone B', door: 'Entrée A' });
    await enrolled.phone.close();
    await server.kill();
    gate.mode = 'silent';

    const film = world.file('queue.y4m');
    const scenes = queue.map(({ code, verdict }): Scene => {
      // What is no ticket is said to be none only once it stays.
      const seconds = verdict === 'foreign' ? 1.4 : 0.6;
      return { seconds, codes: [{ text: code }] };
    });
    // The wall before the first, while the camera opens, and a long one after the last: the film begins anew at its end.
    await writeCameraVideo(film, [{ seconds: 2, codes: [] }, ...scenes, { seconds: 8, codes: [] }], {
      width: 400,
      height: 300,
    });
    const door = new Door(await world.phone('B', { camera: film }));
    await door.recordAnswers();
    await door.open();
    await door.openCamera();
    await expect.poll(async () => (await answersTo(door)).length, { timeout: 120_000 }).toBe(PEOPLE);
    const answers = await answersTo(door);
    await door.phone.page.getByRole('button', { name: 'Arrêter la caméra' }).click();

    expect(answers).toEqual(queue.map(({ verdict, name: who }) => (who === undefined ? verdict : `${verdict} ${who}`)));

    const admitted = queue.filter(({ verdict }) => verdict === 'admitted').length;
    const sync = new Attendee(door.phone).syncState;
    // The arrivals; that the others were not let in goes into the trail, and is counted nowhere.
    await expect(sync).toHaveText(new RegExp(`${admitted} envois en attente`));
    await server.start();
    gate.mode = 'open';
    await door.open();
    await expect(sync).toHaveText(/À jour/, { timeout: 90_000 });
    const arrivals = await facts(server.options, `select ticket_id from check_in where event_id = '${event.id}'`);
    expect(arrivals).toHaveLength(admitted);
    expect(door.phone.errors).toEqual([]);

    // What somebody else's code said is nowhere on the phone.
    const kept = await door.phone.page.evaluate(async () => JSON.stringify([localStorage, sessionStorage]));
    for (const secret of ['clef-secrete', 'HC1:', '+33600000000']) expect(kept).not.toContain(secret);
  } finally {
    await world.end();
  }
});
