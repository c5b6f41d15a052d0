import { packsResponse, publicConfig } from '#protocol/map.ts';
import type { EscaleDatabase, MapPackRow } from '#client/store/database.ts';
import { isFull } from '#client/store/full-disk.ts';
import { dropOverduePacks, keepPack, nextPart, putPart, readParts, troublePack } from '#client/store/map-packs.ts';
import { readSetting, writeSetting } from '#client/store/settings.ts';
import type { Api } from './api.ts';

/** A part is one request and one durable write: small enough for a slow line to end one, large enough to be few. */
const PART = 512 * 1024;
const DEADLINE = 60_000;

/** Whether an archive may be drawn from. */
export type CheckPack = (blob: Blob) => Promise<boolean>;

/**
 * Asks what maps there are. What was known stays when there is no answer.
 * @returns whether there was one
 */
export async function refreshOffer(db: EscaleDatabase, api: Api): Promise<boolean> {
  const [config, offered] = await Promise.all([
    api.json({ path: '/config' }, publicConfig),
    api.json({ path: '/packs' }, packsResponse),
  ]);
  if (config.kind !== 'ok' || offered.kind !== 'ok') return false;
  const { raster, geocoder, provider } = config.value;
  await writeSetting(db, 'mapOffer', {
    packs: offered.value.packs,
    ...(raster ? { raster } : {}),
    ...(geocoder ? { geocoder } : {}),
    ...(provider ? { provider } : {}),
    at: Date.now(),
  });
  return true;
}

/**
 * Brings the maps that were asked for, part by part; one that was cut off goes on behind the last part that came.
 * A map counts only once its hash is the one that the server named, and a look into it found nothing amiss.
 * @returns false when something still waits for a network or for the server
 */
export async function loadPacks(db: EscaleDatabase, api: Api, check: CheckPack): Promise<boolean> {
  const offset = await readSetting(db, 'clockOffset');
  if (offset !== undefined) await dropOverduePacks(db, Date.now() + offset);
  let all = true;
  for (const row of await db.mapPacks.toArray()) {
    if (row.state !== 'loading') continue;
    try {
      if (!(await loadPack(db, api, row, check))) all = false;
    } catch (error) {
      if (!isFull(error)) throw error;
      await troublePack(db, row.sha256, 'no_space', true);
    }
  }
  return all;
}

async function loadPack(db: EscaleDatabase, api: Api, row: MapPackRow, check: CheckPack): Promise<boolean> {
  const { sha256, bytes } = row;
  for (let index = await nextPart(db, sha256); index * PART < bytes; index++) {
    const start = index * PART;
    const end = Math.min(bytes, start + PART) - 1;
    const answer = await api.part(`/packs/${sha256}`, start, end, DEADLINE);
    if (answer.kind === 'problem' && answer.problem.code === 'not_found') {
      await troublePack(db, sha256, 'gone', true);
      return true;
    }
    if (answer.kind !== 'ok') {
      await troublePack(db, sha256, answer.kind === 'problem' ? 'failing' : 'unreachable', false);
      return false;
    }
    // Someone may have given it up meanwhile.
    if (!(await putPart(db, sha256, index, answer.value, end + 1))) return true;
  }
  const blob = new Blob(await readParts(db, sha256), { type: 'application/vnd.pmtiles' });
  if (blob.size !== bytes || (await hexDigest(await blob.arrayBuffer())) !== sha256) {
    await troublePack(db, sha256, 'damaged', true);
  } else if (await check(blob)) await keepPack(db, sha256, blob);
  else await troublePack(db, sha256, 'unreadable', true);
  return true;
}

/** SHA-256 in hexadecimal. */
export async function hexDigest(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
