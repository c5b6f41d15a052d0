import * as L from 'leaflet';
import type { Ref } from 'react';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Bounds } from '#domain/bounds.ts';
import type { LatLon } from '#domain/tour-route.ts';
import { classNames } from '#client/components/class-names.ts';
import type { BaseMap, MapTexts } from './base-map.ts';
import { createBaseMap, fitSharp } from './base-map.ts';
import type { EditedStop, EditEvents, EditTexts } from './edit-layer.ts';
import { EditLayer } from './edit-layer.ts';
import type { Ground } from './ground.ts';
import mapStyles from './map.module.css';
import styles from './tour-map.module.css';

export interface TourEditHandle {
  /** Where the cross in the middle of the map stands. */
  readonly centre: () => LatLon | undefined;
  readonly lookAt: (at: LatLon) => void;
}

interface TourEditMapProps extends EditEvents {
  readonly ref: Ref<TourEditHandle>;
  readonly stops: readonly EditedStop[];
  readonly route: readonly LatLon[];
  readonly chosen: string | undefined;
  /** Where to look while there is nothing to see. */
  readonly start: LatLon | undefined;
  /** Where to look when there is no such place either. */
  readonly area?: Bounds | undefined;
  readonly texts: MapTexts & EditTexts;
  readonly ground: Ground | undefined;
  /** What a tap on the map adds; nothing while it is only looked at. */
  readonly adds: boolean;
  readonly onTap: (at: LatLon) => void;
}

/** A tour on its map, to be drawn. */
export function TourEditMap(props: TourEditMapProps) {
  const { ref, stops, route, chosen, ground, adds } = props;
  const element = useRef<HTMLDivElement>(null);
  const made = useRef<{ base: BaseMap; layer: EditLayer } | undefined>(undefined);
  const current = useRef(props);
  current.current = props;

  useEffect(() => {
    const { texts, start, area, stops: first, route: way } = current.current;
    const base = createBaseMap(element.current!, texts);
    const layer = new EditLayer(
      base.map,
      { pointName: (n) => current.current.texts.pointName(n) },
      () => current.current,
    );
    made.current = { base, layer };
    const points = [...first, ...way].filter((p) => Number.isFinite(p.lat) && Number.isFinite(p.lon));
    if (points.length > 0) {
      const bounds = L.latLngBounds(points.map(({ lat, lon }): L.LatLngTuple => [lat, lon]));
      fitSharp(base.map, bounds, { padding: [40, 40], maxZoom: 17, animate: false });
    } else if (start) base.map.setView([start.lat, start.lon], 16, { animate: false });
    else if (area) base.fit(area);
    base.map.on('click', ({ latlng }) => {
      if (current.current.adds) current.current.onTap({ lat: latlng.lat, lon: latlng.lng });
    });
    const watcher = new ResizeObserver(() => base.map.invalidateSize({ animate: false }));
    watcher.observe(element.current!);
    return () => {
      watcher.disconnect();
      made.current = undefined;
      base.remove();
    };
  }, []);

  useEffect(() => made.current?.layer.show(stops, route, chosen), [stops, route, chosen]);
  useEffect(() => ground && made.current?.base.setGround(ground), [ground]);

  useImperativeHandle(ref, () => ({
    centre: () => {
      const at = made.current?.base.map.getCenter();
      return at && { lat: at.lat, lon: at.lng };
    },
    lookAt: ({ lat, lon }) => {
      const map = made.current?.base.map;
      if (map && !map.getBounds().pad(-0.1).contains([lat, lon])) map.panTo([lat, lon]);
    },
  }));

  return (
    <div className={classNames(styles.frame, adds && styles.adding)}>
      <div className={styles.stage}>
        <div ref={element} className={mapStyles.map} />
      </div>
      <span className={styles.cross} aria-hidden="true" />
    </div>
  );
}
