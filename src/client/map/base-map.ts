import * as L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import type { Bounds } from '#domain/bounds.ts';
import type { DepartmentCode, RegionCode } from '#domain/programme.ts';
import { METROPOLITAN } from '#domain/region-bounds.ts';
import type { Language } from '#domain/text.ts';
import type { Outline, Outlines } from '#interop/outlines.ts';
import { piecesOf } from '#interop/outlines.ts';
import { AttributionControl } from './attribution.ts';
import type { Ground } from './ground.ts';
import type { Cover } from './ground-layers.ts';
import { GroundLayers, STREETS_FROM, viewOf } from './ground-layers.ts';
import { CalmSvg } from './calm-svg.ts';
import type { DepartmentArea } from './commune-layer.ts';
import { CommuneLayer } from './commune-layer.ts';
import { loadOutlines } from './outlines.ts';
import styles from './map.module.css';

/** What the map says by itself, in the reader's language. */
export interface MapTexts {
  readonly label: string;
  readonly language: Language;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly attribution: string;
  readonly regionName: (code: RegionCode) => string;
  readonly departmentName: (code: DepartmentCode) => string;
}

const MAX_ZOOM = 19;
/** Below, quarters, so that the country fills a phone as well as a wide screen; above, streets are sharp at whole zooms alone. */
const SNAPS = { far: 0.25, near: 1 } as const;
const REGION_NAMES = { from: 5, to: 8 };
const DEPARTMENT_NAMES = { from: 8, to: 11 };

/** What is in sight, and what lies under its middle. */
export interface View {
  readonly bounds: Bounds;
  readonly zoom: number;
  readonly cover: Cover;
  /** The streets, where there are any, are all drawn. */
  readonly drawn: boolean;
  /** Near enough for streets to be looked for. */
  readonly near: boolean;
}

export interface BaseMapOptions {
  /** The outlines are drawn when `outline` asks for them, not at once. */
  readonly later?: boolean;
  /** After each move, and when another layer has come. */
  readonly onView?: (view: View) => void;
  /** Kept streets could not be drawn, or not all of them. */
  readonly onFault?: () => void;
}

export interface BaseMap {
  readonly map: L.Map;
  /** Streets and pictures under the places; a layer that stays is not drawn anew. */
  setGround(ground: Ground): void;
  fit(bounds: Bounds): void;
  /** Draws the outlines of the country, where they were left for later. */
  outline(): void;
  /** Draws the communes of these regions where one looks from near; undefined: of all. */
  keep(regions: readonly RegionCode[] | undefined): void;
  /** Moves the names out of the way of what stands on the map, given as points of its frame in CSS pixels. */
  avoid(points: readonly L.Point[]): void;
  /** Shows a region whole and draws it stronger; undefined draws none so. Resolves once the outlines are there. */
  showRegion(code: RegionCode | undefined, options: { fit: boolean }): Promise<void>;
  remove(): void;
}

/** A map that needs no network: the outlines of the country, which are part of the app, and whatever ground it is given over them. */
export function createBaseMap(element: HTMLElement, texts: MapTexts, options: BaseMapOptions = {}): BaseMap {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    minZoom: 2,
    maxZoom: MAX_ZOOM,
    zoomSnap: SNAPS.far,
    zoomControl: false,
    attributionControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', texts.label);
  L.control.zoom({ zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut, position: 'topright' }).addTo(map);
  const attribution = new AttributionControl().addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120, position: 'topleft' }).addTo(map);
  map.createPane('outlines').classList.add(styles.outlines!);
  map.createPane('labels').classList.add(styles.labels!);
  const fit = (bounds: Bounds): void => {
    fitSharp(map, toLeaflet(bounds), { animate: !still && map.getZoom() !== undefined, padding: [12, 12] });
  };
  const look = (): void => {
    attribution.show([{ text: texts.attribution }, ...ground.attributions()]);
    const zoom = map.getZoom();
    options.onView?.({
      bounds: viewOf(map),
      zoom,
      cover: ground.cover(),
      drawn: ground.drawn,
      near: zoom >= STREETS_FROM,
    });
  };
  const ground = new GroundLayers(map, {
    language: texts.language,
    onChange: () => map.getZoom() !== undefined && look(),
    onFault: () => options.onFault?.(),
  });
  fit(METROPOLITAN);
  map.on('zoomend', () => {
    map.options.zoomSnap = map.getZoom() >= STREETS_FROM ? SNAPS.near : SNAPS.far;
  });
  map.on('moveend', look);
  look();
  const stopTheme = onTheme(() => ground.repaint());

  let removed = false;
  let outline: () => void = () => undefined;
  const outlined = new Promise<void>((resolve) => (outline = resolve)).then(loadOutlines).then((outlines) => {
    return removed ? undefined : drawOutlines(map, outlines, texts);
  });
  outlined.catch(() => undefined);
  let points: readonly L.Point[] = [];
  const communes = outlined.then((drawn) =>
    drawn && !removed
      ? new CommuneLayer(map, drawn.departments, {
          renderer: drawn.renderer,
          nameAt: (at, name) => nameAt(at, name, styles.communeName),
          onNames: () => placeNames(map, points),
        })
      : undefined,
  );
  communes.catch(() => undefined);
  if (!options.later) outline();

  return {
    map,
    fit,
    setGround: (wanted) => ground.set(wanted),
    outline,
    keep: (regions) => void communes.then((layer) => removed || layer?.keep(regions)).catch(() => undefined),
    avoid(taken) {
      points = taken;
      placeNames(map, points);
    },
    async showRegion(code, options) {
      const drawn = await outlined;
      if (!drawn || removed) return;
      for (const [region, layer] of drawn.regions) {
        layer.getElement()?.classList.toggle(styles.chosen!, region === code);
        if (region === code) {
          layer.bringToFront();
          if (options.fit) map.fitBounds(layer.getBounds(), { animate: !still, padding: [16, 16] });
        }
      }
    },
    remove() {
      removed = true;
      stopTheme();
      ground.remove();
      // A zoom that was under way would end once more, on a map that is there no longer.
      map.off('moveend zoomend');
      (map as unknown as { _animatingZoom: boolean })._animatingZoom = false;
      map.remove();
    },
  };
}

