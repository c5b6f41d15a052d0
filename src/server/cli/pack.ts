import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bounds } from '#domain/bounds.ts';
import type { MapPack } from '#domain/map-pack.ts';
import type { Context } from '../services/context.ts';
import type { PackNotice } from '../services/programme/packs.ts';
import { addPack, listPacks, PackRefused, removePack } from '../services/programme/packs.ts';
import { buildPack, OSM } from '../packs/build.ts';
import { ExtractRefused } from '../packs/osm-pbf.ts';
import type { Command, CommandCall } from './command.ts';
import { InputRefused } from './command.ts';

const packBuild: Command = {
  name: 'pack build',
  usage: 'AREA.osm.pbf --name NAME [--bbox WEST,SOUTH,EAST,NORTH] [--data-date YYYY-MM-DD]',
  summary: 'Makes a street-level map of an extract of OpenStreetMap, and offers it to phones.',
  options: { name: { type: 'string' }, bbox: { type: 'string' }, 'data-date': { type: 'string' } },
  positionals: 1,
  run: async ({ values, positionals, print, context }) => {
    const file = positionals[0]!;
    const name = nameOf(values['name']);
    const box = boxOf(values['bbox']);
    const asked = dateOf(values['data-date']);
    await checkFile(file);
    const built = await buildPack(file, name, box).catch((error: unknown) => {
      throw error instanceof ExtractRefused ? new InputRefused(`${file}: ${error.message}`) : error;
    });
    const { timestamp } = built;
    const known = asked ?? (timestamp === undefined ? undefined : new Date(timestamp).toISOString().slice(0, 10));
    const folder = await mkdtemp(join(tmpdir(), 'escale-pack-'));
    try {
      const archive = join(folder, 'area.pmtiles');
      await writeFile(archive, built.bytes);
      const notice = { name, ...OSM, ...(known === undefined ? {} : { dataDate: known }) };
      const pack = await offer(await context(), file, archive, notice);
      print(`${built.features} things drawn, in ${built.tiles} tiles`);
      print(described(pack));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const packAdd: Command = {
  name: 'pack add',
  usage:
    'AREA.pmtiles --name NAME [--data-date YYYY-MM-DD] [--attribution TEXT --licence NAME [--attribution-url URL]]',
  summary: 'Offers a map that was made elsewhere, as pmtiles extract cuts it from a build of Protomaps.',
  options: {
    name: { type: 'string' },
    'data-date': { type: 'string' },
    attribution: { type: 'string' },
    'attribution-url': { type: 'string' },
    licence: { type: 'string' },
  },
  positionals: 1,
  run: async ({ values, positionals, print, context }) => {
    const file = positionals[0]!;
    const name = nameOf(values['name']);
    const dataDate = dateOf(values['data-date']);
    const { attribution, licence, 'attribution-url': url } = values;
    if ((attribution === undefined) !== (licence === undefined)) {
      throw new InputRefused('--attribution and --licence go together; without both it is taken for OpenStreetMap');
    }
    const source =
      typeof attribution === 'string' && typeof licence === 'string'
        ? { attribution, licence, ...(typeof url === 'string' ? { attributionUrl: url } : {}) }
        : OSM;
    await checkFile(file);
    const notice = { name, ...source, ...(dataDate === undefined ? {} : { dataDate }) };
    print(described(await offer(await context(), file, file, notice)));
  },
};

const packList: Command = {
  name: 'pack list',
  usage: '',
  summary: 'Names the maps that are offered.',
  options: {},
  positionals: 0,
  run: async ({ print, context }) => {
    const packs = await listPacks(await context());
    for (const pack of packs) print(described(pack));
    print(packs.length === 1 ? '1 pack' : `${packs.length} packs`);
  },
};

const packRemove: Command = {
  name: 'pack remove',
  usage: 'ID',
  summary: 'Offers a map no more. Phones that have it keep it until its time is over.',
  options: {},
  positionals: 1,
  run: async ({ positionals, print, context }) => {
    const id = positionals[0]!;
    if (!(await removePack(await context(), id))) throw new InputRefused(`no pack is called ${id}`);
    print(`${id} is offered no more`);
  },
};

export const packCommands: readonly Command[] = [packBuild, packAdd, packList, packRemove];

async function offer(ctx: Context, given: string, archive: string, notice: PackNotice): Promise<MapPack> {
  try {
    return await addPack(ctx, archive, notice);
  } catch (error) {
    if (error instanceof PackRefused) throw new InputRefused(`${given}: ${error.message}`);
    throw error;
  }
}

function described({ id, bytes, minZoom, maxZoom, bounds, dataDate }: MapPack): string {
  const [south, west, north, east] = bounds;
  const size = bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  const area = `${west},${south},${east},${north}`;
  return `${id}: ${size}, zooms ${minZoom} to ${maxZoom}, ${area}${dataDate ? `, streets of ${dataDate}` : ''}`;
}

function nameOf(value: CommandCall['values'][string]): string {
  const name = typeof value === 'string' ? value.trim() : '';
  if (name === '' || name.length > 80) throw new InputRefused('--name: say what the area is called, in 80 characters');
  return name;
}

function dateOf(value: CommandCall['values'][string]): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^\d{4}(-\d{2}){0,2}$/.test(value)) return value;
  throw new InputRefused('--data-date: give a year, a month or a day, as in 2026-11-20');
}

/** As `osmium extract` takes it. */
function boxOf(value: CommandCall['values'][string]): Bounds | undefined {
  if (value === undefined) return undefined;
  const sides = typeof value === 'string' ? value.split(',').map(Number) : [];
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = sides;
  const possible = west >= -180 && east <= 180 && south >= -85 && north <= 85;
  if (sides.length !== 4 || !(west < east && south < north && possible)) {
    throw new InputRefused('--bbox: give four degrees, west,south,east,north, as in 3.86,43.60,3.90,43.63');
  }
  return [south, west, north, east];
}

async function checkFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (error) {
    throw new InputRefused(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  throw new InputRefused(`${file}: not a file`);
}
