import { LocateFixed } from 'lucide-react';
import * as L from 'leaflet';
import { useEffect, useRef, useState } from 'react';
import type { Tour } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import type { BaseMap, MapTexts, View } from './base-map.ts';
import { createBaseMap, fitSharp } from './base-map.ts';
import type { Ground } from './ground.ts';
import mapStyles from './map.module.css';
import type { WalkOnMap } from './tour-layer.ts';
import { TourLayer } from './tour-layer.ts';
import styles from './tour-map.module.css';

export interface TourMapProps {
  readonly tour: Tour;
  readonly texts: MapTexts;
  /** Streets and pictures under the way. */
  readonly ground: Ground | undefined;
  /** What stands under a stop's marker, and what a screen reader says of it. */
  readonly stopTitle: (number: number) => string;
  readonly stopName: (number: number) => string;
  readonly onChoose: (stopId: string) => void;
  /** Somebody walks it. */
  readonly walk?: WalkOnMap | undefined;
  /** The map turns so that where one goes is up. Nothing can be dragged then. */
  readonly headingUp?: boolean;
  /** What the button that brings the map back to the walker says. */
  readonly centre?: string;
  readonly onView?: (view: View) => void;
  readonly onFault?: () => void;
}

/** Near enough to tell one street from the next. */
const WALKING_ZOOM = 17;
/** Around the walker and the stop that is next, on both sides together: its marker with its name, in CSS pixels. */
const ROOM = { x: 128, y: 112 };

/** A walk's stops with their numbers, and its way: a dotted line where nobody has walked it with an instrument. */
export function TourMap(props: TourMapProps) {
  const { tour, ground, walk, headingUp = false, centre } = props;
  const element = useRef<HTMLDivElement>(null);
  const made = useRef<{ base: BaseMap; layer: TourLayer } | undefined>(undefined);
  const current = useRef(props);
  current.current = props;
  /** Whether the map goes with the walker; a person who looks elsewhere is left there. */
  const [together, setTogether] = useState(true);
  /** How near is the person's own choice from the moment that they zoom. */
  const moved = useRef({ byUs: false, zoomed: false });
  const heading = walk?.heading ?? 0;
  const turned = headingUp && walk?.here !== undefined && walk.heading !== undefined;

  useEffect(() => {
    const base = createBaseMap(element.current!, current.current.texts, {
      onView: (view) => current.current.onView?.(view),
      onFault: () => current.current.onFault?.(),
    });
    const layer = new TourLayer(base.map, tour, {
      title: (n) => current.current.stopTitle(n),
      name: (n) => current.current.stopName(n),
      onChoose: (id) => current.current.onChoose(id),
    });
    made.current = { base, layer };
    layer.show(current.current.walk);
    lookAtAll(base, layer);
    base.map.on('dragstart', () => setTogether(false));
    base.map.on('zoomend', () => {
      if (!moved.current.byUs) moved.current.zoomed = true;
    });
    base.map.on('moveend', () => {
      moved.current.byUs = false;
    });
    const watcher = new ResizeObserver(() => base.map.invalidateSize({ animate: false }));
    watcher.observe(element.current!);
    return () => {
      watcher.disconnect();
      made.current = undefined;
      base.remove();
    };
  }, [tour]);

  useEffect(() => ground && made.current?.base.setGround(ground), [ground, tour]);
  useEffect(() => made.current?.layer.show(walk), [walk, tour]);

  const walking = walk !== undefined;
  useEffect(() => {
    setTogether(true);
    // A walk that ends, or has not begun, is looked at whole.
    if (!walking && made.current) lookAtAll(made.current.base, made.current.layer);
  }, [walking]);

  const next = walk?.stop;
  useEffect(() => {
    moved.current.zoomed = false;
  }, [next, together]);

  const { lat, lon } = walk?.here ?? {};
  useEffect(() => {
    const map = made.current?.base.map;
    if (!map || lat === undefined || lon === undefined || !together) return;
    const here = L.latLng(lat, lon);
    const stop = tour.stops.find(({ id }) => id === next)?.position;
    const there = stop ? L.latLng(stop.lat, stop.lon) : here;
    // Without streets under it, a walker alone on the map is a dot on white: what they walk to is seen with them.
    const both = L.latLngBounds([here, there, turned ? across(here, there) : here]);
    const fits = Math.floor(Math.min(WALKING_ZOOM, map.getBoundsZoom(both, false, L.point(ROOM.x, ROOM.y))));
    const { zoomed } = moved.current;
    const zoom = zoomed ? map.getZoom() : fits;
    const view = map.getBounds();
    const inSight = zoomed ? view.pad(-0.25).contains(here) : view.pad(-0.1).contains(both);
    // A dot that moves within the map moves alone: a map that slides at every fix is seasick.
    if (!turned && map.getZoom() === zoom && inSight) return;
    const near = Math.abs(map.getZoom() - zoom) <= 1;
    moved.current.byUs = true;
    map.setView(zoomed || turned ? here : both.getCenter(), zoom, { animate: near && !turned });
  }, [lat, lon, next, together, turned, tour]);

  useEffect(() => {
    const map = made.current?.base.map;
    if (!map) return undefined;
    map.invalidateSize({ animate: false });
    if (!turned) return undefined;
    map.dragging.disable();
    map.keyboard.disable();
    setTogether(true);
    return () => {
      map.dragging.enable();
      map.keyboard.enable();
    };
  }, [turned, tour]);

  return (
    <div className={classNames(styles.frame, turned && styles.turned)} style={{ '--turn': `${-heading}deg` }}>
      <div className={styles.stage}>
        <div ref={element} className={mapStyles.map} />
      </div>
      {centre && walk?.here && !together ? (
        <Button icon={LocateFixed} className={styles.centre ?? ''} onClick={() => setTogether(true)}>
          {centre}
        </Button>
      ) : null}
    </div>
  );
}

/** The point on the other side: where a map turns about the walker, as much is seen behind as before them. */
function across(middle: L.LatLng, { lat, lng }: L.LatLng): L.LatLng {
  return L.latLng(2 * middle.lat - lat, 2 * middle.lng - lng);
}

function lookAtAll(base: BaseMap, layer: TourLayer): void {
  fitSharp(base.map, layer.bounds(), {
    paddingTopLeft: [56, 32],
    paddingBottomRight: [56, 72],
    maxZoom: WALKING_ZOOM,
    animate: false,
  });
}