/** Shows an area whole, at a whole zoom where streets are drawn: they are not sharp between two. */
export function fitSharp(map: L.Map, bounds: L.LatLngBounds, options: L.FitBoundsOptions): void {
  map.options.zoomSnap = map.getBoundsZoom(bounds) >= STREETS_FROM ? SNAPS.near : SNAPS.far;
  map.fitBounds(bounds, options);
}

/** Told when light turns to dark or back, by the device or by the app's own setting. */
function onTheme(listener: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const setting = new MutationObserver(listener);
  media.addEventListener('change', listener);
  setting.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    media.removeEventListener('change', listener);
    setting.disconnect();
  };
}

interface Drawn {
  readonly regions: ReadonlyMap<RegionCode, L.Polygon>;
  readonly departments: readonly DepartmentArea[];
  readonly renderer: L.Renderer;
}

/** Draws départements under regions, and their names at the zooms at which they can be read. */
function drawOutlines(map: L.Map, outlines: Outlines, texts: MapTexts): Drawn {
  // Room around the view, so that a short pan draws nothing.
  const renderer = new CalmSvg({ pane: 'outlines', padding: 0.5 });
  const path = (className: string | undefined): L.PolylineOptions => ({
    renderer,
    interactive: false,
    smoothFactor: 1,
    weight: 1,
    className: className ?? '',
  });
  const departmentNames = L.layerGroup();
  const departments: DepartmentArea[] = [];
  for (const outline of outlines.departments) {
    const shape = L.polygon(ringsOf(outline), path(styles.department)).addTo(map);
    const name = texts.departmentName(outline.id);
    const bounds = shape.getBounds();
    departments.push({ code: outline.id, region: outline.properties.region, bounds });
    departmentNames.addLayer(nameAt(bounds.getCenter(), name, styles.departmentName));
  }
  const regionNames = L.layerGroup();
  const regions = new Map<RegionCode, L.Polygon>();
  for (const outline of outlines.regions) {
    const code = outline.id;
    regions.set(code, L.polygon(ringsOf(outline), path(styles.region)).addTo(map));
    const [lon, lat] = outline.properties.label;
    regionNames.addLayer(nameAt(L.latLng(lat, lon), texts.regionName(code), styles.regionName));
  }
  const showNames = (): void => {
    const zoom = map.getZoom();
    toggle(map, regionNames, zoom >= REGION_NAMES.from && zoom < REGION_NAMES.to);
    toggle(map, departmentNames, zoom >= DEPARTMENT_NAMES.from && zoom <= DEPARTMENT_NAMES.to);
  };
  map.on('zoomend', showNames);
  showNames();
  return { regions, departments, renderer };
}

/** A marker's half side and a little air, in CSS pixels. */
const CLEAR = 18;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Moves each name a little up or down to where it covers no marker and no other name; one that finds no room is left out.
 * Everything is measured before anything is moved: the other way round the page is laid out once a name.
 */
function placeNames(map: L.Map, points: readonly L.Point[]): void {
  const pane = map.getPane('labels');
  const names = [...(pane?.querySelectorAll<HTMLElement>('span') ?? [])];
  if (names.length === 0) return;
  const frame = map.getContainer().getBoundingClientRect();
  const measured = names.map((name) => {
    const box = name.getBoundingClientRect();
    return { name, box, moved: Number(name.dataset['moved'] ?? 0) };
  });
  const taken: Box[] = points.map(({ x, y }) => ({
    left: x - CLEAR,
    right: x + CLEAR,
    top: y - CLEAR,
    bottom: y + CLEAR,
  }));
  for (const { name, box, moved } of measured) {
    const at = (by: number): Box => ({
      left: box.left - frame.left,
      right: box.right - frame.left,
      top: box.top - frame.top - moved + by,
      bottom: box.bottom - frame.top - moved + by,
    });
    const { left, right, top, bottom } = at(0);
    if (right < 0 || bottom < 0 || left > frame.width || top > frame.height) continue;
    const step = box.height / 2 + CLEAR;
    const shift = [0, -step / 2, step / 2, -step, step].find((by) => !taken.some((other) => overlap(other, at(by))));
    name.classList.toggle(styles.hidden!, shift === undefined);
    if (shift === undefined) continue;
    taken.push(at(shift));
    if (shift === moved) continue;
    name.dataset['moved'] = String(shift);
    name.style.setProperty('--shift', `${shift}px`);
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function toggle(map: L.Map, layer: L.Layer, on: boolean): void {
  if (on) layer.addTo(map);
  else layer.remove();
}

function nameAt(at: L.LatLng, name: string, className: string | undefined): L.Marker {
  const text = document.createElement('span');
  text.textContent = name;
  // The same names stand in the filters: on the map they are for the eye alone.
  text.setAttribute('aria-hidden', 'true');
  return L.marker(at, {
    pane: 'labels',
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ html: text, className: className ?? '', iconSize: [0, 0] }),
  });
}

function ringsOf(outline: Outline<unknown>): L.LatLngExpression[][][] {
  return piecesOf(outline).map((rings) => rings.map((ring) => ring.map(([lon, lat]): L.LatLngTuple => [lat, lon])));
}

function toLeaflet([south, west, north, east]: Bounds): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east]);
}
