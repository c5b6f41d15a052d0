import { useEffect, useRef } from 'react';
import * as L from 'leaflet';
import type { Tour } from '#domain/programme.ts';
import type { BaseMap, MapTexts } from './base-map.ts';
import { createBaseMap } from './base-map.ts';
import type { Ground } from './ground.ts';
import styles from './map.module.css';

interface TourMapProps {
  readonly tour: Tour;
  readonly texts: MapTexts;
  /** Streets and pictures under the way. */
  readonly ground: Ground | undefined;
  /** What stands under a stop's marker, and what a screen reader says of it. */
  readonly stopTitle: (number: number) => string;
  readonly stopName: (number: number) => string;
  readonly onChoose: (stopId: string) => void;
}

/** A walk's stops with their numbers, and its way: a dotted line where nobody has walked it with an instrument. */
export function TourMap({ tour, texts, ground, stopTitle, stopName, onChoose }: TourMapProps) {
  const element = useRef<HTMLDivElement>(null);
  const made = useRef<BaseMap | undefined>(undefined);
  const current = useRef({ texts, stopTitle, stopName, onChoose });
  current.current = { texts, stopTitle, stopName, onChoose };

  useEffect(() => {
    const base = createBaseMap(element.current!, current.current.texts);
    made.current = base;
    const stops = tour.stops.map((stop): L.LatLngTuple => [stop.position.lat, stop.position.lon]);
    const way = tour.route ? tour.route.map(([lat, lon]): L.LatLngTuple => [lat, lon]) : stops;
    const surveyed = tour.route !== undefined && !tour.approximate;
    L.polyline(way, {
      interactive: false,
      className: surveyed ? styles.route! : `${styles.route} ${styles.routeApproximate}`,
    }).addTo(base.map);
    tour.stops.forEach((stop, i) => {
      const number = document.createElement('span');
      number.className = styles.stop!;
      number.textContent = String(i + 1);
      const name = document.createElement('span');
      name.className = styles.stopName!;
      name.textContent = current.current.stopTitle(i + 1);
      const icon = document.createElement('div');
      // A space, so that the two are two words for who reads the marker by ear.
      icon.append(number, ' ', name);
      const marker = L.marker(stops[i]!, {
        icon: L.divIcon({ html: icon, className: styles.marker!, iconSize: [44, 44] }),
      }).addTo(base.map);
      const button = marker.getElement()!;
      button.setAttribute('aria-label', current.current.stopName(i + 1));
      const choose = (): void => current.current.onChoose(stop.id);
      marker.on('click', choose);
      button.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        choose();
      });
    });
    base.map.fitBounds(L.latLngBounds([...way, ...stops]), {
      paddingTopLeft: [56, 32],
      paddingBottomRight: [56, 72],
      maxZoom: 17,
      animate: false,
    });
    const watcher = new ResizeObserver(() => base.map.invalidateSize({ animate: false }));
    watcher.observe(element.current!);
    return () => {
      watcher.disconnect();
      made.current = undefined;
      base.remove();
    };
  }, [tour]);

  useEffect(() => ground && made.current?.setGround(ground), [ground, tour]);

  return <div ref={element} className={styles.map} />;
}
