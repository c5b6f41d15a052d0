import * as L from 'leaflet';
import { isInside, meet } from '#domain/bounds.ts';
import type { Bounds } from '#domain/bounds.ts';
import type { Language } from '#domain/text.ts';
import type { Attribution } from './attribution.ts';
import type { Ground, GroundPack } from './ground.ts';
import styles from './map.module.css';
import type { StreetLayer } from './street-layer.ts';

/** What lies under the middle of the map. `outline`: nothing but the outlines of the country. */
export type Cover = 'streets' | 'raster' | 'outline';

/** From here on one looks for streets, not for regions. */
export const STREETS_FROM = 12;
const EDGES = { from: 8, to: 15 };
const PANES = { raster: 'raster', streets: 'streets' } as const;

interface GroundOptions {
  readonly language: Language;
  readonly onChange: () => void;
  /** A kept pack could not be drawn, or not all of it. */
  readonly onFault: () => void;
}

/** The layers between the outlines and the places: pictures from elsewhere, and kept streets over them. */
export class GroundLayers {
  readonly #map: L.Map;
  readonly #options: GroundOptions;
  readonly #streets = new Map<string, { readonly pack: GroundPack; layer?: StreetLayer; edge?: L.Rectangle }>();
  #raster: { readonly url: string; readonly attribution: string; readonly layer: L.TileLayer } | undefined;
  #rasterSeen = false;
  #removed = false;
  #onUsed: Ground['onUsed'];

  constructor(map: L.Map, options: GroundOptions) {
    this.#map = map;
    this.#options = options;
    map.createPane(PANES.raster).classList.add(styles.raster!);
    map.createPane(PANES.streets).classList.add(styles.streets!);
    map.on('zoomend', this.#showEdges);
  }

  set(ground: Ground): void {
    this.#onUsed = ground.onUsed;
    const wanted = new Map(ground.packs.map((pack) => [pack.sha256, pack]));
    for (const [hash, { layer, edge }] of this.#streets) {
      if (wanted.has(hash)) continue;
      layer?.remove();
      edge?.remove();
      this.#streets.delete(hash);
    }
    // The larger first: where two lie over each other, the smaller is the nearer look.
    const added = [...wanted.values()]
      .filter((pack) => !this.#streets.has(pack.sha256))
      .toSorted((a, b) => sizeOf(b.bounds) - sizeOf(a.bounds));
    for (const pack of added) this.#streets.set(pack.sha256, { pack });
    if (added.length > 0) void this.#load(added);
    this.#setRaster(ground);
    this.#options.onChange();
  }

  /** The renderer comes only with the first pack. */
  async #load(packs: readonly GroundPack[]): Promise<void> {
    try {
      const { StreetLayer: Layer } = await import('./street-layer.ts');
      for (const pack of packs) {
        const held = this.#streets.get(pack.sha256);
        if (!held || held.layer || this.#removed) continue;
        const { language, onFault } = this.#options;
        held.layer = new Layer(pack, { pane: PANES.streets, language, onFault });
        // For whoever looks on from outside: whether every tile that is in sight has been drawn.
        const container = this.#map.getContainer();
        held.layer.on('loading', () => (container.dataset['streets'] = 'drawing'));
        held.layer.on('load', () => {
          container.dataset['streets'] = 'drawn';
          this.#options.onChange();
        });
        held.layer.once('tileload', () => this.#onUsed?.(pack.sha256));
        held.layer.addTo(this.#map);
        const [south, west, north, east] = pack.bounds;
        // From afar it is a speck: its edge says that there is more to see.
        held.edge = L.rectangle(L.latLngBounds([south, west], [north, east]), {
          interactive: false,
          className: styles.edge ?? '',
        });
      }
      this.#showEdges();
      this.#options.onChange();
    } catch {
      this.#options.onFault();
    }
  }

  readonly #showEdges = (): void => {
    const zoom = this.#map.getZoom();
    for (const { edge } of this.#streets.values()) {
      if (edge && zoom >= EDGES.from && zoom < EDGES.to) edge.addTo(this.#map);
      else edge?.remove();
    }
  };

  #setRaster({ raster }: Ground): void {
    if (this.#raster && this.#raster.url === raster?.url) return;
    this.#raster?.layer.remove();
    this.#raster = undefined;
    this.#rasterSeen = false;
    if (!raster || savesData()) return;
    const layer = L.tileLayer(raster.url, {
      pane: PANES.raster,
      maxNativeZoom: raster.maxZoom,
      maxZoom: 22,
      referrerPolicy: 'no-referrer',
    });
    layer.on('tileload', () => {
      if (this.#rasterSeen) return;
      this.#rasterSeen = true;
      this.#options.onChange();
    });
    this.#raster = { url: raster.url, attribution: raster.attribution, layer: layer.addTo(this.#map) };
  }

  cover(): Cover {
    const { lat, lng: lon } = this.#map.getCenter();
    const zoom = this.#map.getZoom();
    for (const { pack, layer } of this.#streets.values()) {
      if (layer && isInside(pack.bounds, { lat, lon }) && zoom > pack.minZoom) return 'streets';
    }
    return this.#raster && this.#rasterSeen ? 'raster' : 'outline';
  }

  /** Every tile of the streets in sight is there. */
  get drawn(): boolean {
    return this.#map.getContainer().dataset['streets'] === 'drawn';
  }

  /** Of what is in sight. */
  attributions(): Attribution[] {
    const view = viewOf(this.#map);
    const packs = [...this.#streets.values()]
      .filter(({ pack, layer }) => layer && meet(pack.bounds, view))
      .map(({ pack: { attribution, attributionUrl } }) => ({
        text: attribution,
        ...(attributionUrl === undefined ? {} : { url: attributionUrl }),
      }));
    const raster = this.#raster && this.#rasterSeen ? [{ text: this.#raster.attribution }] : [];
    const all = new Map([...packs, ...raster].map((one) => [one.text, one]));
    return [...all.values()];
  }

  repaint(): void {
    for (const { layer } of this.#streets.values()) layer?.repaint();
  }

  remove(): void {
    this.#removed = true;
  }
}

/** What of the world is in sight. */
export function viewOf(map: L.Map): Bounds {
  const view = map.getBounds();
  return [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
}

function sizeOf([south, west, north, east]: Bounds): number {
  return (north - south) * (east - west);
}

/** The person asked their browser to fetch as little as it can. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
