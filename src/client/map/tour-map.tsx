import { useEffect, useRef } from 'react';
import * as L from 'leaflet';
import type { Tour } from '#domain/programme.ts';
import type { MapTexts } from './base-map.ts';
import { createBaseMap } from './base-map.ts';
import styles from './map.module.css';

interface TourMapProps {
  readonly tour: Tour;
  readonly texts: MapTexts;
  /** What a screen reader says of a stop's marker. */
  readonly stopName: (number: number) => string;
  readonly onChoose: (stopId: string) => void;
}

/** A walk's stops with their numbers, and its way: a dotted line where nobody has walked it with an instrument. */
export function TourMap({ tour, texts, stopName, onChoose }: TourMapProps) {
  const element = useRef<HTMLDivElement>(null);
  const current = useRef({ texts, stopName, onChoose });
  current.current = { texts, stopName, onChoose };

  useEffect(() => {
    const base = createBaseMap(element.current!, current.current.texts);
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
      const marker = L.marker(stops[i]!, {
        icon: L.divIcon({ html: number, className: styles.marker!, iconSize: [44, 44] }),
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
    base.map.setMaxZoom(18);
    base.map.fitBounds(L.latLngBounds([...way, ...stops]), { padding: [40, 40], maxZoom: 17, animate: false });
    const watcher = new ResizeObserver(() => base.map.invalidateSize({ animate: false }));
    watcher.observe(element.current!);
    return () => {
      watcher.disconnect();
      base.remove();
    };
  }, [tour]);

  return <div ref={element} className={styles.map} />;
}
