import { MapPinOff } from 'lucide-react';
import { startTransition, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { noteFirstPaint } from '#client/hooks/first-paint.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFilter } from '#client/hooks/use-filter.ts';
import { useGround } from '#client/hooks/use-ground.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useSearch } from '#client/hooks/use-search.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { View } from '#client/map/base-map.ts';
import type { Cluster } from '#client/map/clusters.ts';
import { ProgrammeMap } from '#client/map/map-parts.tsx';
import { useMapTexts } from '#client/map/map-texts.ts';
import type { Place } from '#client/map/places.ts';
import { placesOf } from '#client/map/places.ts';
import type { MapHandle } from '#client/map/programme-map.tsx';
import { Cell } from '#client/store/live.ts';
import { localOf } from '#domain/dates.ts';
import { positionOf } from '#domain/place-id.ts';
import { matcherOf, writeFilter } from '#domain/programme-filter.ts';
import { Jumps } from './jumps.tsx';
import { MapTools } from './map-tools.tsx';
import { markerName } from './marker-name.ts';
import { PlaceList } from './place-list.tsx';
import { PlacePanel } from './place-panel.tsx';
import { Streets } from './streets.tsx';
import { Unplaced } from './unplaced.tsx';
import styles from './map-screen.module.css';
import { useChosen } from './use-chosen.ts';
import { useNear } from './use-near.ts';
import { useTurn } from './use-turn.ts';

/** After the map stands. */
const CALM_MS = 1500;

/** `/carte`: where the programme takes place, on a map that needs no network, and as a list. */
export function MapScreen() {
  const t = useT();
  const format = useFormat();
  const { current: edition } = useEditions();
  const ground = useGround();
  const [regions] = useSetting('regions');
  // Apart from this component: a map that is moved draws its own notices anew, and nothing else.
  const view = useMemo(() => new Cell<View | undefined>(undefined), []);
  const [chosen, setChosen] = useChosen();
  const programmeToo = useTurn(chosen[0], ground, view);
  const { cards, state } = useProgramme(programmeToo ? edition?.id : undefined);
  const [filter, setFilter, narrowing] = useFilter();
  const [typing, setTyping] = useState(filter.q !== undefined);
  // The index is built beside what the person does: once the map is drawn, or when they begin to type.
  const [calm, setCalm] = useState(false);
  const { found, ask } = useSearch(calm || typing ? edition?.id : undefined, filter.q ?? '');
  const ids = found?.ids;
  const onType = useCallback(
    (text: string) => {
      setTyping(true);
      ask(text);
    },
    [ask],
  );
  const near = useNear();
  const map = useRef<MapHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const texts = useMapTexts(t('map.label'));
  const [faulty, setFaulty] = useState(false);
  const noteFault = useCallback(() => setFaulty(true), []);
  const now = useClock();
  const moment = useMemo(() => ({ now, today: localOf(now).date }), [now]);

  const matching = useMemo(
    // Only `when` moves with the clock.
    () => cards.filter(matcherOf(narrowing, ids, narrowing.when ? moment : undefined)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
    [cards, narrowing, ids, narrowing.when && moment],
  );
  const places = useMemo(() => placesOf(matching), [matching]);
  const unplaced = useMemo(() => matching.filter((card) => card.venues.length === 0), [matching]);
  const shown = places.filter((place) => chosen.includes(place.id));

  const nameOf = useCallback((cluster: Cluster) => markerName(cluster, t, format), [t, format]);
  const choose = useCallback((some: readonly Place[]) => setChosen(some.map((place) => place.id)), [setChosen]);
  const show = useCallback(
    (place: Place): void => {
      map.current?.goToPlace(place.position);
      setChosen([place.id]);
      frame.current?.scrollIntoView({ block: 'nearest' });
    },
    [setChosen],
  );
  const close = (): void => {
    const [first] = chosen;
    setChosen([]);
    if (first) map.current?.focusPlace(first);
  };
  const clear = (): void => {
    ask('');
    setFilter({});
  };
  const onRest = useCallback(
    (text: string) => {
      const { q: _, ...others } = filter;
      setFilter(text ? { ...others, q: text } : others);
    },
    [filter, setFilter],
  );
  const locate = async (): Promise<void> => {
    const at = await near.toggle();
    if (at) map.current?.showPerson(at.lat, at.lon, at.accuracy);
    else map.current?.hidePerson();
  };

  // An address that names a place is about that place: the map goes there at once, before the programme is read. How near
  // depends on whether its streets are kept.
  const arrived = useRef(false);
  const named = chosen[0] === undefined ? undefined : positionOf(chosen[0]);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (arrived.current || !ready || !ground) return;
    arrived.current = true;
    if (named) map.current?.goToPlace(named);
  }, [ready, ground, named]);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => startTransition(() => setCalm(true)), CALM_MS);
    return () => clearTimeout(timer);
  }, [ready]);
  const onView = useCallback(
    (next: View) => {
      view.set(next);
      setReady(true);
    },
    [view],
  );
  const legend = useMemo(
    () => [
      ...(places.some((place) => place.position.approximate) ? [t('map.legend.approximate')] : []),
      ...(matching.some((card) => card.tour) ? [t('map.legend.walk')] : []),
    ],
    [places, matching, t],
  );

  const others = writeFilter(filter);
  const settled = state !== 'loading-device' && state !== 'first-load';
  // An address that names a place is about its streets, any other about what takes place.
  const stands = ready && (chosen[0] === undefined ? settled : programmeToo);
  useEffect(() => (stands ? noteFirstPaint() : undefined), [stands]);
  const nowhere = settled && places.length === 0 && unplaced.length > 0 && others.length === 0;

  return (
    <div className={styles.screen}>
      <PageHeader title={t('map.title')} />
      <MapTools
        edition={edition}
        cards={cards}
        filter={filter}
        ids={ids}
        moment={moment}
        calm={calm}
        count={matching.length}
        onType={onType}
        onRest={onRest}
        onChange={setFilter}
      />
      <Jumps
        places={places}
        near={near}
        onGo={(region) => {
          setChosen([]);
          map.current?.goTo(region);
        }}
        onGoTo={(bounds) => {
          setChosen([]);
          map.current?.goToBounds(bounds);
        }}
        onNear={() => void locate()}
      />
      {nowhere ? (
        <div className={styles.nowhere}>
          <Notice title={t('map.nowhere')}>{t('map.nowhere.text')}</Notice>
        </div>
      ) : null}
      <div ref={frame} className={styles.map}>
        <Suspense fallback={<p className={styles.wait}>{t('map.loading')}</p>}>
          <ProgrammeMap
            key={format.language}
            handle={map}
            places={places}
            region={filter.region}
            chosen={chosen[0]}
            outlined={programmeToo}
            kept={edition && regions?.[edition.id]}
            texts={texts}
            ground={ground}
            onView={onView}
            onFault={noteFault}
            nameOf={nameOf}
            onChoose={choose}
          />
        </Suspense>
        {shown.length > 0 ? <PlacePanel key={shown[0]!.id} places={shown} onClose={close} /> : null}
      </div>
      <div className={styles.under}>
        <p className={styles.legend}>{legend.join(' ')}</p>
        <Streets view={view} faulty={faulty} />
      </div>
      <section className={styles.list} aria-labelledby="map-list" data-scrolls>
        <h2 id="map-list">{t('map.list')}</h2>
        <p className={styles.count} role="status">
          {t('map.count', { events: matching.length - unplaced.length, places: places.length })}
        </p>
        {places.length > 0 ? <PlaceList places={places} from={near.at} chosen={shown[0]?.id} onShow={show} /> : null}
        {places.length === 0 && settled && !nowhere ? (
          <EmptyState
            icon={MapPinOff}
            text={t('map.none')}
            action={others.length > 0 ? <Button onClick={clear}>{t('map.none.action')}</Button> : null}
          />
        ) : null}
        {unplaced.length > 0 ? <Unplaced cards={unplaced} listAddress={`/?${new URLSearchParams(others)}`} /> : null}
      </section>
    </div>
  );
}
