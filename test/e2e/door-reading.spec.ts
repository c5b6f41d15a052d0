import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { GreyPicture } from '#client/platform/scanner-picture.ts';
import { writeCameraVideo } from '../support/camera-video.ts';
import { hardPicture } from '../support/hard-pictures.ts';
import { enrolmentCode } from '../support/operator.ts';
import { writePng } from '../support/png.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { Door } from './pages/door.ts';
import { World } from './world.ts';

const NAMES = ['Ada', 'Blaise', 'Chloé', 'Denis', 'Émilie', 'Farid', 'Gaël'];

/** A door that was enrolled and closed again, its server gone; the tickets of those who come. */
async function enrolledDoor(world: World): Promise<string[]> {
  const { server, event, gate } = world;
  const registrations = await new ProtocolClient(server.url).register(
    ...NAMES.map((firstName, n) => ({
      firstName,
      lastName: 'Martin',
      email: `guest.${n}@example.org`,
      eventId: event.id,
      subjectId: event.id,
      party: 1,
    })),
  );
  const door = new Door(await world.phone('B'));
  const link = `/emargement#enrolement=${enrolmentCode(server.options, event.id)}`;
  await door.enrol(link, { phone: 'Téléphone B', door: 'Entrée A' });
  await door.phone.close();
  await server.kill();
  gate.mode = 'silent';
  return registrations.map(({ ticket }) => ticket!);
}

