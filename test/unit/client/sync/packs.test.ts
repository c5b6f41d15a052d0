import 'fake-indexeddb/auto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MapPack } from '#domain/map-pack.ts';
import { checkPack } from '#client/map/check-pack.ts';
import {
  dropOverduePacks,
  dropPack,
  giveUpPack,
  holdPacks,
  keepPack,
  releasePacks,
  notePackUse,
  wantPack,
} from '#client/store/map-packs.ts';
import { readSetting, writeSetting } from '#client/store/settings.ts';
import { loadPacks, refreshOffer } from '#client/sync/packs.ts';
import { decodeHeader, encodeHeader, HEADER_LENGTH } from '#interop/pmtiles.ts';
import { AREA, noisyArchive, offerUnchecked, packOf } from '../../../support/packs.ts';
import type { Site } from './device.ts';
import { Device, startSite } from './device.ts';

let site: Site;
let bytes: Uint8Array;
let pack: MapPack;
beforeAll(async () => {
  site = await startSite();
  bytes = noisyArchive(1_400_000);
  pack = await offerUnchecked(site.ctx.config.dataDir, bytes);
});
afterAll(() => site.close());
afterEach(() => {
  site.gate.mode = 'open';
  site.gate.onAnswered = undefined;
  site.gate.instead = undefined;
});

/** Parts that the server was asked for, whether or not they arrived. */
function counted(): { asked: number } {
  const count = { asked: 0 };
  site.gate.onAnswered = ({ path }) => {
    if (path.includes('/packs/')) count.asked += 1;
    return 'pass';
  };
  return count;
}

const load = (device: Device): Promise<boolean> => loadPacks(device.db, device.api, checkPack);
const row = (device: Device, of = pack) => device.db.mapPacks.get(of.sha256);

