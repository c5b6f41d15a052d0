import { ArrowRightLeft, CalendarX, CloudOff, History, MapPinOff, SlidersHorizontal } from 'lucide-react';
import { startTransition, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { MARKED } from '#domain/found.ts';
import { frontDays, frontOf } from '#domain/front-page.ts';
import { daysOf, entriesOf, foldPast } from '#domain/programme-days.ts';
import type { ProgrammeFilter } from '#domain/programme-filter.ts';
import { daysOfWhen, filterKeys, matcherOf } from '#domain/programme-filter.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Notice } from '#client/components/notice.tsx';
import { SearchField } from '#client/components/forms/search-field.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { Progress } from '#client/components/progress.tsx';
import { VisuallyHidden } from '#client/components/visually-hidden.tsx';
import { noteFirstPaint } from '#client/hooks/first-paint.ts';
import { frontPage, keepFront } from '#client/hooks/front-page.ts';
import { setAround, useAround } from '#client/hooks/use-around.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFavourites } from '#client/hooks/use-favourites.ts';
import { useFilter } from '#client/hooks/use-filter.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useSearch } from '#client/hooks/use-search.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { DayList } from './day-list.tsx';
import {
  EmptyResult,
  Featured,
  FilterColumn,
  FilterSheet,
  FiltersInUse,
  NearTool,
  QuickFilters,
  TimetableView,
} from './later.ts';
import { isSpread, NearChip } from './near-chip.tsx';
import styles from './programme-screen.module.css';
import { useToday } from './use-today.ts';
import { ViewSwitch, viewOf } from './view-switch.tsx';
import { usePictures, useWide } from './use-wide.ts';

/** The programme of an edition: search, filters, and its events by day. */
export function ProgrammeScreen() {
  const t = useT();
  const format = useFormat();
  const today = useToday();
  const wide = useWide();
  const pictures = usePictures();
  const { editions, current: edition, unknown } = useEditions();
  // Ten thousand lines are drawn beside what the person does, never in its way.
  const { cards, state, progress } = useDeferredValue(useProgramme(edition?.id));
  const { ids: noted } = useFavourites();
  const [filter, setFilter, narrowing] = useFilter();
  const coming = state === 'loading-device' || state === 'first-load';
  const { query, found, ask } = useSearch(edition?.id, filter.q ?? '');
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [pastShown, setPastShown] = useState(false);
  const [params] = useSearchParams();
  const view = viewOf(params);
  const { kind: near, around, distanceOf, isNear } = useAround();
  usePageTitle(t('programme.title'));

  const ids = found?.ids;
  const entries = useMemo(() => entriesOf(cards, today), [cards, today]);
  const allDays = useMemo(() => daysOf(entries), [entries]);
  // A timetable takes all the room there is.
  const beside = wide && view === 'days';
  const now = useClock();
  const moment = useMemo(() => ({ now, today }), [now, today]);
  const matching = useMemo(
    // Only `when` moves with the clock: without it the list is the same from one minute to the next.
    () => {
      const matches = matcherOf(narrowing, ids, narrowing.when ? moment : undefined);
      return cards.filter((card) => matches(card) && isNear(card));
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
    [cards, narrowing, ids, isNear, narrowing.when && moment],
  );
  const { past, rest } = useMemo(() => {
    if (matching.length === cards.length) return foldPast(allDays, today);
    const kept = new Set(matching);
    const { when } = narrowing;
    const { from, to } = when && when !== 'now' ? daysOfWhen(when, today) : narrowing;
    const within = entries.filter(
      ({ card, day }) => kept.has(card) && (!day || ((!from || day >= from) && (!to || day <= to))),
    );
    return foldPast(daysOf(within), today);
  }, [matching, cards, entries, allDays, narrowing, today]);
  const pastCount = useMemo(
    () => new Set(past.flatMap((day) => day.entries.map((entry) => entry.card.id))).size,
    [past],
  );

  // Counted once the list stands: a launch does not wait for it.
  const [calm, setCalm] = useState(false);
  const filled = state === 'ready' && cards.length > 0;
  useEffect(() => {
    if (!filled) return undefined;
    const timer = setTimeout(() => startTransition(() => setCalm(true)), 400);
    return () => clearTimeout(timer);
  }, [filled]);

  const spread = useMemo(() => calm && isSpread(cards), [calm, cards]);
  // An edition that is over and all in one town has nothing to choose in a tap.
  const quick = spread || edition?.to === undefined || edition.to >= today;

  // As long as the programme is being read, or comes for the first time, its beginning stands for it.
  const bare = filterKeys.every((key) => !filter[key]) && !query;
  const front = state !== 'ready' && bare ? frontPage() : undefined;
  const early = useMemo(
    () => (front && front.edition.id === edition?.id ? frontDays(front, today) : undefined),
    [front, edition?.id, today],
  );
  const present = editions.find((one) => one.current);
  const [featured, setFeatured] = useState<boolean>();
  // A first visit takes it that there is something: what comes above a list that is being read pushes it away.
  const room = featured ?? frontPage()?.featured ?? edition?.current === true;
  const several = editions.length > 1 || (early !== undefined && front?.others === true);
  useEffect(() => {
    if (!edition || state !== 'ready') return undefined;
    return keepFront(() => {
      const front = frontOf({ edition, others: several, featured: room }, allDays, today);
      const { total, past } = front;
      const said = {
        language: format.language,
        total: t('programme.count', { count: total }),
        past: t('programme.past.show', { count: past }),
      };
      return { ...front, said };
    });
  }, [edition, several, room, state, allDays, today, t, format.language]);

  // What the team shows first stands above the whole programme, and above nothing that somebody looks for.
  const whole = bare && !around && view === 'days';

  const onRest = useCallback(
    (text: string) => {
      const { q: _, ...others } = filter;
      setFilter(text ? { ...others, q: text } : others);
    },
    [filter, setFilter],
  );
  const change = (next: ProgrammeFilter): void => {
    ask(next.q ?? '');
    setFilter(next);
  };
  // What the quick filters say themselves is not said again beside them.
  const parts = filterKeys.filter((key) => filter[key] && key !== 'q' && key !== 'when' && key !== 'places');
  const active = new Set(parts.map((key) => (key === 'to' ? 'from' : key))).size;
  const filters = { cards, days: allDays, filter, edition, active, onChange: setFilter };
  // Before the edition's name and days are there, nothing stands under them that they would push down.
  const named = edition !== undefined || !coming;
  const listed = early !== undefined || state === 'ready' || cards.length > 0;
  // The first letters find half of everything: nobody looks for them in the titles, and cards that stay are not drawn anew.
  const marked = found && found.ids.size <= MARKED ? found : undefined;
  const lines = { today, noted, pictures, found: marked, distanceOf };
  const settled = listed || state === 'empty-offline';
  useEffect(() => {
    if (settled) noteFirstPaint();
  }, [settled]);
  const shownPast = early ? (front?.past ?? 0) : pastCount;
  const total = early ? (front?.total ?? 0) : matching.length;
  const said = early && front?.said?.language === format.language ? front.said : undefined;
  // Below a beginning that is shown already, so that nothing of it moves.
  const onItsWay =
    state === 'first-load' ? (
      <div className={styles.first}>
        {listed ? null : <p>{t('programme.first.title')}</p>}
        <Progress label={t('programme.first.progress')} done={progress?.done ?? 0} total={progress?.total} />
      </div>
    ) : state === 'empty-offline' ? (
      <EmptyState icon={CloudOff} text={t('programme.absent')} />
    ) : null;

  return (
    <div className={classNames(styles.screen, view === 'grid' && styles.whole)}>
      <header className={styles.header}>
        <h1 tabIndex={-1}>{edition ? shownIn(edition.title, format.language).text : t('programme.title')}</h1>
        <div className={styles.lead}>
          {edition?.from && edition.to ? <span>{format.days(edition.from, edition.to)}</span> : null}
          {edition && !edition.current && (edition.kind === 'archive' || (edition.to ?? today) < today) ? (
            <span>{t('programme.archive')}</span>
          ) : null}
          {present && edition && present.id !== edition.id ? (
            <Link to={`/?edition=${present.id}`} className={styles.kept ?? ''}>
              {t('programme.present', { edition: shownIn(present.title, format.language).text })}
            </Link>
          ) : null}
          {several && !beside ? (
            <Button
              variant="quiet"
              icon={ArrowRightLeft}
              className={styles.other ?? ''}
              onClick={() => setFiltersOpen(true)}
            >
              {t('programme.editions')}
            </Button>
          ) : null}
        </div>
        {unknown ? <Notice>{t('programme.edition.unknown')}</Notice> : null}
      </header>

      {named ? (
        <div className={styles.tools}>
          <SearchField value={filter.q ?? ''} onType={ask} onRest={onRest} />
          {beside ? null : (
            <Button icon={SlidersHorizontal} onClick={() => setFiltersOpen(true)}>
              {t('programme.filters')}
              {active > 0 ? (
                <span className={styles.badge}>
                  <span aria-hidden="true">{active}</span>
                  <VisuallyHidden> ({t('programme.filters.active', { count: active })})</VisuallyHidden>
                </span>
              ) : null}
            </Button>
          )}
        </div>
      ) : null}

      {beside && named ? (
        <aside className={styles.side}>
          <Suspense>
            <FilterColumn {...filters} />
          </Suspense>
        </aside>
      ) : null}

      <div className={classNames(styles.results, coming && styles.coming)}>
        {parts.length > 0 && !beside ? (
          <Suspense>
            <FiltersInUse parts={parts} filter={filter} edition={edition} onChange={setFilter} />
          </Suspense>
        ) : null}

        {listed ? (
          <div className={calm && !quick ? undefined : styles.quick}>
            {calm && quick ? (
              <Suspense>
                <QuickFilters
                  cards={cards}
                  filter={narrowing}
                  ids={ids}
                  moment={moment}
                  onChange={(next) => setFilter(filter.q ? { ...next, q: filter.q } : next)}
                  first={spread ? <NearChip cards={cards} kind={near} /> : null}
                />
              </Suspense>
            ) : null}
          </div>
        ) : null}
        {listed && whole && edition ? (
          <div className={room ? styles.featured : undefined}>
            <Suspense>
              <Featured editionId={edition.id} cards={cards} onKnown={setFeatured} />
            </Suspense>
          </div>
        ) : null}
        {near === 'found' || near === 'denied' || near === 'unavailable' ? (
          <Suspense>
            <NearTool cards={cards} kind={near} around={around} />
          </Suspense>
        ) : null}
        {listed ? (
          <div className={styles.count}>
            <p aria-live="polite">{said?.total ?? t('programme.count', { count: total })}</p>
            <ViewSwitch view={view} wide={wide} />
            <Kept editionId={edition?.id} />
          </div>
        ) : null}
        {found?.corrected !== undefined ? (
          <p className={styles.corrected} role="status">
            {t('programme.search.corrected', { typed: query, meant: found.corrected })}
          </p>
        ) : null}
        {early ? null : onItsWay}

        {view === 'grid' && matching.length > 0 ? (
          <Suspense>
            <TimetableView cards={matching} today={today} noted={noted} found={marked} />
          </Suspense>
        ) : null}
        {view === 'days' && shownPast > 0 ? (
          <Button
            variant="quiet"
            icon={History}
            className={styles.past ?? ''}
            aria-expanded={pastShown}
            onClick={() => setPastShown(!pastShown)}
          >
            {pastShown ? t('programme.past.hide') : (said?.past ?? t('programme.past.show', { count: shownPast }))}
          </Button>
        ) : null}
        {view === 'days' ? (
          <>
            {pastShown ? <DayList days={past} {...lines} /> : null}
            <DayList days={early ?? rest} {...lines} />
            {early ? onItsWay : null}
          </>
        ) : null}

        {state === 'ready' && cards.length === 0 ? (
          <EmptyState
            icon={CalendarX}
            text={t(edition?.kind === 'archive' ? 'programme.empty.archive' : 'programme.empty.edition')}
          />
        ) : null}
        {cards.length > 0 && matching.length === 0 && around ? (
          <EmptyState
            icon={MapPinOff}
            text={t('near.none', { distance: format.distance(around.radius * 1000) })}
            action={
              <Button variant="primary" onClick={() => setAround(undefined)}>
                {t('near.farther')}
              </Button>
            }
          />
        ) : null}
        {cards.length > 0 && matching.length === 0 && !around ? (
          <Suspense>
            <EmptyResult cards={cards} filter={filter} found={ids} onChange={change} />
          </Suspense>
        ) : null}
        {edition && state === 'ready' ? (
          <Link to={`/editions/${edition.id}`} className={styles.kept ?? ''}>
            {t('programme.edition.page')}
          </Link>
        ) : null}
      </div>

      {filtersOpen && !beside ? (
        <Suspense>
          <FilterSheet {...filters} count={matching.length} onClose={() => setFiltersOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** What of the edition is on the device, and the way to choose: never a gate. */
function Kept({ editionId }: { readonly editionId: string | undefined }) {
  const t = useT();
  const [regions] = useSetting('regions');
  const kept = editionId === undefined ? undefined : regions?.[editionId];
  return (
    <Link to="/reglages#regions" className={styles.kept ?? ''}>
      {kept ? t('programme.kept.some', { count: kept.length }) : t('programme.kept.all')}
    </Link>
  );
}
