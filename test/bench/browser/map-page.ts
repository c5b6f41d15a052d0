import * as L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import '#client/components/fonts.css';
import '#client/components/tokens.css';
import type { MapPack } from '#domain/map-pack.ts';
import { StreetLayer } from '#client/map/street-layer.ts';

/** What the map benchmarks call inside a real browser. Times are milliseconds. */
export interface MapBench {
  /** Fetches a pack and keeps it in IndexedDB, as the app does. */
  keep(pack: MapPack): Promise<void>;
  /**
   * Draws every tile of a zoom of the pack's area and keeps it as a picture in IndexedDB: what a map of pictures would hold.
   * @returns how many, and their bytes
   */
  picture(pack: MapPack, zoom: number): Promise<{ tiles: number; bytes: number }>;
  /** From nothing to every tile of a phone's view drawn, streets from the pack. */
  streets(pack: MapPack, zoom: number): Promise<number>;
  /** The same view out of the pictures. */
  pictures(pack: MapPack, zoom: number): Promise<number>;
}

const TILE = 256;

function store(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('bench-map', 1);
    opening.onupgradeneeded = () => void opening.result.createObjectStore('blobs');
    opening.onsuccess = () => resolve(opening.result);
    opening.addEventListener('error', () => reject(opening.error!));
  });
}

async function put(entries: readonly (readonly [string, Blob])[]): Promise<void> {
  const db = await store();
  await new Promise<void>((resolve, reject) => {
    const writing = db.transaction('blobs', 'readwrite');
    for (const [key, blob] of entries) writing.objectStore('blobs').put(blob, key);
    writing.oncomplete = () => resolve();
    writing.addEventListener('error', () => reject(writing.error!));
  });
  db.close();
}

function get(db: IDBDatabase, key: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const reading = db.transaction('blobs').objectStore('blobs').get(key);
    reading.onsuccess = () =>
      reading.result ? resolve(reading.result as Blob) : reject(new Error(`${key} is missing`));
    reading.addEventListener('error', () => reject(reading.error!));
  });
}

/** A phone's map in the middle of the pack's area. */
function open({ bounds }: MapPack, zoom: number): L.Map {
  const element = document.createElement('div');
  element.style.width = '358px';
  element.style.height = '520px';
  document.body.replaceChildren(element);
  const map = L.map(element, { zoomAnimation: false, fadeAnimation: false, attributionControl: false });
  map.createPane('streets');
  return map.setView([(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2], zoom, { animate: false });
}

async function layerOf(pack: MapPack): Promise<StreetLayer> {
  const db = await store();
  const blob = await get(db, pack.sha256);
  db.close();
  return new StreetLayer({ ...pack, blob }, { pane: 'streets', language: 'fr', onFault: fail });
}

function fail(): never {
  throw new Error('the pack could not be drawn');
}

/** Until a layer has drawn what is in sight and the page has shown it. */
async function shown(map: L.Map, layer: L.GridLayer): Promise<void> {
  const loaded = new Promise((resolve) => layer.once('load', resolve));
  layer.addTo(map);
  await loaded;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

const pictureKey = (pack: MapPack, { z, x, y }: L.Coords): string => `${pack.id}/${z}/${x}/${y}`;

class PictureLayer extends L.GridLayer {
  readonly #pack: MapPack;
  readonly #db: IDBDatabase;

  constructor(pack: MapPack, db: IDBDatabase) {
    const [south, west, north, east] = pack.bounds;
    super({ pane: 'streets', bounds: L.latLngBounds([south, west], [north, east]), keepBuffer: 1 });
    this.#pack = pack;
    this.#db = db;
  }

  override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const image = document.createElement('img');
    void get(this.#db, pictureKey(this.#pack, coords)).then(async (blob) => {
      image.src = URL.createObjectURL(blob);
      await image.decode();
      URL.revokeObjectURL(image.src);
      done(undefined, image);
    });
    return image;
  }
}

const bench: MapBench = {
  async keep(pack) {
    const response = await fetch(`/api/v1/packs/${pack.sha256}`);
    await put([[pack.sha256, await response.blob()]]);
  },

  async picture(pack, zoom) {
    const map = open(pack, zoom);
    const layer = await layerOf(pack);
    layer.addTo(map);
    const [south, west, north, east] = pack.bounds;
    const from = map.project([north, west], zoom).divideBy(TILE).floor();
    const to = map.project([south, east], zoom).divideBy(TILE).floor();
    let [tiles, bytes] = [0, 0];
    for (let x = from.x; x <= to.x; x++) {
      const column: [string, Blob][] = [];
      for (let y = from.y; y <= to.y; y++) {
        const coords = Object.assign(L.point(x, y), { z: zoom });
        const canvas = await new Promise<HTMLElement>((resolve) => {
          const made = (layer as unknown as { createTile: L.GridLayer['createTile'] }).createTile(coords, () =>
            resolve(made),
          );
        });
        const blob = await new Promise<Blob | null>((resolve) =>
          (canvas as HTMLCanvasElement).toBlob(resolve, 'image/png'),
        );
        if (!blob) throw new Error('no picture came of a tile');
        tiles += 1;
        bytes += blob.size;
        column.push([pictureKey(pack, coords), blob]);
      }
      await put(column);
    }
    map.remove();
    return { tiles, bytes };
  },

  async streets(pack, zoom) {
    const map = open(pack, zoom);
    const start = performance.now();
    await shown(map, await layerOf(pack));
    const whole = performance.now() - start;
    map.remove();
    return whole;
  },

  async pictures(pack, zoom) {
    const map = open(pack, zoom);
    const start = performance.now();
    const db = await store();
    await shown(map, new PictureLayer(pack, db));
    const whole = performance.now() - start;
    map.remove();
    db.close();
    return whole;
  },
};

Object.assign(globalThis, { bench });
