import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import { placeAt } from '#domain/tour-route.ts';
import type { TourState } from '#domain/tour-state.ts';
import { Notice } from '#client/components/notice.tsx';
import { useGround } from '#client/hooks/use-ground.ts';
import { useLive } from '#client/hooks/use-live.ts';
import { course, walkOptions } from '#client/hooks/walk-session.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { TourMap } from '#client/map/map-parts.tsx';
import { useMapTexts } from '#client/map/map-texts.ts';
import type { View } from '#client/map/base-map.ts';
import type { WalkOnMap } from '#client/map/tour-layer.ts';
import { watchHeading } from '#client/platform/compass.ts';
import styles from './tour.module.css';

interface TourMapPanelProps {
  readonly plan: TourPlan;
  /** Of the walk that is under way. */
  readonly state?: TourState | undefined;
  readonly onChoose: (stopId: string) => void;
}

/** A tour on its map, and where one is on it. */
export function TourMapPanel({ plan, state, onChoose }: TourMapPanelProps) {
  const t = useT();
  const language = useLanguage();
  const texts = useMapTexts(t('tour.map'));
  const ground = useGround();
  const { headingUp } = useLive(walkOptions);
  const way = useLive(course);
  const pointing = useHeading(state !== undefined && headingUp);
  const heading = pointing ?? way;
  const walk = useMemo(() => state && onMap(plan, state, heading), [plan, state, heading]);
  // What is said of the map is said once, not with each fix.
  const [bare, setBare] = useState(false);
  const [faulty, setFaulty] = useState(false);
  const onView = useCallback((view: View) => setBare(view.near && view.cover === 'outline'), []);
  const onFault = useCallback(() => setFaulty(true), []);
  return (
    <>
      <div className={styles.mapFrame}>
        <Suspense fallback={<p className={styles.wait}>{t('map.loading')}</p>}>
          <TourMap
            key={language}
            tour={plan.tour}
            texts={texts}
            ground={ground}
            stopTitle={(n) => shownIn(plan.tour.stops[n - 1]?.title, language).text}
            stopName={(n) => t('tour.stop.name', { n, title: shownIn(plan.tour.stops[n - 1]?.title, language).text })}
            onChoose={onChoose}
            walk={walk}
            headingUp={headingUp}
            centre={t('walk.map.centre')}
            onView={onView}
            onFault={onFault}
          />
        </Suspense>
      </div>
      {faulty ? <Notice tone="attention">{t('map.streets.faulty')}</Notice> : null}
      <p role="status" className={styles.mapNote}>
        {bare && ground ? t('tour.map.bare') : null}
      </p>
    </>
  );
}

function onMap(plan: TourPlan, state: TourState, heading: number | undefined): WalkOnMap {
  const { route } = plan;
  const { believed } = state.fixes;
  const seen = Object.entries(state.stops).filter(([, record]) => record.how !== 'missed');
  const behind = route.points.filter((_, i) => route.at[i]! < state.progress);
  return {
    stop: state.stop,
    seen: new Set(seen.map(([id]) => id)),
    walked: state.progress > 0 ? [...behind, placeAt(route, state.progress)] : [],
    ...(believed && (state.position === 'on' || state.position === 'lost')
      ? { here: { lat: believed.lat, lon: believed.lon, accuracy: state.heard?.accuracy ?? 0 } }
      : {}),
    ...(heading === undefined ? {} : { heading }),
  };
}

/** Where the phone points, while somebody wants to know. */
function useHeading(wanted: boolean): number | undefined {
  const [heading, setHeading] = useState<number>();
  useEffect(() => {
    if (!wanted) return undefined;
    const stop = watchHeading(setHeading);
    return () => {
      stop();
      setHeading(undefined);
    };
  }, [wanted]);
  return heading;
}
