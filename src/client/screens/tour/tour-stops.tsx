import { Check, CircleDashed, Footprints, MapPinCheck } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { useId } from 'react';
import { directionTo } from '#domain/bearing.ts';
import type { TourStop } from '#domain/programme.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import { wayOf } from '#domain/tour-plan.ts';
import type { TourState } from '#domain/tour-state.ts';
import { Button } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import { Localized } from '#client/components/localized.tsx';
import type { Tone } from '#client/components/status-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { arriveByHand } from '#client/hooks/walk-session.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './tour.module.css';
import { rounded } from './walk-text.ts';

interface TourStopsProps {
  readonly ref: Ref<HTMLOListElement>;
  readonly plan: TourPlan;
  /** Of the walk that is under way, or was. */
  readonly state?: TourState | undefined;
  /** It is under way here: one can say at which stop one is. */
  readonly running: boolean;
  readonly zone: string | undefined;
  /** When the walk begins by the programme, if that is known. */
  readonly plannedStart: number | undefined;
}

/** The stops in order, each with the way to the next in words: the tour without its map. */
export function TourStops({ ref, plan, state, running, zone, plannedStart }: TourStopsProps) {
  const t = useT();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.stops}>
      <h2 id={id}>{t('tour.stops')}</h2>
      <ol ref={ref} className={styles.list} aria-labelledby={id}>
        {plan.tour.stops.map((stop, i) => (
          <Stop
            key={stop.id}
            stop={stop}
            index={i}
            plan={plan}
            state={state}
            running={running}
            zone={zone}
            plannedAt={plannedStart === undefined ? undefined : plannedStart + plan.minutes[i]! * 60_000}
          />
        ))}
      </ol>
    </section>
  );
}

interface StopProps {
  readonly stop: TourStop;
  readonly index: number;
  readonly plan: TourPlan;
  readonly state: TourState | undefined;
  readonly running: boolean;
  readonly zone: string | undefined;
  readonly plannedAt: number | undefined;
}

function Stop({ stop, index, plan, state, running, zone, plannedAt }: StopProps) {
  const t = useT();
  const format = useFormat();
  const next = plan.tour.stops[index + 1];
  const number = index + 1;
  const here = state?.stop === stop.id && state.phase !== 'finished';
  const seen = state?.stops[stop.id];
  return (
    <li
      className={classNames(styles.stop, here && styles.here, seen && styles.done)}
      data-stop={stop.id}
      tabIndex={-1}
      {...(here ? { 'aria-current': 'step' as const } : {})}
    >
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <h3>
        <Localized of={stop.title} />
      </h3>
      <StopState stop={stop} state={state} zone={zone} />
      {stop.address ? <p className={styles.muted}>{stop.address}</p> : null}
      {stop.position.approximate ? <p className={styles.muted}>{t('map.approximate')}</p> : null}
      {stop.text ? (
        <p className={styles.text}>
          <Localized prose of={stop.text} />
        </p>
      ) : null}
      {plannedAt === undefined && !stop.dwell ? null : (
        <p className={styles.muted}>
          {[
            plannedAt === undefined ? undefined : t('walk.planned', { time: format.clock(plannedAt, zone) }),
            stop.dwell ? t('tour.dwell', { minutes: stop.dwell }) : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {running && !here && (!seen || seen.how === 'missed') ? (
        <div>
          <Button variant="quiet" icon={MapPinCheck} onClick={() => void arriveByHand(stop.id)}>
            {t('walk.atStop', { n: number })}
          </Button>
        </div>
      ) : null}
      {next ? <p className={styles.leg}>{legText(plan, index, t, format.distance)}</p> : null}
    </li>
  );
}

function legText(
  plan: TourPlan,
  index: number,
  t: ReturnType<typeof useT>,
  distance: (metres: number) => string,
): string {
  const { route, tour } = plan;
  const metres = route.stops[index + 1]! - route.stops[index]!;
  const direction = directionTo(tour.stops[index]!.position, tour.stops[index + 1]!.position);
  return t(route.kind === 'straight' ? 'tour.leg' : 'tour.leg.way', {
    n: index + 2,
    distance: distance(rounded(route.kind === 'straight' ? metres : wayOf(route, metres))),
    direction: t(`tour.direction.${direction}`),
  });
}

/** What became of a stop on this walk. */
function StopState({ stop, state, zone }: Pick<StopProps, 'stop' | 'state' | 'zone'>) {
  const t = useT();
  const format = useFormat();
  if (!state) return null;
  const record = state.stops[stop.id];
  const pill = (tone: Tone, icon: LucideIcon, text: string) => (
    <div>
      <StatusPill tone={tone} icon={icon} text={text} />
    </div>
  );
  if (state.stop === stop.id && state.phase === 'walking') return pill('coral', Footprints, t('walk.stop.towards'));
  if (state.stop === stop.id && state.phase === 'at_stop') return pill('coral', MapPinCheck, t('walk.here'));
  if (!record) return null;
  return record.how === 'missed'
    ? pill('neutral', CircleDashed, t('walk.stop.missed'))
    : pill('leaf', Check, t('walk.stop.seen', { time: format.clock(record.at, zone) }));
}
