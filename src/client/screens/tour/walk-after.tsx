import { CircleCheck, RotateCcw, Undo2 } from 'lucide-react';
import { shownIn } from '#client/i18n/shown.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { WalkRow } from '#client/store/database.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { RatingForm } from './rating-form.tsx';
import { TrackSection } from './track-section.tsx';
import { useLostFocus } from './use-lost-focus.ts';
import styles from './walk.module.css';

interface WalkAfterProps {
  readonly plan: TourPlan;
  readonly walk: WalkRow;
  /** Ended too early: on with it. */
  readonly onBack: () => void;
  readonly onAgain: () => void;
}

/** After the walk: what was seen, what one thought of it, and the track. */
export function WalkAfter({ plan, walk, onBack, onAgain }: WalkAfterProps) {
  const t = useT();
  const language = useLanguage();
  const heading = useLostFocus<HTMLHeadingElement>();
  const { state } = walk;
  const { stops } = plan.tour;
  const seen = stops.filter((stop) => state.stops[stop.id] && state.stops[stop.id]!.how !== 'missed').length;
  const minutes = Math.max(1, Math.round(((state.endedAt ?? walk.updatedAt) - state.startedAt) / 60_000));
  return (
    <section className={styles.after} aria-labelledby="walk-after">
      <h2 ref={heading} id="walk-after" className={styles.afterTitle} tabIndex={-1}>
        <Icon of={CircleCheck} /> {t('walk.after')}
      </h2>
      <p>
        {t('walk.after.seen', { seen, total: stops.length })} {t('walk.after.minutes', { minutes })}
      </p>
      <RatingForm eventId={walk.eventId} seen={seen} />
      <TrackSection slug={walk.slug} title={shownIn(plan.tour.title, language).text} />
      <div className={styles.sendRow}>
        <Button variant="quiet" icon={Undo2} onClick={onBack}>
          {t('walk.after.back')}
        </Button>
        <Button variant="quiet" icon={RotateCcw} onClick={onAgain}>
          {t('walk.again')}
        </Button>
      </div>
    </section>
  );
}
