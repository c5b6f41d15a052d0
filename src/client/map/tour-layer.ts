import * as L from 'leaflet';
import type { Tour } from '#domain/programme.ts';
import type { LatLon } from '#domain/tour-route.ts';
import { classNames } from '#client/components/class-names.ts';
import styles from './tour-map.module.css';

/** What a walk that is under way shows on its map. */
export interface WalkOnMap {
  /** The stop that is walked to or stood at. */
  readonly stop: string;
  readonly seen: ReadonlySet<string>;
  /** The part of the line that lies behind. */
  readonly walked: readonly LatLon[];
  readonly here?: LatLon & { readonly accuracy: number };
  /** Degrees from the north: where the phone points, or moves. */
  readonly heading?: number;
}

interface StopTexts {
  readonly title: (number: number) => string;
  readonly name: (number: number) => string;
  readonly onChoose: (stopId: string) => void;
}

/** A tour's line and numbered stops, and whoever walks it. */
export class TourLayer {
  readonly #map: L.Map;
  readonly #tour: Tour;
  readonly #markers = new Map<string, HTMLElement>();
  #walked: L.Polyline | undefined;
  #accuracy: L.Circle | undefined;
  #here: L.Marker | undefined;

  constructor(map: L.Map, tour: Tour, texts: StopTexts) {
    this.#map = map;
    this.#tour = tour;
    const surveyed = tour.route !== undefined && !tour.approximate;
    const line = (className: string | undefined): L.Polyline =>
      L.polyline(this.way(), { interactive: false, className: className ?? '' }).addTo(map);
    // Light under dark, so that it is seen on streets as well as on paper.
    line(styles.casing);
    line(classNames(styles.route, !surveyed && styles.approximate));
    tour.stops.forEach((stop, i) => this.#addStop(stop.id, i, texts));
  }

  way(): L.LatLngTuple[] {
    const { route, stops } = this.#tour;
    return route ? route.map(([lat, lon]) => [lat, lon]) : stops.map(({ position: { lat, lon } }) => [lat, lon]);
  }

  bounds(): L.LatLngBounds {
    const stops = this.#tour.stops.map(({ position: { lat, lon } }): L.LatLngTuple => [lat, lon]);
    return L.latLngBounds([...this.way(), ...stops]);
  }

  #addStop(id: string, i: number, texts: StopTexts): void {
    const { lat, lon } = this.#tour.stops[i]!.position;
    const number = document.createElement('span');
    number.className = styles.number!;
    number.textContent = String(i + 1);
    const title = document.createElement('span');
    title.className = styles.title!;
    title.textContent = texts.title(i + 1);
    const icon = document.createElement('div');
    icon.className = styles.upright!;
    // A space, so that the two are two words for who reads the marker by ear.
    icon.append(number, ' ', title);
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({ html: icon, className: styles.marker!, iconSize: [44, 44] }),
    }).addTo(this.#map);
    const element = marker.getElement()!;
    element.setAttribute('aria-label', texts.name(i + 1));
    const choose = (): void => texts.onChoose(id);
    marker.on('click', choose);
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      choose();
    });
    this.#markers.set(id, element);
  }

  show(walk: WalkOnMap | undefined): void {
    for (const [id, element] of this.#markers) {
      element.classList.toggle(styles.seen!, walk !== undefined && walk.seen.has(id));
      element.classList.toggle(styles.current!, walk?.stop === id);
    }
    this.#showWalked(walk?.walked ?? []);
    this.#showHere(walk?.here, walk?.heading);
  }

  #showWalked(walked: readonly LatLon[]): void {
    const points = walked.map(({ lat, lon }): L.LatLngTuple => [lat, lon]);
    this.#walked ??= L.polyline([], { interactive: false, className: styles.walked! }).addTo(this.#map);
    this.#walked.setLatLngs(points);
  }

  #showHere(here: WalkOnMap['here'], heading: number | undefined): void {
    if (!here) {
      this.#accuracy?.remove();
      this.#here?.remove();
      return;
    }
    this.#accuracy ??= L.circle([here.lat, here.lon], { interactive: false, radius: 1, className: styles.accuracy! });
    this.#accuracy.setLatLng([here.lat, here.lon]).setRadius(here.accuracy).addTo(this.#map);
    if (!this.#here) {
      const dot = document.createElement('div');
      dot.className = styles.here!;
      this.#here = L.marker([here.lat, here.lon], {
        interactive: false,
        keyboard: false,
        // Under the stops: at one, its number counts.
        zIndexOffset: -1000,
        icon: L.divIcon({ html: dot, className: styles.marker!, iconSize: [44, 44] }),
      });
    }
    this.#here.setLatLng([here.lat, here.lon]).addTo(this.#map);
    const dot = this.#here.getElement()?.firstElementChild as HTMLElement | null;
    dot?.classList.toggle(styles.pointing!, heading !== undefined);
    dot?.style.setProperty('--heading', `${heading ?? 0}deg`);
  }
}
