import { MapPinOff, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Chip } from '#client/components/chip.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { FilterForm } from '#client/components/filter-form.tsx';
import { filterOptions, valueText } from '#client/components/filter-options.ts';
import { Sheet } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { SearchField } from '#client/components/search-field.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFilter } from '#client/hooks/use-filter.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useSearch } from '#client/hooks/use-search.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Cluster } from '#client/map/clusters.ts';
import { useMapTexts } from '#client/map/map-texts.ts';
import type { Place } from '#client/map/places.ts';
import { placesOf } from '#client/map/places.ts';
import type { MapHandle } from '#client/map/programme-map.tsx';
import { filterKeys, matchesFilter, withoutPart, writeFilter } from '#domain/programme-filter.ts';
import { Jumps } from './jumps.tsx';
import { markerName } from './marker-name.ts';
import { PlaceList } from './place-list.tsx';
import { PlacePanel } from './place-panel.tsx';
import styles from './map-screen.module.css';

const ProgrammeMap = lazy(() =>
  import('#client/map/programme-map.tsx').then(
    ({ ProgrammeMap: loaded }) => ({ default: loaded }),
    () => ({ default: MapUnavailable }),
  ),
);

/** The list says it all without the map. */
function MapUnavailable() {
  const t = useT();
  return <Notice tone="problem">{t('map.failed')}</Notice>;
}

/** `/carte`: where the programme takes place, on a map that needs no network, and as a list. */
export function MapScreen() {
  const t = useT();
  const format = useFormat();
  const { current: edition } = useEditions();
  const { cards, state } = useProgramme(edition?.id);
  const [filter, setFilter] = useFilter();
  const [typed, setTyped] = useState(filter.q ?? '');
  const { ids: found } = useSearch(edition?.id, typed);
  const ids = useDeferredValue(typed.trim() ? found : undefined);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const map = useRef<MapHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const texts = useMapTexts(t('map.label'));

  const matching = useMemo(() => cards.filter((card) => matchesFilter(card, filter, ids)), [cards, filter, ids]);
  const places = useMemo(() => placesOf(matching), [matching]);
  const unplaced = matching.filter((card) => card.venues.length === 0).length;
  const words = { t, format, edition };
  const days = useMemo(
    () => [...new Set(cards.flatMap((card) => card.slots.map((slot) => slot.date)))].toSorted(),
    [cards],
  );
  const parts = filterKeys.filter((key) => filter[key] && key !== 'q' && key !== 'to');

  const nameOf = useCallback((cluster: Cluster) => markerName(cluster, t, format), [t, format]);
  const choose = useCallback((some: readonly Place[]) => setChosen(some.map((place) => place.id)), []);
  const show = (place: Place): void => {
    map.current?.goToPlace(place);
    setChosen([place.id]);
    frame.current?.scrollIntoView({ block: 'nearest' });
  };
  const close = (): void => {
    const [first] = chosen;
    setChosen([]);
    if (first) map.current?.focusPlace(first);
  };
  const clear = (): void => {
    setTyped('');
    setFilter({});
  };
  const onRest = useCallback(
    (text: string) => {
      const { q: _, ...others } = filter;
      setFilter(text ? { ...others, q: text } : others);
    },
    [filter, setFilter],
  );
  const shown = places.filter((place) => chosen.includes(place.id));
  const others = writeFilter(filter);

  return (
    <div className={styles.screen}>
      <PageHeader title={t('map.title')} />
      <div className={styles.tools}>
        <SearchField value={filter.q ?? ''} onType={setTyped} onRest={onRest} />
        <Button icon={SlidersHorizontal} onClick={() => setFiltersOpen(true)}>
          {t('programme.filters')}
        </Button>
      </div>
      {parts.length > 0 ? (
        <ul className={styles.chips} aria-label={t('programme.filters.in_use')}>
          {parts.map((key) => {
            const name = t(`programme.filter.${key}`);
            const value = valueText(key, filter[key]!, words);
            const rest = key === 'from' ? withoutPart(withoutPart(filter, 'from'), 'to') : withoutPart(filter, key);
            return (
              <li key={key}>
                <Chip
                  text={value}
                  onRemove={() => setFilter(rest)}
                  removeLabel={t('programme.remove', { filter: name, value })}
                />
              </li>
            );
          })}
        </ul>
      ) : null}
      <Jumps
        onGo={(region) => {
          setChosen([]);
          map.current?.goTo(region);
        }}
        onLocated={(lat, lon, accuracy) => map.current?.showPerson(lat, lon, accuracy)}
      />
      <div ref={frame} className={styles.map}>
        <Suspense fallback={<p className={styles.wait}>{t('map.loading')}</p>}>
          <ProgrammeMap
            key={format.language}
            handle={map}
            places={places}
            region={filter.region}
            chosen={chosen[0]}
            texts={texts}
            nameOf={nameOf}
            onChoose={choose}
          />
        </Suspense>
        {shown.length > 0 ? <PlacePanel key={shown[0]!.id} places={shown} onClose={close} /> : null}
      </div>
      <p className={styles.legend}>
        {places.some((place) => place.position.approximate) ? t('map.legend.approximate') : null}{' '}
        {matching.some((card) => card.tour) ? t('map.legend.walk') : null}
      </p>
      <section className={styles.list} aria-labelledby="map-list">
        <h2 id="map-list">{t('map.list')}</h2>
        <p className={styles.count} role="status">
          {t('map.count', { events: matching.length - unplaced, places: places.length })}
        </p>
        {places.length > 0 ? <PlaceList places={places} onShow={show} /> : null}
        {places.length === 0 && state !== 'loading-device' && state !== 'first-load' ? (
          <EmptyState
            icon={MapPinOff}
            text={t('map.none')}
            action={others.length > 0 ? <Button onClick={clear}>{t('map.none.action')}</Button> : null}
          />
        ) : null}
        {unplaced > 0 ? (
          <p className={styles.muted}>
            {t('map.unplaced', { n: unplaced })}{' '}
            <LinkButton variant="quiet" to={`/?${new URLSearchParams(others)}`}>
              {t('map.unplaced.link')}
            </LinkButton>
          </p>
        ) : null}
      </section>
      <Sheet
        open={filtersOpen}
        onClose={() => setFiltersOpen(false)}
        title={t('programme.filters')}
        actions={
          <>
            <Button disabled={parts.length === 0} onClick={() => setFilter(filter.q ? { q: filter.q } : {})}>
              {t('programme.filters.clear')}
            </Button>
            <Button variant="primary" onClick={() => setFiltersOpen(false)}>
              {t('programme.filters.show', { count: matching.length })}
            </Button>
          </>
        }
      >
        <FilterForm filter={filter} options={filterOptions(cards, days, filter, words)} onChange={setFilter} />
      </Sheet>
    </div>
  );
}
