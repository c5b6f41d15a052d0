import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Attendee } from '../e2e/pages/attendee.ts';
import { Desk } from '../e2e/pages/desk.ts';
import { Door } from '../e2e/pages/door.ts';
import { Phone } from '../e2e/phone.ts';
import { writeCameraVideo } from './camera-video.ts';
import { facts } from './facts.ts';
import { escale } from './operator.ts';
import { ServerProcess } from './server-process.ts';

/** `npm run screenshots`: takes the pictures of README and of the app's manifest anew, from the sample on the built app. */
const TITLE = 'Les jours ouverts du laboratoire, à Montpellier';
const FOLDER = fileURLToPath(new URL('../../public/screenshots', import.meta.url));
const ORGANISER = 'accueil@escale.test';

const folder = await mkdtemp(join(tmpdir(), 'escale-pictures-'));
await mkdir(FOLDER, { recursive: true });
const server = await ServerProcess.start({ dataDir: join(folder, 'data') });
escale(server.options, 'user', 'add', ORGANISER, '--role', 'national');
let phone = await Phone.open({ home: join(folder, 'phone'), origin: server.url });
try {
  const attendee = new Attendee(phone);
  const take = async (name: string): Promise<void> => {
    await phone.page.evaluate(() => document.fonts.ready);
    await phone.page.waitForTimeout(600);
    await phone.page.screenshot({ path: join(FOLDER, `${name}.png`) });
  };
  await attendee.openProgramme();
  await attendee.syncState.filter({ hasText: 'À jour' }).waitFor();
  await take('programme');
  await attendee.search('jours ouverts');
  await attendee.openEvent(TITLE);
  await attendee.register({ firstName: 'Camille', lastName: 'Martin', email: 'camille@example.org' });
  await attendee.state('Inscription confirmée').waitFor();
  await attendee.openTicket(TITLE);
  await take('ticket');
  const desk = new Desk(phone);
  await desk.signIn(ORGANISER, server);
  const door = new Door(phone);
  await door.enrol(await desk.enrolmentLink(TITLE), { phone: 'Téléphone de Samira', door: 'Entrée A' });
  const [row] = await facts(
    server.options,
    "select ticket from registration where last_name = 'Öztürk' and ticket is not null",
  );
  const film = join(folder, 'camera.y4m');
  await writeCameraVideo(film, [{ seconds: 2, codes: [{ text: String(row?.['ticket']), size: 0.7 }] }]);
  phone = await phone.reopen({ camera: film });
  const scanning = new Door(phone);
  await scanning.open();
  await scanning.openCamera();
  await scanning.expectVerdict('admitted');
  await take('door');
  const attendeeAgain = new Attendee(phone);
  await phone.page.setViewportSize({ width: 1280, height: 800 });
  await attendeeAgain.openProgramme();
  await attendeeAgain.openMap();
  await take('map-wide');
} finally {
  await phone.close();
  await server.kill();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
