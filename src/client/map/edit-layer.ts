import * as L from 'leaflet';
import type { LatLon } from '#domain/tour-route.ts';
import { classNames } from '#client/components/class-names.ts';
import styles from './tour-map.module.css';

export interface EditedStop extends LatLon {
  readonly id: string;
  /** What a screen reader says of its marker. */
  readonly name: string;
}

export interface EditTexts {
  readonly pointName: (number: number) => string;
}

export interface EditEvents {
  readonly onStop: (id: string) => void;
  readonly onStopMoved: (id: string, to: LatLon) => void;
  readonly onPointMoved: (index: number, to: LatLon) => void;
  readonly onPointRemoved: (index: number) => void;
}

/** Points of the line that are handles at once; of a longer line those in sight, from near enough. */
const HANDLES = 150;
/** Pixels that an arrow key moves what has the focus. */
const NUDGE = 8;

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -NUDGE],
  ArrowDown: [0, NUDGE],
  ArrowLeft: [-NUDGE, 0],
  ArrowRight: [NUDGE, 0],
};

/** A tour's line and stops as handles: dragged by a finger, moved by the arrow keys, a point removed by Delete. */
export class EditLayer {
  readonly #map: L.Map;
  readonly #events: () => EditEvents;
  readonly #texts: EditTexts;
  readonly #casing: L.Polyline;
  readonly #line: L.Polyline;
  readonly #handles = L.layerGroup();
  readonly #stops = L.layerGroup();
  #route: readonly LatLon[] = [];
  /** Which handle takes the focus once it is drawn anew. */
  #focused: string | undefined;

  constructor(map: L.Map, texts: EditTexts, events: () => EditEvents) {
    this.#map = map;
    this.#texts = texts;
    this.#events = events;
    this.#casing = L.polyline([], { interactive: false, className: styles.casing! }).addTo(map);
    this.#line = L.polyline([], { interactive: false, className: styles.route! }).addTo(map);
    this.#handles.addTo(map);
    this.#stops.addTo(map);
    map.on('moveend', () => this.#drawHandles());
  }

  show(stops: readonly EditedStop[], route: readonly LatLon[], chosen: string | undefined): void {
    this.#route = route;
    const drawn = route.length > 1 ? route : stops;
    const points = drawn.map(({ lat, lon }): L.LatLngTuple => [lat, lon]);
    this.#casing.setLatLngs(points);
    this.#line.setLatLngs(points);
    this.#line.getElement()?.classList.toggle(styles.approximate!, route.length < 2);
    this.#stops.clearLayers();
    for (const [i, stop] of stops.entries()) {
      if (!Number.isFinite(stop.lat) || !Number.isFinite(stop.lon)) continue;
      const number = document.createElement('span');
      number.className = styles.number!;
      number.textContent = String(i + 1);
      const marker = this.#marker(`stop ${stop.id}`, stop, number, stop.name, (to) =>
        this.#events().onStopMoved(stop.id, to),
      );
      marker.on('click', () => this.#events().onStop(stop.id));
      this.#stops.addLayer(marker);
      marker.getElement()?.classList.toggle(styles.current!, stop.id === chosen);
      this.#focus(`stop ${stop.id}`, marker);
    }
    this.#drawHandles();
  }

  #drawHandles(): void {
    this.#handles.clearLayers();
    const view = this.#map.getBounds().pad(0.1);
    const seen = [...this.#route.entries()].filter(([, { lat, lon }]) => view.contains([lat, lon]));
    if (seen.length > HANDLES) return;
    for (const [i, point] of seen) {
      const dot = document.createElement('span');
      dot.className = styles.handle!;
      const marker = this.#marker(`point ${i}`, point, dot, this.#texts.pointName(i + 1), (to) =>
        this.#events().onPointMoved(i, to),
      );
      this.#handles.addLayer(marker);
      marker.getElement()?.addEventListener('keydown', (event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return;
        event.preventDefault();
        event.stopPropagation();
        this.#focused = `point ${Math.max(0, i - 1)}`;
        this.#events().onPointRemoved(i);
      });
      this.#focus(`point ${i}`, marker);
    }
  }

  #marker(key: string, at: LatLon, inside: HTMLElement, name: string, onMoved: (to: LatLon) => void): L.Marker {
    const marker = L.marker([at.lat, at.lon], {
      draggable: true,
      // A stop lies over the line's own points.
      zIndexOffset: key.startsWith('stop') ? 1000 : 0,
      autoPan: true,
      icon: L.divIcon({ html: inside, className: classNames(styles.marker, styles.movable) ?? '', iconSize: [36, 36] }),
    });
    marker.on('dragend', () => {
      const { lat, lng } = marker.getLatLng();
      onMoved({ lat, lon: lng });
    });
    marker.on('add', () => {
      const element = marker.getElement()!;
      element.setAttribute('aria-label', name);
      element.addEventListener('keydown', (event) => {
        const by = ARROWS[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        this.#focused = key;
        const to = this.#map.containerPointToLatLng(this.#map.latLngToContainerPoint(marker.getLatLng()).add([...by]));
        onMoved({ lat: to.lat, lon: to.lng });
      });
    });
    return marker;
  }

  #focus(key: string, marker: L.Marker): void {
    if (this.#focused !== key) return;
    this.#focused = undefined;
    marker.getElement()?.focus({ preventScroll: true });
  }
}
