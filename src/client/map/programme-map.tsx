import type { RefObject } from 'react';
import { useEffect, useImperativeHandle, useRef } from 'react';
import * as L from 'leaflet';
import type { Bounds } from '#domain/bounds.ts';
import { boundsOf, isInside } from '#domain/bounds.ts';
import type { Position, RegionCode } from '#domain/programme.ts';
import { METROPOLITAN } from '#domain/region-bounds.ts';
import type { BaseMap, MapTexts, View } from './base-map.ts';
import { createBaseMap } from './base-map.ts';
import type { Cluster } from './clusters.ts';
import type { Ground } from './ground.ts';
import styles from './map.module.css';
import { MarkerLayer } from './marker-layer.ts';
import type { Place } from './places.ts';

/** What the page can ask of the map. */
export interface MapHandle {
  /** Goes to a region, or to European France. */
  goTo(region: RegionCode | undefined): void;
  /** Goes to an area. */
  goToBounds(bounds: Bounds): void;
  /** Goes to a place, as near as it takes to see where it is. */
  goToPlace(position: Position): void;
  /** Shows where the person is, and how exactly that is known. */
  showPerson(lat: number, lon: number, accuracy: number): void;
  hidePerson(): void;
  focusPlace(placeId: string): void;
}

export interface ProgrammeMapProps {
  readonly places: readonly Place[];
  /** The region that the list is narrowed to. */
  readonly region?: RegionCode | undefined;
  readonly chosen?: string | undefined;
  /** Whether it is the outlines' turn: where streets are looked for, they come first. */
  readonly outlined: boolean;
  /** Regions whose communes are drawn; undefined: all. */
  readonly kept: readonly RegionCode[] | undefined;
  /** Read once: a change of language makes a new map. */
  readonly texts: MapTexts;
  readonly ground: Ground | undefined;
  readonly nameOf: (cluster: Cluster) => string;
  readonly onChoose: (places: readonly Place[]) => void;
  readonly onView: (view: View) => void;
  readonly onFault: () => void;
  readonly handle: RefObject<MapHandle | null>;
}

/** What the page lays over the map when a place is chosen, on the left of a wide one, at the foot of a narrow one. CSS pixels. */
const PANEL = { width: 350, height: 290 };
/** A marker's half, and some air. */
const CLEAR = 36;
const WIDE = 620;
/** Where houses and the names of streets are seen, and the data is drawn as it is, not enlarged. */
const STREET_ZOOM = 16;

export function ProgrammeMap({
  places,
  region,
  chosen,
  outlined,
  kept,
  texts,
  ground,
  nameOf,
  onChoose,
  onView,
  onFault,
  handle,
}: ProgrammeMapProps) {
  const element = useRef<HTMLDivElement>(null);
  const base = useRef<BaseMap | undefined>(undefined);
  const markers = useRef<MarkerLayer | undefined>(undefined);
  const person = useRef<L.LayerGroup | undefined>(undefined);
  const current = useRef({ nameOf, onChoose, onView, onFault, texts });
  current.current = { nameOf, onChoose, onView, onFault, texts };

  useEffect(() => {
    const made = createBaseMap(element.current!, current.current.texts, {
      later: true,
      onView: (view) => current.current.onView(view),
      onFault: () => current.current.onFault(),
    });
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

  useEffect(() => (outlined ? base.current?.outline() : undefined), [outlined]);
  useEffect(() => base.current?.keep(kept), [kept]);
  useEffect(() => ground && base.current?.setGround(ground), [ground]);
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
    const around = boundsOf(places.map((place) => place.position));
    if (around && !places.some((place) => isInside(METROPOLITAN, place.position))) base.current?.fit(around);
  }, [places]);

  useImperativeHandle(
    handle,
    (): MapHandle => ({
      goTo(code) {
        if (code) void base.current?.showRegion(code, { fit: true });
        else base.current?.fit(METROPOLITAN);
      },
      goToBounds: (bounds) => base.current?.fit(bounds),
      goToPlace({ lat, lon }) {
        const map = base.current?.map;
        if (!map) return;
        const streets = ground?.packs.some((pack) => isInside(pack.bounds, { lat, lon }));
        looked.current = true;
        const zoom = Math.max(Math.round(map.getZoom()), streets ? STREET_ZOOM : 12);
        // Beside the panel that opens over the map, or above it where the map is narrow.
        const size = map.getSize();
        const shift = L.point(
          size.x >= WIDE ? [-PANEL.width / 2, 0] : [0, size.y / 2 - Math.max(CLEAR, (size.y - PANEL.height) / 2)],
        );
        const at = map.project([lat, lon], zoom).add(shift);
        map.setView(map.unproject(at, zoom), zoom);
      },
      showPerson(lat, lon, accuracy) {
        const map = base.current?.map;
        if (!map) return;
        person.current?.remove();
        person.current = L.layerGroup([
          L.circle([lat, lon], { radius: accuracy, interactive: false, className: styles.accuracy! }),
          L.circleMarker([lat, lon], { radius: 8, interactive: false, className: styles.here! }),
        ]).addTo(map);
        map.setView([lat, lon], Math.max(map.getZoom(), accuracy < 500 ? 13 : 10));
      },
      hidePerson: () => void person.current?.remove(),
      focusPlace: (placeId) => markers.current?.focusPlace(placeId),
    }),
    [ground],
  );

  return <div ref={element} className={styles.map} />;
}
