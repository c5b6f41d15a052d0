import * as L from 'leaflet';
import { classNames } from '#client/components/class-names.ts';
import type { Cluster } from './clusters.ts';
import { clusterPlaces } from './clusters.ts';
import styles from './map.module.css';
import type { Place } from './places.ts';

export interface MarkerOptions {
  /** What a screen reader says of a marker: what takes place there, and where. */
  readonly nameOf: (cluster: Cluster) => string;
  /** Someone chose a marker that cannot be taken apart by looking nearer. */
  readonly onChoose: (places: readonly Place[]) => void;
  /** Where the markers now stand, in the map's frame. */
  readonly onDrawn: (points: readonly L.Point[]) => void;
}

interface Drawn {
  readonly marker: L.Marker;
  readonly cluster: Cluster;
}

/**
 * The places as markers, near ones together. Only what is in view or just outside of it is in the page, and a marker
 * that stays is left alone, so that it keeps the focus. In the page they stand as they are read: from north to south, from west to east.
 */
export class MarkerLayer {
  readonly #map: L.Map;
  readonly #options: MarkerOptions;
  readonly #drawn = new Map<string, Drawn>();
  #places: readonly Place[] = [];
  #chosen: string | undefined;
  #clustered: { zoom: number; clusters: readonly Cluster[] } | undefined;

  constructor(map: L.Map, options: MarkerOptions) {
    this.#map = map;
    this.#options = options;
    map.on('moveend', this.#draw);
  }

  setPlaces(places: readonly Place[]): void {
    this.#places = places;
    this.#clustered = undefined;
    this.#draw();
  }

  /** Draws what is there anew: what stands beside the markers has changed. */
  redraw(): void {
    this.#draw();
  }

  /** Marks the place that the page speaks of. */
  setChosen(placeId: string | undefined): void {
    this.#chosen = placeId;
    for (const drawn of this.#drawn.values()) this.#style(drawn);
  }

  readonly #draw = (): void => {
    const zoom = this.#map.getZoom();
    if (this.#clustered?.zoom !== zoom) {
      const clusters = clusterPlaces(this.#places, zoom).toSorted((a, b) => b.lat - a.lat || a.lon - b.lon);
      this.#clustered = { zoom, clusters };
    }
    const view = this.#map.getBounds().pad(0.2);
    const wanted = this.#clustered.clusters.filter((cluster) => view.contains([cluster.lat, cluster.lon]));
    const ids = new Set(wanted.map((cluster) => cluster.id));
    const held = this.#held();
    for (const [id, { marker }] of this.#drawn) {
      if (ids.has(id)) continue;
      marker.remove();
      this.#drawn.delete(id);
    }
    for (const cluster of wanted) {
      const present = this.#drawn.get(cluster.id);
      // Other events may have come to the same places.
      if (present && present.cluster.places.every((place, i) => place === cluster.places[i])) continue;
      present?.marker.remove();
      this.#drawn.set(cluster.id, { marker: this.#add(cluster), cluster });
    }
    this.#order(wanted);
    // Its marker was drawn anew, or is part of another: the focus goes with the place, and with the map where that is out of sight.
    if (held !== undefined && this.#held() === undefined) this.#focus(held);
    this.#options.onDrawn(wanted.map((cluster) => this.#map.latLngToContainerPoint([cluster.lat, cluster.lon])));
  };

  #add(cluster: Cluster): L.Marker {
    const count = new Set(cluster.places.flatMap((place) => place.cards)).size;
    const dot = document.createElement('span');
    dot.className = styles.dot!;
    dot.textContent = count > 1 ? String(count) : '';
    const marker = L.marker([cluster.lat, cluster.lon], {
      icon: L.divIcon({ html: dot, className: styles.marker!, iconSize: [44, 44] }),
      riseOnHover: true,
    }).addTo(this.#map);
    const element = marker.getElement()!;
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', this.#options.nameOf(cluster));
    const choose = (): void => this.#choose(cluster);
    marker.on('click', choose);
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      choose();
    });
    this.#style({ marker, cluster });
    return marker;
  }

  #style({ marker, cluster }: Drawn): void {
    const element = marker.getElement();
    if (!element) return;
    const cards = cluster.places.flatMap((place) => place.cards);
    const chosen = cluster.places.some((place) => place.id === this.#chosen);
    const dot = element.firstElementChild!;
    dot.className = classNames(
      styles.dot,
      cards.length > 1 && styles.many,
      cards.every((card) => card.tour) && styles.walk,
      cluster.places.every((place) => place.position.approximate) && styles.approximate,
      chosen && styles.current,
    )!;
    marker.setZIndexOffset(chosen ? 1000 : 0);
  }

  #choose(cluster: Cluster): void {
    const bounds = L.latLngBounds(cluster.places.map((place) => [place.position.lat, place.position.lon]));
    const zoom = Math.min(this.#map.getBoundsZoom(bounds.pad(0.2)), this.#map.getMaxZoom());
    if (cluster.places.length > 1 && zoom > this.#map.getZoom()) {
      this.#map.flyToBounds(bounds.pad(0.2), { duration: 0.2, animate: !reducedMotion() });
      return;
    }
    this.#options.onChoose(cluster.places);
  }

  /** The first place of the marker that has the focus. */
  #held(): string | undefined {
    for (const { marker, cluster } of this.#drawn.values())
      if (marker.getElement() === document.activeElement) return cluster.places[0]?.id;
    return undefined;
  }

  #focus(placeId: string): void {
    const drawn = [...this.#drawn.values()].find(({ cluster }) => cluster.places.some((place) => place.id === placeId));
    (drawn?.marker.getElement() ?? this.#map.getContainer()).focus({ preventScroll: true });
  }

  /** Gives the focus back to the marker of a place, once what it opened is closed. */
  focusPlace(placeId: string): void {
    this.#focus(placeId);
  }

  #order(clusters: readonly Cluster[]): void {
    let before: HTMLElement | undefined;
    for (const cluster of clusters) {
      const element = this.#drawn.get(cluster.id)?.marker.getElement();
      if (!element) continue;
      // Moving the element that has the focus would take it away.
      if (before && before.nextElementSibling !== element && element !== document.activeElement) before.after(element);
      before = element;
    }
  }

  remove(): void {
    this.#map.off('moveend', this.#draw);
    for (const { marker } of this.#drawn.values()) marker.remove();
    this.#drawn.clear();
  }
}

function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
