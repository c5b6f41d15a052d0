import { Pause, Play, Square, Volume2 } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { SpeechState } from '#client/platform/speech.ts';
import { canSpeak, onVoices, pauseSpeech, resumeSpeech, speak } from '#client/platform/speech.ts';
import styles from './walk.module.css';

interface StopReadingProps {
  readonly text: string;
  /** Of the text, which may not be the page's. */
  readonly lang: string;
}

/** Lets the device read a text aloud; nothing where it has no voice of that language. */
export function StopReading({ text, lang }: StopReadingProps) {
  const t = useT();
  const speaks = useSyncExternalStore(onVoices, () => canSpeak(lang));
  const [state, setState] = useState<SpeechState>('silent');
  // Announcements are spoken too: what is left ends its own reading alone.
  const stop = useRef<() => void>(undefined);
  useEffect(() => {
    setState('silent');
    return () => stop.current?.();
  }, [text, lang]);
  if (!speaks) return null;
  if (state === 'silent')
    return (
      <div className={styles.reading}>
        <Button icon={Volume2} onClick={() => (stop.current = speak(text, lang, setState))}>
          {t('walk.listen')}
        </Button>
      </div>
    );
  const paused = state === 'paused';
  return (
    <div className={styles.reading}>
      <Button
        icon={paused ? Play : Pause}
        onClick={() => {
          if (paused) resumeSpeech();
          else pauseSpeech();
          setState(paused ? 'speaking' : 'paused');
        }}
      >
        {t(paused ? 'walk.listen.resume' : 'walk.listen.pause')}
      </Button>
      <Button
        variant="quiet"
        icon={Square}
        onClick={() => {
          stop.current?.();
          setState('silent');
        }}
      >
        {t('walk.listen.stop')}
      </Button>
    </div>
  );
}
