import { LocateFixed } from 'lucide-react';
import * as L from 'leaflet';
import { useEffect, useRef, useState } from 'react';
import type { Tour } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import type { BaseMap, MapTexts } from './base-map.ts';
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
}

/** Near enough to tell one street from the next. */
const WALKING_ZOOM = 17;

/** A walk's stops with their numbers, and its way: a dotted line where nobody has walked it with an instrument. */
export function TourMap(props: TourMapProps) {
  const { tour, ground, walk, headingUp = false, centre } = props;
  const element = useRef<HTMLDivElement>(null);
  const made = useRef<{ base: BaseMap; layer: TourLayer } | undefined>(undefined);
  const current = useRef(props);
  current.current = props;
  /** Whether the map goes with the walker; a person who looks elsewhere is left there. */
  const [together, setTogether] = useState(true);
  const heading = walk?.heading ?? 0;
  const turned = headingUp && walk?.here !== undefined && walk.heading !== undefined;

  useEffect(() => {
    const base = createBaseMap(element.current!, current.current.texts);
    const layer = new TourLayer(base.map, tour, {
      title: (n) => current.current.stopTitle(n),
      name: (n) => current.current.stopName(n),
      onChoose: (id) => current.current.onChoose(id),
    });
    made.current = { base, layer };
    layer.show(current.current.walk);
    lookAtAll(base, layer);
    base.map.on('dragstart', () => setTogether(false));
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

  const { lat, lon } = walk?.here ?? {};
  useEffect(() => {
    const map = made.current?.base.map;
    if (!map || lat === undefined || lon === undefined || !together) return;
    const here = L.latLng(lat, lon);
    const near = map.getZoom() >= WALKING_ZOOM - 1;
    // A dot that moves within the middle of the map moves alone: a map that slides at every fix is seasick.
    if (!turned && near && map.getBounds().pad(-0.25).contains(here)) return;
    map.setView(here, near ? map.getZoom() : WALKING_ZOOM, { animate: near && !turned });
  }, [lat, lon, together, turned, tour]);

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

function lookAtAll(base: BaseMap, layer: TourLayer): void {
  fitSharp(base.map, layer.bounds(), {
    paddingTopLeft: [56, 32],
    paddingBottomRight: [56, 72],
    maxZoom: WALKING_ZOOM,
    animate: false,
  });
}