test('a door without a camera reads what scanners type, photographs, and what is pasted', async () => {
  const world = await World.make('sqlite', 'Atelier sans image');
  try {
    const tickets = await enrolledDoor(world);
    const door = new Door(await world.phone('B'));
    const { page } = door.phone;
    await door.open();
    await expect(page.getByText('Aucune caméra sur cet appareil.')).toBeVisible();
    const devtools = await door.phone.context.newCDPSession(page);
    const search = page.getByRole('searchbox', { name: 'Chercher une personne' });

    await test.step('a scanner types while the focus is on nothing', async () => {
      await typeAsScanner(devtools, american(tickets[0]!));
      await door.expectVerdict('admitted', NAMES[0]);
    });

    await test.step('into the search field, set to another keyboard than the device', async () => {
      await search.focus();
      await typeAsScanner(devtools, americanOnFrench(tickets[1]!));
      await door.expectVerdict('admitted', NAMES[1]);
      await expect(search).toHaveValue('');
    });

    await test.step('a code of somebody else takes nothing of what a person was typing', async () => {
      await search.fill('Chl');
      await typeAsScanner(devtools, american('https://example.org/menu'));
      await door.expectVerdict('foreign');
      await expect(search).toHaveValue('Chl');
      await search.fill('');
    });

    await test.step('what cannot be put right is said to be garbled, and judges nobody', async () => {
      await typeAsScanner(
        devtools,
        [...tickets[2]!].map((letter) => ({ key: scrambled(letter), code: '' })),
      );
      await expect(page.getByText('texte brouillé')).toBeVisible();
      await expect(door.verdict).not.toContainText(NAMES[2]!);
    });

    await test.step('a photograph that is white on black and out of focus', async () => {
      const picture = hardPicture('dark screen mode 4', 7, tickets[3]!);
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Lire une photo' }).click();
      await (await chooser).setFiles({ name: 'billet.png', mimeType: 'image/png', buffer: writePng(picture) });
      await door.expectVerdict('admitted', NAMES[3]);
      await expect(page.getByText('texte brouillé')).toBeHidden();
    });

    await test.step('a picture that is pasted, and one that shows no code', async () => {
      await paste(page, hardPicture('blur 3', 7, tickets[4]!));
      await door.expectVerdict('admitted', NAMES[4]);
      await paste(page, { width: 80, height: 60, luma: new Uint8Array(80 * 60).fill(128) });
      await expect(page.getByText('Aucun code lisible sur cette photo.')).toBeVisible();
    });

    await test.step('the reader is on the device since the enrolment, and where it is not another one stands in', async () => {
      expect(await page.evaluate(async () => (await (await caches.open('escale-scanner')).keys()).length)).toBe(1);
      await page.evaluate(() => caches.delete('escale-scanner'));
      await door.open();
      await paste(page, hardPicture('blur 1', 7, tickets[5]!));
      await door.expectVerdict('admitted', NAMES[5]);
    });
    expect(door.phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

test('a camera that is refused, allowed later and lost comes back by itself', async () => {
  const world = await World.make('sqlite', 'Atelier des caméras');
  try {
    const tickets = await enrolledDoor(world);
    const film = world.file('film.y4m');
    await writeCameraVideo(film, [
      { seconds: 2, codes: [{ text: tickets[0]! }, { text: 'WIFI:S:x;;', x: 0.1, y: 0.1, size: 0.2 }] },
    ]);
    const door = new Door(await world.phone('B', { camera: film, asksForCamera: true }));
    const { page } = door.phone;
    const devtools = await door.phone.context.newCDPSession(page);
    const allow = (setting: 'denied' | 'granted'): Promise<unknown> =>
      devtools.send('Browser.setPermission', { permission: { name: 'camera' }, setting, origin: door.phone.origin });

    await allow('denied');
    await door.open();
    await expect(page.getByRole('alert').filter({ hasText: 'La caméra est refusée à cette page.' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Lire une photo' })).toBeVisible();

    await allow('granted');
    await expect(page.getByRole('button', { name: 'Arrêter la caméra' })).toBeVisible();
    // Of the two codes in the picture the ticket, and nothing about the other.
    await door.expectVerdict('admitted', NAMES[0]);

    await page.evaluate(() => {
      const stream = document.querySelector('video')?.srcObject as MediaStream;
      const [track] = stream.getVideoTracks();
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    });
    await expect(page.getByText("La caméra s'est arrêtée")).toBeVisible();
    await expect(page.getByRole('button', { name: 'Arrêter la caméra' })).toBeVisible();
    // The same ticket is still there: it was not away.
    await expect(door.verdict).toHaveAttribute('data-verdict', 'admitted');

    await page.getByRole('button', { name: 'Arrêter la caméra' }).click();
    await expect(page.getByText('La caméra est arrêtée.')).toBeVisible();
    await page.getByRole('button', { name: 'Ouvrir la caméra' }).click();
    await expect(page.getByRole('button', { name: 'Arrêter la caméra' })).toBeVisible();
    expect(door.phone.errors).toEqual([]);
  } finally {
    await world.end();
  }
});

interface Key {
  readonly key: string;
  readonly code: string;
}

/** Sends the keys as fast as a scanner does, and Enter. */
async function typeAsScanner(devtools: CDPSession, keys: readonly Key[]): Promise<void> {
  const enter = { key: 'Enter', code: 'Enter', text: '\r' };
  const sent: Promise<unknown>[] = [];
  for (const { key, code, text = key } of [...keys, enter] as (Key & { text?: string })[]) {
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text }));
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code }));
  }
  await Promise.all(sent);
}

function american(text: string): Key[] {
  return [...text].map((key) => ({ key, code: placeOf(key) }));
}

/** An American scanner on a French device: the keys are in the right places, the letters are not. */
function americanOnFrench(text: string): Key[] {
  const letters: Record<string, string> = { A: 'Q', Q: 'A', W: 'Z', Z: 'W', M: '?' };
  return [...text].map((letter) => {
    const code = placeOf(letter);
    return { key: /\d/.test(letter) ? 'à&é"\'(-è_ç'[Number(letter)]! : (letters[letter] ?? letter), code };
  });
}

function placeOf(letter: string): string {
  return /\d/.test(letter) ? `Digit${letter}` : /[a-z]/i.test(letter) ? `Key${letter.toUpperCase()}` : '';
}

/** Another letter for each, and nothing that says which key it was. */
function scrambled(letter: string): string {
  return 'azertyuiopqsdfghjklmwxcvbn0123456789'[parseInt(letter, 36)]!;
}

async function paste(page: Page, picture: GreyPicture): Promise<void> {
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'billet.png', { type: 'image/png' }));
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, writePng(picture).toString('base64'));
}
