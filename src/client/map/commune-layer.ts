import * as L from 'leaflet';
import type { DepartmentCode, RegionCode } from '#domain/programme.ts';
import type { Communes } from '#interop/outlines.ts';
import { loadCommunes } from './communes.ts';
import styles from './map.module.css';

/** Nearer than a département, and farther than streets. */
const BORDERS_FROM = 9;
const NAMES = { from: 11, to: 15 };
/** More names than that say nothing. */
const MOST_NAMES = 60;

/** A département, as far as it matters here. */
export interface DepartmentArea {
  readonly code: DepartmentCode;
  readonly region: RegionCode;
  readonly bounds: L.LatLngBounds;
}

interface CommuneOptions {
  readonly renderer: L.Renderer;
  readonly nameAt: (at: L.LatLng, name: string) => L.Marker;
  /** Other names stand there now. */
  readonly onNames: () => void;
}

/** The lines between communes and their names, of the regions that are kept: to know one's way where no streets are. */
export class CommuneLayer {
  readonly #map: L.Map;
  readonly #areas: readonly DepartmentArea[];
  readonly #options: CommuneOptions;
  readonly #drawn = new Map<DepartmentCode, { readonly communes: Communes; readonly lines: L.Polyline }>();
  readonly #names = new Map<string, L.Marker>();
  #kept: ReadonlySet<RegionCode> | 'all' = new Set();

  constructor(map: L.Map, areas: readonly DepartmentArea[], options: CommuneOptions) {
    this.#map = map;
    this.#areas = areas;
    this.#options = options;
    map.on('moveend', this.#look);
  }

  /** @param regions kept on this device; undefined: all */
  keep(regions: readonly RegionCode[] | undefined): void {
    this.#kept = regions ? new Set(regions) : 'all';
    for (const { code, region } of this.#areas) {
      if (this.#kept === 'all' || this.#kept.has(region)) continue;
      this.#drawn.get(code)?.lines.remove();
      this.#drawn.delete(code);
    }
    this.#look();
  }

  readonly #look = (): void => {
    const zoom = this.#map.getZoom();
    const view = this.#map.getBounds();
    for (const { code, region, bounds } of this.#areas) {
      const wanted =
        zoom >= BORDERS_FROM && view.intersects(bounds) && (this.#kept === 'all' || this.#kept.has(region));
      const drawn = this.#drawn.get(code);
      if (drawn && zoom < BORDERS_FROM) drawn.lines.remove();
      else if (drawn) drawn.lines.addTo(this.#map);
      else if (wanted) void this.#draw(code);
    }
    this.#name();
  };

  async #draw(code: DepartmentCode): Promise<void> {
    const communes = await loadCommunes(code);
    if (!communes || this.#drawn.has(code) || !this.#map.getPane('outlines')) return;
    const lines = L.polyline(
      communes.borders.map((line) => line.map(([lon, lat]): L.LatLngTuple => [lat, lon])),
      { renderer: this.#options.renderer, interactive: false, weight: 1, className: styles.commune ?? '' },
    );
    this.#drawn.set(code, { communes, lines });
    this.#look();
  }

  /** The names in sight. One that stays is left alone. */
  #name(): void {
    const zoom = this.#map.getZoom();
    const view = this.#map.getBounds();
    const near = zoom >= NAMES.from && zoom < NAMES.to;
    const wanted = new Map<string, Communes['names'][number]>(
      (near ? [...this.#drawn] : [])
        .flatMap(([code, { communes }]) =>
          communes.names
            .filter(({ lat, lon }) => view.contains([lat, lon]))
            .map((place) => [`${code} ${place.name}`, place] as const),
        )
        .slice(0, MOST_NAMES),
    );
    let changed = false;
    for (const [key, marker] of this.#names) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.#names.delete(key);
      changed = true;
    }
    for (const [key, { name, lat, lon }] of wanted) {
      if (this.#names.has(key)) continue;
      this.#names.set(key, this.#options.nameAt(L.latLng(lat, lon), name).addTo(this.#map));
      changed = true;
    }
    if (changed) this.#options.onNames();
  }
}
