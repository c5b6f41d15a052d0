import { Camera as CameraIcon, CameraOff, ImageUp, RotateCw } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useCamera } from '#client/hooks/use-camera.ts';
import { useT } from '#client/i18n/i18n.ts';
import { Scanner } from '#client/platform/scanner.ts';
import styles from './scan.module.css';

interface ScanViewProps {
  /** Told of each code that is new in view, with a mark in place of one that carries no agenda. */
  readonly onCode: (text: string) => void;
}

/** The camera of this phone, looking for the codes of an agenda; or a photograph of one. */
export function ScanView({ onCode }: ScanViewProps) {
  const t = useT();
  const [note, setNote] = useState<'network' | 'none'>();
  const video = useRef<HTMLVideoElement>(null);
  const scanner = useRef<Scanner>(undefined);
  const photo = useRef<HTMLInputElement>(null);
  const found = useEffectEvent((text: string) => {
    setNote(undefined);
    onCode(text);
  });
  useEffect(() => {
    const made = new Scanner((text) => found(text), false, 'agenda');
    scanner.current = made;
    void made.ready.then((ready) => {
      if (ready.kind === 'failed') setNote('network');
    });
    return () => {
      made.close();
      scanner.current = undefined;
    };
  }, []);
  const watch = useCallback((playing: HTMLVideoElement) => {
    scanner.current?.watch(playing);
    return () => scanner.current?.pause();
  }, []);
  const { state, start, retry } = useCamera(video, watch);
  const readPhoto = async (file: File): Promise<void> => {
    const text = await scanner.current?.photo(file);
    if (text === undefined) setNote('none');
    else onCode(text);
  };
  const on = state.kind === 'on';
  return (
    <section className={styles.view} aria-label={t('agenda.scan.camera')}>
      <div className={styles.window} data-state={state.kind}>
        {/* A live picture has nothing to caption. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <video
          ref={video}
          className={styles.video}
          data-mirrored={(on && state.camera.isMirrored) || undefined}
          muted
          playsInline
          aria-hidden="true"
          hidden={!on}
        />
        {on ? null : (
          <div className={styles.message}>
            <Icon of={state.kind === 'failed' ? CameraOff : CameraIcon} size="2rem" />
            <p role={state.kind === 'failed' ? 'alert' : undefined}>
              {t(
                state.kind === 'failed'
                  ? 'agenda.scan.failed'
                  : state.kind === 'starting'
                    ? 'door.camera.starting'
                    : 'agenda.scan.paused',
              )}
            </p>
            {state.kind === 'failed' ? (
              <Button icon={RotateCw} onClick={retry}>
                {t('door.camera.retry')}
              </Button>
            ) : null}
            {state.kind === 'off' ? (
              <Button icon={CameraIcon} onClick={start}>
                {t('door.camera.start')}
              </Button>
            ) : null}
          </div>
        )}
      </div>
      <div>
        <Button icon={ImageUp} onClick={() => photo.current?.click()}>
          {t('agenda.scan.photo')}
        </Button>
        <input
          ref={photo}
          type="file"
          accept="image/*"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void readPhoto(file);
            event.target.value = '';
          }}
        />
      </div>
      <p className={styles.note} role="alert">
        {note ? t(`agenda.scan.${note}`) : null}
      </p>
    </section>
  );
}
