import { LocateFixed, LocateOff, Pause, Play, QrCode, SkipForward, Square, Undo2 } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { Tour } from '#domain/programme.ts';
import type { TourState } from '#domain/tour-state.ts';
import { Button } from '#client/components/button.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { CheckField } from '#client/components/forms/field.tsx';
import { Dialog, Sheet } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import {
  askPositionAgain,
  doWithoutPosition,
  goOn,
  pauseWalk,
  setWalkOptions,
  walkOptions,
} from '#client/hooks/walk-session.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { askCompass, hasCompass } from '#client/platform/compass.ts';
import { canSpeak, onVoices } from '#client/platform/speech.ts';
import { StopScan } from './stop-scan.tsx';
import styles from './walk.module.css';

interface WalkOptionsSheetProps {
  readonly state: TourState;
  readonly tour: Tour;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** What is not needed at every step: going back, leaving a stop out, a pause, the end, and how this phone follows. */
export function WalkOptionsSheet({ state, tour, open, onClose }: WalkOptionsSheetProps) {
  const t = useT();
  const [ending, setEnding] = useState(false);
  const [scanning, setScanning] = useState(false);
  const positioned = state.position !== 'off' && state.position !== 'denied' && state.position !== 'unavailable';
  const act = (work: () => unknown) => () => {
    onClose();
    void work();
  };
  return (
    <>
      <Sheet open={open} onClose={onClose} title={t('walk.options')}>
        <div className={styles.options}>
          <Button icon={QrCode} wide onClick={act(() => setScanning(true))}>
            {t('walk.scan')}
          </Button>
          {state.phase === 'walking' && state.stop === tour.stops[0]?.id ? null : (
            <Button icon={Undo2} wide onClick={act(() => goOn('back'))}>
              {t(state.phase === 'walking' ? 'walk.previous' : 'walk.notHere')}
            </Button>
          )}
          {state.phase === 'walking' ? (
            <Button icon={SkipForward} wide onClick={act(() => goOn('next'))}>
              {t('walk.skip')}
            </Button>
          ) : null}
          <Button icon={state.paused ? Play : Pause} wide onClick={act(() => pauseWalk(!state.paused))}>
            {t(state.paused ? 'walk.unpause' : 'walk.pause')}
          </Button>
          {positioned ? (
            <Button icon={LocateOff} wide onClick={act(doWithoutPosition)}>
              {t('walk.position.without')}
            </Button>
          ) : (
            <Button icon={LocateFixed} wide onClick={act(askPositionAgain)}>
              {t('walk.position.ask')}
            </Button>
          )}
          <Button icon={Square} variant="danger" wide onClick={act(() => setEnding(true))}>
            {t('walk.end')}
          </Button>
          <Preferences />
        </div>
      </Sheet>
      <StopScan tour={tour} open={scanning} onClose={() => setScanning(false)} />
      <Dialog
        open={ending}
        onClose={() => setEnding(false)}
        title={t('walk.end.title')}
        actions={
          <>
            <Button onClick={() => setEnding(false)}>{t('walk.end.keep')}</Button>
            <Button
              variant="danger"
              onClick={() => {
                setEnding(false);
                void goOn('ended');
              }}
            >
              {t('walk.end')}
            </Button>
          </>
        }
      >
        <p>{t('walk.end.text')}</p>
      </Dialog>
    </>
  );
}

function Preferences() {
  const t = useT();
  const language = useLanguage();
  const { saving, aloud, headingUp } = useLive(walkOptions);
  const speaks = useSyncExternalStore(onVoices, () => canSpeak(language));
  const [refused, setRefused] = useState(false);
  const orient = async (to: 'north' | 'heading'): Promise<void> => {
    // The browser asks for the compass in this gesture alone.
    const allowed = to === 'north' || (await askCompass());
    setRefused(!allowed);
    setWalkOptions({ headingUp: to === 'heading' && allowed });
  };
  return (
    <>
      <CheckField
        label={t('walk.saving')}
        hint={t('walk.saving.hint')}
        checked={saving}
        onChange={(event) => setWalkOptions({ saving: event.target.checked })}
      />
      {speaks ? (
        <CheckField
          label={t('walk.aloud')}
          hint={t('walk.aloud.hint')}
          checked={aloud}
          onChange={(event) => setWalkOptions({ aloud: event.target.checked })}
        />
      ) : null}
      {hasCompass() ? (
        <Choice
          label={t('walk.map')}
          value={headingUp ? 'heading' : 'north'}
          options={[
            { value: 'north', label: t('walk.map.north') },
            { value: 'heading', label: t('walk.map.heading') },
          ]}
          onChange={(to) => void orient(to)}
        />
      ) : null}
      {refused ? <Notice tone="attention">{t('walk.map.refused')}</Notice> : null}
    </>
  );
}