describe('a map that is asked for', () => {
  test('is offered, comes part by part, and counts once it is whole and sound', async () => {
    const device = new Device(site.gate.url);
    expect(await refreshOffer(device.db, device.api)).toBe(true);
    expect((await readSetting(device.db, 'mapOffer'))?.packs).toEqual([pack]);
    await wantPack(device.db, pack);
    expect(await row(device)).toMatchObject({ state: 'loading', received: 0 });
    const count = counted();
    expect(await load(device)).toBe(true);
    expect(count.asked).toBe(3);
    expect(await row(device)).toMatchObject({ state: 'kept', received: bytes.length });
    expect(await device.db.mapParts.count()).toBe(0);
    const kept = await device.db.mapBlobs.get(pack.sha256);
    expect(Buffer.from(await kept!.blob.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('goes on where a cut line left it, also after the phone killed the app', async () => {
    const device = new Device(site.gate.url);
    await wantPack(device.db, pack);
    let asked = 0;
    site.gate.onAnswered = ({ path }) => {
      if (!path.includes('/packs/')) return 'pass';
      asked += 1;
      return asked === 2 ? 'half' : 'pass';
    };
    expect(await load(device)).toBe(false);
    expect(await row(device)).toMatchObject({ state: 'loading', received: 524_288, trouble: 'unreachable' });
    device.reload();
    const count = counted();
    expect(await load(device)).toBe(true);
    expect(count.asked).toBe(2);
    const whole = await row(device);
    expect(whole).toMatchObject({ state: 'kept' });
    expect(whole).not.toHaveProperty('trouble');
  });

  test('waits while a captive portal answers in its place, and takes nothing of it', async () => {
    const device = new Device(site.gate.url);
    await wantPack(device.db, pack);
    for (const mode of ['portal', 'redirect'] as const) {
      site.gate.mode = mode;
      expect(await load(device)).toBe(false);
      expect(await row(device)).toMatchObject({ state: 'loading', received: 0, trouble: 'unreachable' });
    }
    site.gate.mode = 'open';
    expect(await load(device)).toBe(true);
    expect(await row(device)).toMatchObject({ state: 'kept' });
  });

  test('is given up when the person says so, in the middle of it', async () => {
    const device = new Device(site.gate.url);
    await wantPack(device.db, pack);
    site.gate.onAnswered = async ({ path }): Promise<'pass'> => {
      if (path.includes('/packs/')) await dropPack(device.db, pack.sha256);
      return 'pass';
    };
    expect(await load(device)).toBe(true);
    expect(await row(device)).toBeUndefined();
    expect(await device.db.mapParts.count()).toBe(0);
  });

  test('that the server has no more is said to be gone', async () => {
    const device = new Device(site.gate.url);
    const lost = packOf(noisyArchive(1000), { id: 'perdue' });
    await wantPack(device.db, lost);
    expect(await load(device)).toBe(true);
    expect(await row(device, lost)).toMatchObject({ state: 'refused', trouble: 'gone' });
  });
});

describe('a hostile or damaged map', () => {
  test('with other bytes than promised is refused, and can be asked for again', async () => {
    const device = new Device(site.gate.url);
    const path = join(site.ctx.config.dataDir, 'packs', `${pack.sha256}.pmtiles`);
    const changed = Uint8Array.from(bytes);
    changed[changed.length - 5] = changed[changed.length - 5]! ^ 1;
    await writeFile(path, changed);
    await wantPack(device.db, pack);
    expect(await load(device)).toBe(true);
    expect(await row(device)).toMatchObject({ state: 'refused', trouble: 'damaged', received: 0 });
    expect(await device.db.mapParts.count()).toBe(0);
    expect(await device.db.mapBlobs.count()).toBe(0);
    await writeFile(path, bytes);
    await wantPack(device.db, pack);
    expect(await load(device)).toBe(true);
    expect(await row(device)).toMatchObject({ state: 'kept' });
  });

  test.each<[string, (honest: Uint8Array) => Uint8Array]>([
    ['that is no map', () => Buffer.from('<html>une page</html>'.repeat(100))],
    ['that is cut off', (honest) => honest.subarray(0, honest.length - 100)],
    [
      'whose directory points beyond its end',
      (honest) =>
        Buffer.concat([
          encodeHeader({ ...decodeHeader(honest), tilesOffset: 10 ** 10 }),
          honest.subarray(HEADER_LENGTH),
        ]),
    ],
    [
      'whose directory unpacks to a hundred megabytes',
      (honest) => {
        const bomb = gzipSync(new Uint8Array(100_000_000));
        const header = decodeHeader(honest);
        return Buffer.concat([
          encodeHeader({
            ...header,
            leavesOffset: HEADER_LENGTH,
            rootLength: bomb.length > 16_000 ? 16_000 : bomb.length,
          }),
          bomb,
        ]);
      },
    ],
  ])('%s is refused although its hash is right, and nothing of it stays', async (_, make) => {
    const device = new Device(site.gate.url);
    const hostile = await offerUnchecked(site.ctx.config.dataDir, make(noisyArchive(2000)), { id: 'hostile' });
    await wantPack(device.db, hostile);
    expect(await load(device)).toBe(true);
    expect(await row(device, hostile)).toMatchObject({ state: 'refused', trouble: 'unreadable', received: 0 });
    expect(await device.db.mapParts.count()).toBe(0);
    expect(await device.db.mapBlobs.count()).toBe(0);
  });
});

describe('kept maps', () => {
  const kept = async (
    device: Device,
    id: string,
    more: Partial<MapPack> = {},
    keepUntil?: number,
  ): Promise<MapPack> => {
    const archive = noisyArchive(1000);
    const one = packOf(archive, { id, name: id, ...more });
    await wantPack(device.db, one, keepUntil);
    await keepPack(device.db, one.sha256, new Blob([Uint8Array.from(archive)]));
    return one;
  };
  const ids = async (device: Device) => (await device.db.mapPacks.toArray()).map(({ id }) => id).toSorted();

  test("go when their event is over, by the server's clock, but not under a walk", async () => {
    const device = new Device(site.gate.url);
    const now = 1_700_000_000_000;
    await kept(device, 'passé', {}, now - 1);
    await kept(device, 'à venir', {}, now + 1000);
    await kept(device, 'sans fin');
    await kept(device, 'ailleurs', { bounds: [48, 0, 48.1, 0.1] }, now - 1);
    await holdPacks(device.db, 'balade', [46.1, 6.05, 46.2, 6.1]);
    await dropOverduePacks(device.db, now);
    expect(await ids(device)).toEqual(['passé', 'sans fin', 'à venir'].toSorted());
    await releasePacks(device.db, 'balade');
    await dropOverduePacks(device.db, now);
    expect(await ids(device)).toEqual(['sans fin', 'à venir'].toSorted());
    expect(await device.db.mapBlobs.count()).toBe(2);
  });

  test('under a walk that nobody ended are free again after two days', async () => {
    const device = new Device(site.gate.url);
    const bounds = [48, 0, 48.1, 0.1] as const;
    const one = await kept(device, 'balade', { bounds });
    const begun = (hours: number) => ({ bounds, at: Date.now() - hours * 3_600_000 });
    await writeSetting(device.db, 'packHolds', { hier: begun(47) });
    expect(await giveUpPack(device.db)).toBe(false);
    await writeSetting(device.db, 'packHolds', { 'avant-hier': begun(49) });
    expect(await giveUpPack(device.db)).toBe(true);
    expect(await row(device, one)).toBeUndefined();
  });

  test('wanted for two events stay for the later one, and for good once nobody said until when', async () => {
    const device = new Device(site.gate.url);
    const one = await kept(device, 'ville', {}, 2000);
    await wantPack(device.db, one, 5000);
    await wantPack(device.db, one, 3000);
    expect(await row(device, one)).toMatchObject({ state: 'kept', keepUntil: 5000 });
    await wantPack(device.db, one);
    expect(await row(device, one)).not.toHaveProperty('keepUntil');
    expect(await row(device, one)).toMatchObject({ state: 'kept' });
  });

  test('D4 make room on a full disk: what is on its way first, then what was not looked at for longest; the person is told', async () => {
    const device = new Device(site.gate.url);
    const old = await kept(device, 'ancienne');
    const seen = await kept(device, 'regardée');
    const held = await kept(device, 'balade', { bounds: [48, 0, 48.1, 0.1] });
    await device.db.mapPacks.update(old.sha256, { usedAt: 1 });
    await device.db.mapPacks.update(held.sha256, { usedAt: 0 });
    await notePackUse(device.db, seen.sha256);
    await holdPacks(device.db, 'walk', [48.05, 0.05, 48.06, 0.06]);
    const coming = packOf(noisyArchive(5000), { id: 'en route', name: 'en route' });
    await wantPack(device.db, coming);
    await device.db.mapPacks.update(coming.sha256, { received: 10 });

    expect(await giveUpPack(device.db)).toBe(true);
    expect(await row(device, coming)).toMatchObject({ state: 'refused', trouble: 'no_space' });
    expect(await giveUpPack(device.db)).toBe(true);
    expect(await ids(device)).toEqual(['balade', 'en route', 'regardée'].toSorted());
    expect(await giveUpPack(device.db)).toBe(true);
    expect(await giveUpPack(device.db)).toBe(false);
    expect(await ids(device)).toEqual(['balade', 'en route']);
    expect(await readSetting(device.db, 'packsGiven')).toEqual(['en route', 'ancienne', 'regardée']);
  });

  test('make way for a newer map of the same area once that one is here', async () => {
    const device = new Device(site.gate.url);
    const older = await kept(device, 'ville', { bounds: AREA });
    const newer = await kept(device, 'ville', { bounds: AREA });
    expect(await row(device, older)).toBeUndefined();
    expect(await row(device, newer)).toMatchObject({ state: 'kept' });
    expect(await device.db.mapBlobs.count()).toBe(1);
  });
});
