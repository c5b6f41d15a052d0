import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MapPack } from '#domain/map-pack.ts';
import { writePmtiles } from '#server/packs/pmtiles-writer.ts';
import { addPack, addSamplePack, listPacks, PackRefused, removePack } from '#server/services/programme/packs.ts';
import type { TestApp } from '../../../support/test-app.ts';
import { openTestApp } from '../../../support/test-app.ts';

let server: TestApp;
let folder: string;
beforeAll(async () => {
  server = await openTestApp();
  folder = mkdtempSync(join(tmpdir(), 'escale-packs-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const NOTICE = { name: 'Une ville', licence: 'ODbL 1.0', attribution: '© OpenStreetMap' };

function archive(size: number, metadata: Record<string, unknown> = {}): string {
  const data = Uint8Array.from({ length: size }, (_, i) => (i * i * 31 + i) % 251);
  const path = join(folder, `${size}.pmtiles`);
  writeFileSync(
    path,
    writePmtiles([{ z: 9, x: 260, y: 180, data }], { bounds: [46, 6, 46.3, 6.2], minZoom: 9, maxZoom: 9, metadata }),
  );
  return path;
}

const get = (url: string, headers: Record<string, string> = {}) => server.call({ method: 'GET', url, headers });

describe('the packs that a server offers', () => {
  let pack: MapPack;
  let bytes: Buffer;
  beforeAll(async () => {
    const path = archive(9000, { 'planetiler:osm:osmosisreplicationtime': '2026-11-20T00:00:00Z' });
    bytes = readFileSync(path);
    pack = await addPack(server.ctx, path, NOTICE);
  });

  test('are described by what is in them', async () => {
    expect(pack).toEqual({
      id: 'une-ville',
      ...NOTICE,
      bounds: [46, 6, 46.3, 6.2],
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      minZoom: 9,
      maxZoom: 9,
      dataDate: '2026-11-20',
    });
    const answer = await get('/api/v1/packs');
    expect(answer.json()).toEqual({ packs: [pack] });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('are given whole, for good', async () => {
    const answer = await get(`/api/v1/packs/${pack.sha256}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/vnd.pmtiles',
      'accept-ranges': 'bytes',
      'content-length': String(bytes.length),
      'escale-protocol': '1',
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
    const again = await get(`/api/v1/packs/${pack.sha256}`, { 'if-none-match': answer.headers['etag']! });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test.each<[string, [number, number] | 'all' | 'none']>([
    ['bytes=0-99', [0, 100]],
    ['bytes=100-', [100, Number.POSITIVE_INFINITY]],
    ['bytes=-50', [-50, Number.POSITIVE_INFINITY]],
    ['bytes=0-999999999', [0, Number.POSITIVE_INFINITY]],
    ['bytes=999999999-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=9-3', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['lines=0-1', 'all'],
    ['bytes=-', 'all'],
  ])('a range of %s', async (range, expected) => {
    const answer = await get(`/api/v1/packs/${pack.sha256}`, { range });
    if (expected === 'none') {
      expect(answer.statusCode).toBe(416);
      expect(answer.headers['content-range']).toBe(`bytes */${bytes.length}`);
    } else if (expected === 'all') {
      expect(answer.statusCode).toBe(200);
      expect(answer.rawPayload.length).toBe(bytes.length);
    } else {
      const [start, end] = expected;
      const part = bytes.subarray(start, Math.min(end, bytes.length));
      expect(answer.statusCode).toBe(206);
      expect(answer.rawPayload.equals(part)).toBe(true);
      const first = start < 0 ? bytes.length + start : start;
      expect(answer.headers['content-range']).toBe(`bytes ${first}-${first + part.length - 1}/${bytes.length}`);
    }
  });

  test('a range of something that has changed is all of it', async () => {
    const answer = await get(`/api/v1/packs/${pack.sha256}`, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, bytes.length]);
    const same = await get(`/api/v1/packs/${pack.sha256}`, { range: 'bytes=0-9', 'if-range': `"${pack.sha256}"` });
    expect(same.statusCode).toBe(206);
  });

  test('what is none is not found', async () => {
    const answer = await get(`/api/v1/packs/${'0'.repeat(64)}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
    expect((await get('/api/v1/packs/..%2f..%2fescale.sqlite')).statusCode).toBe(400);
  });

  test('a newer map of an area takes the place of the older one', async () => {
    const newer = await addPack(server.ctx, archive(12_000), NOTICE);
    expect((await listPacks(server.ctx)).map(({ sha256 }) => sha256)).toEqual([newer.sha256]);
    expect((await get(`/api/v1/packs/${pack.sha256}`)).statusCode).toBe(404);
    expect(await removePack(server.ctx, newer.id)).toBe(true);
    expect(await removePack(server.ctx, newer.id)).toBe(false);
    expect(await listPacks(server.ctx)).toEqual([]);
    expect(readdirSync(join(server.ctx.config.dataDir, 'packs'))).toEqual([]);
  });

  test('one that two areas share stays until neither offers it', async () => {
    const path = archive(7000);
    const first = await addPack(server.ctx, path, NOTICE);
    await addPack(server.ctx, path, { ...NOTICE, name: 'La même' });
    await removePack(server.ctx, first.id);
    expect((await get(`/api/v1/packs/${first.sha256}`)).statusCode).toBe(200);
    await removePack(server.ctx, 'la-meme');
    expect((await get(`/api/v1/packs/${first.sha256}`)).statusCode).toBe(404);
  });
});

test('what is no archive, and what says of itself what is not so, is refused', async () => {
  const bad = join(folder, 'bad.pmtiles');
  writeFileSync(bad, 'nothing of the kind');
  await expect(addPack(server.ctx, bad, NOTICE)).rejects.toThrow(PackRefused);
  const cut = readFileSync(archive(5000));
  writeFileSync(bad, cut.subarray(0, cut.length - 9));
  await expect(addPack(server.ctx, bad, NOTICE)).rejects.toThrow(/the tiles would end at byte/);
  expect(await listPacks(server.ctx)).toEqual([]);
});

test('a description that is broken, or whose map is gone, spoils no other', async () => {
  const packs = join(server.ctx.config.dataDir, 'packs');
  mkdirSync(packs, { recursive: true });
  const pack = await addPack(server.ctx, archive(6000), NOTICE);
  writeFileSync(join(packs, 'broken.json'), '{"id":');
  writeFileSync(join(packs, 'gone.json'), JSON.stringify({ ...pack, id: 'gone', sha256: 'f'.repeat(64) }));
  expect(await listPacks(server.ctx)).toEqual([pack]);
  await removePack(server.ctx, pack.id);
});

test('the map of the sample is offered once, and not again after it was taken away', async () => {
  await addSamplePack(server.ctx);
  await addSamplePack(server.ctx);
  const [pack] = await listPacks(server.ctx);
  expect(pack).toMatchObject({
    id: 'le-mans-centre',
    attribution: '© OpenStreetMap',
    licence: 'ODbL 1.0',
    dataDate: '2020',
  });
});

test('without a choice of the operator nothing is told of pictures', async () => {
  const answer = await get('/api/v1/config');
  expect(answer.json()).toEqual({});
  expect(String(answer.headers['content-security-policy'])).toContain("img-src 'self' data: blob:;");
});
