import { Clock, LocateFixed, LocateOff, MapPin, Pause, Route } from 'lucide-react';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { TourState } from '#domain/tour-state.ts';
import type { TourView } from '#domain/tour-view.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Localized } from '#client/components/localized.tsx';
import { Notice } from '#client/components/notice.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { askPositionAgain } from '#client/hooks/walk-session.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { directionsTo } from '#client/platform/directions.ts';
import { StopReading } from './stop-reading.tsx';
import { rounded, scheduleText } from './walk-text.ts';
import styles from './walk.module.css';

interface WalkNowProps {
  readonly event: ProgrammeEvent;
  readonly plan: TourPlan;
  readonly state: TourState;
  readonly view: TourView;
}

/** Farther than that the device's own maps know the way better, in metres. */
const FAR = 300;

/** The one thing to know now: where next, how far, how late; or the stop that one is at, to be read or heard. */
export function WalkNow({ event, plan, state, view }: WalkNowProps) {
  const t = useT();
  const format = useFormat();
  const { stop, index, schedule } = view;
  const title = shownIn(stop.title, format.language);
  const text = shownIn(stop.text, format.language);
  const walking = state.phase === 'walking';
  const zone = event.sessions[0]?.slot.zone;
  const total = plan.tour.stops.length;

  return (
    <section className={styles.now} aria-labelledby="walk-now">
      <p className={styles.kicker}>
        {t(walking ? 'walk.towards' : 'walk.here')} · {t('walk.step', { n: index + 1, total })}
      </p>
      <h2 id="walk-now" className={styles.nowTitle}>
        <Localized of={stop.title} />
      </h2>
      {walking ? (
        <p className={styles.far}>
          <strong className={styles.metres}>{format.distance(rounded(view.metres))}</strong>
          <span>
            {t('walk.minutes', { minutes: Math.max(1, Math.round(view.minutes)) })}
            {view.direction ? `, ${t('walk.direction', { direction: t(`tour.direction.${view.direction}`) })}` : ''}
          </span>
        </p>
      ) : null}
      {stop.address ? (
        <p className={styles.address}>
          <Icon of={MapPin} /> {stop.address}
        </p>
      ) : null}
      {walking && view.metres > FAR ? (
        <div>
          <LinkButton
            icon={Route}
            href={directionsTo(stop.position.lat, stop.position.lon, title.text)}
            aria-label={t('map.directions.to', { place: title.text })}
          >
            {t('map.directions')}
          </LinkButton>
        </div>
      ) : null}
      {!walking && text.text ? (
        <>
          <p className={styles.text}>
            <Localized prose of={stop.text} />
          </p>
          <StopReading text={`${title.text}. ${text.text}`} lang={text.lang} />
        </>
      ) : null}
      {!walking && stop.dwell ? <p className={styles.quiet}>{t('tour.dwell', { minutes: stop.dwell })}</p> : null}
      <div className={styles.pills}>
        {state.paused ? <StatusPill tone="sun" icon={Pause} text={t('walk.paused')} /> : null}
        {schedule ? (
          <StatusPill
            tone={schedule.late > 2 ? 'sun' : 'leaf'}
            icon={Clock}
            text={scheduleText(schedule, zone, { t, format })}
          />
        ) : null}
        <PositionPill state={state} />
      </div>
      {state.position === 'denied' || state.position === 'unavailable' ? (
        <Notice
          tone="info"
          actions={
            <Button icon={LocateFixed} onClick={askPositionAgain}>
              {t('walk.position.again')}
            </Button>
          }
        >
          {t(`walk.position.${state.position}`)}
        </Notice>
      ) : null}
      {walking && state.astray?.told !== undefined ? (
        <Notice tone="attention">
          {t(`walk.astray.${state.astray.how}`, {
            distance: format.distance(rounded(state.astray.metres)),
            direction: t(`tour.direction.${state.astray.direction}`),
          })}
        </Notice>
      ) : null}
    </section>
  );
}

/** How well the phone knows where it is. */
function PositionPill({ state }: { readonly state: TourState }) {
  const t = useT();
  const format = useFormat();
  const { position, heard } = state;
  if (position === 'on' && heard) {
    const accuracy = format.distance(Math.max(1, Math.round(heard.accuracy)));
    const vague = heard.accuracy > 60;
    return (
      <StatusPill
        tone={vague ? 'sun' : 'river'}
        icon={LocateFixed}
        text={t(vague ? 'walk.position.vague' : 'walk.position.on', { accuracy })}
      />
    );
  }
  if (position === 'waiting') return <StatusPill tone="neutral" icon={LocateFixed} text={t('walk.position.waiting')} />;
  if (position === 'lost') return <StatusPill tone="sun" icon={LocateOff} text={t('walk.position.lost')} />;
  return <StatusPill tone="neutral" icon={LocateOff} text={t('walk.position.off')} />;
}
