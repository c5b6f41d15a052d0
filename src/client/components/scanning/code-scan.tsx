import { Camera as CameraIcon, CameraOff, ImageUp, RotateCw } from 'lucide-react';
import type { RefObject } from 'react';
import { useRef } from 'react';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './code-scan.module.css';

interface CodeScanProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: 'off' | 'starting' | 'on' | 'failed';
  readonly mirrored: boolean;
  readonly note: 'network' | 'none' | undefined;
  /** What is said of a photograph that has no such code. */
  readonly none: string;
  readonly start: () => void;
  readonly retry: () => void;
  readonly readPhoto: (file: File) => Promise<void>;
}

/** The camera of this phone, looking for codes of one kind; or a photograph of one. */
export function CodeScan({ video, camera, mirrored, note, none, start, retry, readPhoto }: CodeScanProps) {
  const t = useT();
  const photo = useRef<HTMLInputElement>(null);
  const on = camera === 'on';
  return (
    <section className={styles.view} aria-label={t('agenda.scan.camera')}>
      <div className={styles.window} data-state={camera}>
        {/* A live picture has nothing to caption. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <video
          ref={video}
          className={styles.video}
          data-mirrored={mirrored || undefined}
          muted
          playsInline
          aria-hidden="true"
          hidden={!on}
        />
        {on ? null : (
          <div className={styles.message}>
            <Icon of={camera === 'failed' ? CameraOff : CameraIcon} size="2rem" />
            <p role={camera === 'failed' ? 'alert' : undefined}>
              {t(
                camera === 'failed'
                  ? 'agenda.scan.failed'
                  : camera === 'starting'
                    ? 'door.camera.starting'
                    : 'agenda.scan.paused',
              )}
            </p>
            {camera === 'failed' ? (
              <Button icon={RotateCw} onClick={retry}>
                {t('door.camera.retry')}
              </Button>
            ) : null}
            {camera === 'off' ? (
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
        {note === 'none' ? none : note ? t('agenda.scan.network') : null}
      </p>
    </section>
  );
}
