import type { RefObject } from 'react';
import { useEffect, useImperativeHandle, useRef } from 'react';
import * as L from 'leaflet';
import type { RegionCode } from '#domain/programme.ts';
import type { BaseMap, MapTexts } from './base-map.ts';
import { createBaseMap, METROPOLITAN } from './base-map.ts';
import type { Cluster } from './clusters.ts';
import styles from './map.module.css';
import { MarkerLayer } from './marker-layer.ts';
import type { Place } from './places.ts';

/** What the page can ask of the map. */
export interface MapHandle {
  /** Goes to a region, or to European France. */
  goTo(region: RegionCode | undefined): void;
  /** Goes to a place, as near as it takes to see it alone. */
  goToPlace(place: Place): void;
  /** Shows where the person is, and how exactly that is known. */
  showPerson(lat: number, lon: number, accuracy: number): void;
  focusPlace(placeId: string): void;
}

interface ProgrammeMapProps {
  readonly places: readonly Place[];
  /** The region that the list is narrowed to. */
  readonly region?: RegionCode | undefined;
  readonly chosen?: string | undefined;
  /** Read once: a change of language makes a new map. */
  readonly texts: MapTexts;
  readonly nameOf: (cluster: Cluster) => string;
  readonly onChoose: (places: readonly Place[]) => void;
  readonly handle: RefObject<MapHandle | null>;
}

export function ProgrammeMap({ places, region, chosen, texts, nameOf, onChoose, handle }: ProgrammeMapProps) {
  const element = useRef<HTMLDivElement>(null);
  const base = useRef<BaseMap | undefined>(undefined);
  const markers = useRef<MarkerLayer | undefined>(undefined);
  const person = useRef<L.LayerGroup | undefined>(undefined);
  const current = useRef({ nameOf, onChoose, texts });
  current.current = { nameOf, onChoose, texts };

  useEffect(() => {
    const made = createBaseMap(element.current!, current.current.texts);
    base.current = made;
    markers.current = new MarkerLayer(made.map, {
      nameOf: (cluster) => current.current.nameOf(cluster),
      onChoose: (chosenPlaces) => current.current.onChoose(chosenPlaces),
      onDrawn: (points) => made.avoid(points),
    });
    // The names come with the outlines, after the first markers.
    void made.showRegion(undefined, { fit: false }).then(() => markers.current?.redraw());
    const watcher = new ResizeObserver(() => made.map.invalidateSize({ animate: false }));
    watcher.observe(element.current!);
    return () => {
      watcher.disconnect();
      markers.current?.remove();
      made.remove();
      base.current = undefined;
      person.current = undefined;
    };
  }, []);

  useEffect(() => markers.current?.setPlaces(places), [places]);
  useEffect(() => markers.current?.setChosen(chosen), [chosen, places]);

  const looked = useRef(false);
  useEffect(() => {
    void base.current?.showRegion(region, { fit: region !== undefined });
    if (region) looked.current = true;
  }, [region]);

  // The first look: where the events are, when none of them is in European France.
  useEffect(() => {
    if (looked.current || places.length === 0) return;
    looked.current = true;
    const [south, west, north, east] = METROPOLITAN;
    const [lats, lons] = [places.map((p) => p.position.lat), places.map((p) => p.position.lon)];
    if (lats.some((lat, i) => lat > south && lat < north && lons[i]! > west && lons[i]! < east)) return;
    base.current?.fit([Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)]);
  }, [places]);

  useImperativeHandle(
    handle,
    (): MapHandle => ({
      goTo(code) {
        if (code) void base.current?.showRegion(code, { fit: true });
        else base.current?.fit(METROPOLITAN);
      },
      goToPlace(place) {
        const map = base.current?.map;
        map?.setView([place.position.lat, place.position.lon], Math.max(map.getZoom(), 10));
      },
      showPerson(lat, lon, accuracy) {
        const map = base.current?.map;
        if (!map) return;
        person.current?.remove();
        person.current = L.layerGroup([
          L.circle([lat, lon], { radius: accuracy, interactive: false, className: styles.accuracy! }),
          L.circleMarker([lat, lon], { radius: 8, interactive: false, className: styles.here! }),
        ]).addTo(map);
        map.setView([lat, lon], Math.max(map.getZoom(), 9));
      },
      focusPlace: (placeId) => markers.current?.focusPlace(placeId),
    }),
    [],
  );

  return <div ref={element} className={styles.map} />;
}
