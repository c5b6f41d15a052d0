import { Play, RotateCcw } from 'lucide-react';
import { shownIn } from '#client/i18n/shown.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { TourState } from '#domain/tour-state.ts';
import { indexOf } from '#domain/tour-view.ts';
import { ActionBar } from '#client/components/action-bar.tsx';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';

interface WalkResumeProps {
  readonly plan: TourPlan;
  readonly state: TourState;
  readonly onResume: () => void;
  readonly onAgain: () => void;
}

/** A walk that was begun, and that the phone has left since: killed, reloaded, gone to sleep. */
export function WalkResume({ plan, state, onResume, onAgain }: WalkResumeProps) {
  const t = useT();
  const format = useFormat();
  const index = indexOf(plan, state.stop);
  const title = shownIn(plan.tour.stops[index]?.title, format.language).text;
  return (
    <>
      <Notice
        tone="info"
        title={t('walk.resume.title', { time: format.moment(state.startedAt) })}
        actions={
          <Button variant="quiet" icon={RotateCcw} onClick={onAgain}>
            {t('walk.again')}
          </Button>
        }
      >
        {t(state.phase === 'at_stop' ? 'walk.resume.at' : 'walk.resume.towards', { n: index + 1, title })}
      </Notice>
      <ActionBar>
        <Button variant="primary" size="large" icon={Play} onClick={onResume}>
          {t('walk.resume', { n: index + 1, total: plan.tour.stops.length })}
        </Button>
      </ActionBar>
    </>
  );
}
