import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeSetting } from '#client/store/settings.ts';
import { loadEventPictures, wantedPictures } from '#client/sync/event-pictures.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { keepPicture } from '#server/services/programme/pictures.ts';
import { eventWith, publish } from '../../../support/databases.ts';
import type { Site } from './device.ts';
import { Device, startSite } from './device.ts';

const PICTURE = readFileSync(new URL('../../../fixtures/qr/12.png', import.meta.url));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pictures = [1, 2, 3].map((n) => Buffer.concat([PICTURE, Buffer.from([n])]));
const [noted, regional, after] = pictures.map(hashOf) as [string, string, string];
const address = (sha256: string): { url: string } => ({ url: `https://programme.example/pictures/${sha256}` });

describe('pictures of what is kept', () => {
  const first = eventWith({ mode: 'none' }, { image: address(noted), afterwardsPictures: [address(after)] });
  const second = eventWith({ mode: 'none' }, { image: address(regional) });
  const elsewhere = eventWith({ mode: 'none' }, { image: { url: 'https://elsewhere.example/picture.png' } });
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
    const email = 'organiser@ville.example';
    const { id } = await ensureAccount(site.ctx, { email, role: 'organiser' });
    const sender = { id, email, role: 'organiser', regions: [], bodies: [], demo: false } as const;
    for (const picture of pictures) await keepPicture(site.ctx, sender, hashOf(picture), picture);
    for (const event of [first, second, elsewhere]) await publish(site.ctx, event);
  });
  afterAll(() => site.close());
  afterEach(() => {
    site.gate.mode = 'open';
    site.gate.instead = undefined;
  });

  const device = async (): Promise<Device> => {
    const one = new Device(site.gate.url);
    await one.sync();
    await one.db.favourites.put({ id: first.id, at: 0 });
    return one;
  };
  const load = ({ db }: Device, spare = false) =>
    loadEventPictures(db, { origin: site.gate.url, spare, gone: new Set() });
  const here = async ({ db }: Device): Promise<string[]> =>
    (await db.eventPictures.toCollection().primaryKeys()).toSorted();

  test('come ahead: those of the agenda, of the outcome too, then those of the programme; none from elsewhere', async () => {
    const phone = await device();
    expect([...(await wantedPictures(phone.db))]).toEqual([
      [noted, 'followed'],
      [after, 'followed'],
      [regional, 'kept'],
    ]);
    expect(await load(phone, true)).toBe(true);
    expect(await here(phone)).toEqual([noted, after].toSorted());
    expect(await load(phone)).toBe(true);
    expect(await here(phone)).toEqual([noted, after, regional].toSorted());
    const row = await phone.db.eventPictures.get(regional);
    expect(Buffer.from(await row!.blob.arrayBuffer()).equals(pictures[1]!)).toBe(true);
  });

  test('only those of the agenda where the person wants no others', async () => {
    const phone = await device();
    await writeSetting(phone.db, 'eventPictures', 'followed');
    expect(await load(phone)).toBe(true);
    expect(await here(phone)).toEqual([noted, after].toSorted());
  });

  test("a portal's page, a cut line and other bytes are no picture: nothing is kept, and it is asked for again", async () => {
    const phone = await device();
    site.gate.mode = 'portal';
    expect(await load(phone)).toBe(false);
    site.gate.mode = 'open';
    site.gate.instead = () => ({ status: 200, type: 'image/png', body: 'no picture' });
    expect(await load(phone)).toBe(false);
    expect(await here(phone)).toEqual([]);
    site.gate.instead = undefined;
    expect(await load(phone)).toBe(true);
    expect(await here(phone)).toHaveLength(3);
  });
});
