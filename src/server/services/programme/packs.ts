import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as v from 'valibot';
import type { MapPack } from '#domain/map-pack.ts';
import { MAX_PACK_BYTES } from '#domain/map-pack.ts';
import { slugOf } from '#domain/text.ts';
import type { Header } from '#interop/pmtiles.ts';
import { checkArchive } from '#interop/pmtiles-check.ts';
import { mapPack } from '#protocol/map.ts';
import type { Context } from '../context.ts';

/**
 * Street-level maps, as files in the data folder: `packs/{id}.json` says what there is, `packs/{sha256}.pmtiles` holds it.
 * The description is written last and removed first, so that what is described is there whole.
 */
const SAMPLE = fileURLToPath(new URL('../../sample/packs/', import.meta.url));

const unzip = promisify(gunzip);
const LONGEST_METADATA = 1024 * 1024;

/** Where a pack comes from, as far as its bytes do not say. */
export interface PackNotice {
  readonly name: string;
  readonly dataDate?: string;
  readonly licence: string;
  readonly attribution: string;
  readonly attributionUrl?: string;
}

/** All that is offered, by name. A description that cannot be read, or whose bytes are gone, is left out. */
export async function listPacks(ctx: Pick<Context, 'config' | 'log'>): Promise<MapPack[]> {
  const folder = folderOf(ctx);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const packs = await Promise.all(
    names.map(async (name) => {
      try {
        const pack = v.parse(mapPack, JSON.parse(await readFile(join(folder, name), 'utf8')));
        const { size } = await stat(join(folder, `${pack.sha256}.pmtiles`));
        if (size === pack.bytes) return [pack];
      } catch {
        // Said below.
      }
      ctx.log.warn({ pack: name }, 'a map pack cannot be offered');
      return [];
    }),
  );
  return packs.flat().toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
}

/** The file of a pack that is offered. */
export async function packFile(
  ctx: Pick<Context, 'config'>,
  sha256: string,
): Promise<{ readonly path: string; readonly bytes: number } | undefined> {
  const path = join(folderOf(ctx), `${sha256}.pmtiles`);
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, bytes: found.size } : undefined;
}

/** Why a file is no pack, in words for the operator. */
export class PackRefused extends Error {
  override readonly name = 'PackRefused';
}

/**
 * Offers an archive as the map of an area; an earlier one of the same name is replaced.
 * @throws PackRefused
 */
export async function addPack(ctx: Pick<Context, 'config'>, file: string, notice: PackNotice): Promise<MapPack> {
  const { size } = await stat(file);
  if (size > MAX_PACK_BYTES) {
    throw new PackRefused(`${mega(size)} MB: at most ${mega(MAX_PACK_BYTES)} MB; cut a smaller area`);
  }
  const { header, dataDate } = await readArchive(file, size);
  const sha256 = await hashOf(file);
  const pack = v.parse(mapPack, {
    id: slugOf(notice.name),
    ...(dataDate === undefined ? {} : { dataDate }),
    ...notice,
    bounds: header.bounds,
    bytes: size,
    sha256,
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
  } satisfies MapPack);
  const folder = folderOf(ctx);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = await describedAs(folder, pack.id);
  const path = join(folder, `${sha256}.pmtiles`);
  await copyFile(file, `${path}.new`);
  await durable(`${path}.new`, path);
  const description = join(folder, `${pack.id}.json`);
  const handle = await open(`${description}.new`, 'w');
  await handle.writeFile(`${JSON.stringify(pack, null, 2)}\n`);
  await handle.close();
  await durable(`${description}.new`, description);
  if (before && before.sha256 !== sha256) await dropFile(folder, before.sha256);
  return pack;
}

/** @returns whether there was such a pack */
export async function removePack(ctx: Pick<Context, 'config'>, id: string): Promise<boolean> {
  const folder = folderOf(ctx);
  const pack = await describedAs(folder, id);
  if (!pack) return false;
  await rm(join(folder, `${id}.json`), { force: true });
  await dropFile(folder, pack.sha256);
  return true;
}

/** The street map of the walk in Le Mans, which goes with the sample. */
export async function addSamplePack(ctx: Pick<Context, 'config'>): Promise<void> {
  const { id, name, licence, attribution, attributionUrl, dataDate } = v.parse(
    mapPack,
    JSON.parse(await readFile(join(SAMPLE, 'le-mans.json'), 'utf8')),
  );
  if (await describedAs(folderOf(ctx), id)) return;
  await addPack(ctx, join(SAMPLE, 'le-mans.pmtiles'), {
    name,
    licence,
    attribution,
    ...(attributionUrl === undefined ? {} : { attributionUrl }),
    ...(dataDate === undefined ? {} : { dataDate }),
  });
}

function folderOf({ config }: Pick<Context, 'config'>): string {
  return join(config.dataDir, 'packs');
}

async function describedAs(folder: string, id: string): Promise<MapPack | undefined> {
  const text = await readFile(join(folder, `${id}.json`), 'utf8').catch(() => undefined);
  const parsed = text === undefined ? undefined : v.safeParse(mapPack, jsonOf(text));
  return parsed?.success ? parsed.output : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Another area may have the same bytes. */
async function dropFile(folder: string, sha256: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    if ((await describedAs(folder, name.slice(0, -'.json'.length)))?.sha256 === sha256) return;
  }
  await rm(join(folder, `${sha256}.pmtiles`), { force: true });
}

async function readArchive(file: string, size: number): Promise<{ header: Header; dataDate?: string }> {
  const handle = await open(file);
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const checked = await checkArchive({
      size,
      read,
      unzip: (bytes, limit) => unzip(bytes, { maxOutputLength: limit }),
    });
    if (checked.kind === 'refused') {
      throw new PackRefused(`no pack can be made of it: ${checked.detail} (${checked.fault})`);
    }
    const { header } = checked;
    const day = await dayOfData(await read(header.metadataOffset, header.metadataLength));
    return { header, ...(day === undefined ? {} : { dataDate: day }) };
  } finally {
    await handle.close();
  }
}

/** Protomaps' builds and our own say of when their streets are. */
async function dayOfData(packed: Buffer): Promise<string | undefined> {
  const text = await unzip(packed, { maxOutputLength: LONGEST_METADATA }).catch(() => '');
  const metadata = jsonOf(text.toString()) as Record<string, unknown> | null | undefined;
  const said = metadata?.['planetiler:osm:osmosisreplicationtime'];
  return typeof said === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(said)?.[0] : undefined;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Written to the disk before it has its name. */
async function durable(from: string, to: string): Promise<void> {
  const handle = await open(from, 'r+');
  await handle.sync();
  await handle.close();
  await rename(from, to);
}

function mega(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
