import { Ellipsis, Flag, MapPinCheck, SkipForward } from 'lucide-react';
import { useState } from 'react';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { TourState } from '#domain/tour-state.ts';
import { ActionBar } from '#client/components/action-bar.tsx';
import { Button } from '#client/components/button.tsx';
import { arriveByHand, goOn } from '#client/hooks/walk-session.ts';
import { useT } from '#client/i18n/i18n.ts';
import { useLostFocus } from './use-lost-focus.ts';
import { WalkOptionsSheet } from './walk-options.tsx';

interface WalkActionsProps {
  readonly plan: TourPlan;
  readonly state: TourState;
}

/** Under the thumb: the one step that comes next, whatever the phone knows of its position. */
export function WalkActions({ plan, state }: WalkActionsProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  // The button that began the walk is gone: who goes by keyboard goes on from here.
  const step = useLostFocus<HTMLButtonElement>();
  const last = plan.tour.stops.at(-1)?.id === state.stop;
  return (
    <>
      <ActionBar>
        {state.phase === 'walking' ? (
          <Button ref={step} variant="primary" size="large" icon={MapPinCheck} onClick={() => void arriveByHand()}>
            {t('walk.arrived')}
          </Button>
        ) : (
          <Button
            ref={step}
            variant="primary"
            size="large"
            icon={last ? Flag : SkipForward}
            onClick={() => void goOn('next')}
          >
            {t(last ? 'walk.finish' : 'walk.next')}
          </Button>
        )}
        <Button size="large" icon={Ellipsis} onClick={() => setOpen(true)}>
          {t('walk.options')}
        </Button>
      </ActionBar>
      <WalkOptionsSheet state={state} tour={plan.tour} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
