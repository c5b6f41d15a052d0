import { MapPinOff, Play } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import { useParams } from 'react-router';
import type { ProgrammeEvent, Tour } from '#domain/programme.ts';
import { nextSlot } from '#domain/agenda.ts';
import { slotBounds } from '#domain/dates.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { planOf } from '#domain/tour-plan.ts';
import { viewOf } from '#domain/tour-view.ts';
import { ActionBar } from '#client/components/action-bar.tsx';
import { Button, LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useTour } from '#client/hooks/use-tour.ts';
import { useWalk } from '#client/hooks/use-walk.ts';
import { goOn, resumeWalk, startWalk } from '#client/hooks/walk-session.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import { GroupList } from './group-list.tsx';
import { TourAbout } from './tour-about.tsx';
import { TourExport } from './tour-export.tsx';
import { TourMapPanel } from './tour-map-panel.tsx';
import { TourStops } from './tour-stops.tsx';
import styles from './tour.module.css';
import { useStopCode } from './use-stop-code.ts';
import { WalkActions } from './walk-actions.tsx';
import { WalkAfter } from './walk-after.tsx';
import { WalkAnnouncer } from './walk-announcer.tsx';
import { WalkNow } from './walk-now.tsx';
import { WalkResume } from './walk-resume.tsx';

/** `/balades/:slug`: a walking tour to read, to follow, and to look back on. */
export function TourScreen() {
  const t = useT();
  const { slug } = useParams();
  const { event, state } = useTour(slug);
  if (event?.tour) return <TourPage key={event.id} event={event} tour={event.tour} />;
  const header = <PageHeader title={t('tours.title')} back={{ to: '/balades', label: t('tour.back') }} />;
  if (state === 'loading') return header;
  return (
    <>
      {header}
      <EmptyState
        icon={MapPinOff}
        text={t('tour.absent')}
        action={<LinkButton to="/balades">{t('tour.absent.action')}</LinkButton>}
      />
    </>
  );
}

function TourPage({ event, tour }: { readonly event: ProgrammeEvent; readonly tour: Tour }) {
  const t = useT();
  const language = useLanguage();
  const list = useRef<HTMLOListElement>(null);
  const plan = useMemo(() => planOf(tour), [tour]);
  const { walk, running } = useWalk(tour.slug);
  const code = useStopCode(tour, running);
  // The minute draws the page again; what is said of time is reckoned to the second.
  useClock();
  const now = correctedNow();
  const title = shownIn(tour.title, language);
  const zone = event.sessions[0]?.slot.zone;
  const under = walk && walk.state.phase !== 'finished' ? walk.state : undefined;
  const upcoming = nextSlot(
    event.sessions.map((session) => session.slot),
    now,
  );
  const plannedStart = under ? under.plannedStart : upcoming?.start ? slotBounds(upcoming).from : undefined;

  const goToStop = useCallback((stopId: string) => {
    const stop = list.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(stopId)}"]`);
    stop?.focus({ preventScroll: true });
    stop?.scrollIntoView({ block: 'start' });
  }, []);

  const start = (): Promise<void> => startWalk(plan, event);
  const codeAt = code.stop === undefined ? -1 : tour.stops.findIndex((stop) => stop.id === code.stop);

  return (
    <article className={styles.page} data-following={running || undefined}>
      <PageHeader title={title.text} lang={title.lang} back={{ to: '/balades', label: t('tour.back') }} />
      <WalkAnnouncer tour={tour} />
      <div className={styles.about}>
        {codeAt >= 0 ? (
          <Notice
            tone="success"
            title={t('walk.code', { n: codeAt + 1, title: shownIn(tour.stops[codeAt]?.title, language).text })}
          >
            {t(under ? 'walk.code.resume' : 'walk.code.start')}
          </Notice>
        ) : null}
        {under && running ? <WalkNow event={event} plan={plan} state={under} view={viewOf(plan, under, now)} /> : null}
        {under && !running ? (
          <WalkResume plan={plan} state={under} onResume={() => void resumeWalk(plan)} onAgain={() => void start()} />
        ) : null}
        {walk && !under ? (
          <WalkAfter
            plan={plan}
            walk={walk}
            onBack={() => void resumeWalk(plan).then(() => goOn('back'))}
            onAgain={() => void start()}
          />
        ) : null}
        {running ? null : <TourAbout event={event} plan={plan} />}
      </div>
      <div className={styles.map}>
        <TourMapPanel plan={plan} state={running ? under : undefined} onChoose={goToStop} />
      </div>
      {running ? null : walk === null ? (
        <div className={styles.start}>
          <ActionBar>
            <Button variant="primary" size="large" icon={Play} onClick={() => void start()}>
              {t('walk.start')}
            </Button>
          </ActionBar>
        </div>
      ) : null}
      {running && under ? (
        <div className={styles.start}>
          <WalkActions plan={plan} state={under} />
        </div>
      ) : null}
      {running && under ? <GroupList event={event} plan={plan} state={under} /> : null}
      <TourStops ref={list} plan={plan} state={walk?.state} running={running} zone={zone} plannedStart={plannedStart} />
      {running ? null : <TourExport tour={tour} />}
    </article>
  );
}
