import {
  Camera as CameraIcon,
  CameraOff,
  Flashlight,
  FlashlightOff,
  ImageUp,
  RotateCw,
  ScanLine,
  SwitchCamera,
} from 'lucide-react';
import type { RefObject } from 'react';
import { useCallback, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import type { CameraControl } from '#client/hooks/use-camera.ts';
import { useCamera } from '#client/hooks/use-camera.ts';
import { useT } from '#client/i18n/i18n.ts';
import { Scanner } from '#client/platform/scanner.ts';
import { listenForScanner } from '#client/platform/scanner-keys.ts';
import styles from './camera-view.module.css';
import { usePictures } from './use-pictures.ts';

/** What there is to say under the picture. */
type Note = 'network' | 'garbled' | 'photo.none';

export interface CameraHandle {
  /** Lets a code that is still in view be read again. */
  again(): void;
}

interface CameraViewProps {
  /** Told of each code that is new, however it was read; with a mark in place of one that is none of ours. */
  readonly onCode: (text: string, by: 'camera' | 'photo') => void;
  readonly handle?: RefObject<CameraHandle | null>;
  /** Seen by people who are not staff: the picture alone, nothing to switch, and what to do instead said for them. */
  readonly alone?: boolean;
}

/** Where codes come in without being typed by hand: camera, photograph, scanner with keys, a picture pasted or dropped. */
export function CameraView({ onCode, handle, alone = false }: CameraViewProps) {
  const t = useT();
  const [note, setNote] = useState<Note>();
  const [reading, setReading] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const scanner = useRef<Scanner>(undefined);
  const photoInput = useRef<HTMLInputElement>(null);
  const captureInput = useRef<HTMLInputElement>(null);
  const found = useEffectEvent((text: string) => {
    setNote(undefined);
    onCode(text, 'camera');
  });

  useImperativeHandle(handle, () => ({ again: () => scanner.current?.again() }), []);

  useEffect(() => {
    const made = new Scanner((text) => found(text));
    scanner.current = made;
    void made.ready.then((ready) => {
      if (ready.kind === 'failed') setNote('network');
    });
    return () => {
      made.close();
      scanner.current = undefined;
    };
  }, []);

  useEffect(
    () =>
      listenForScanner((scan) => {
        if (scan.kind === 'code') found(scan.text);
        else setNote('garbled');
      }),
    [],
  );

  const watch = useCallback((playing: HTMLVideoElement) => {
    scanner.current?.watch(playing);
    return () => scanner.current?.pause();
  }, []);
  const control = useCamera(video, watch);
  const { state } = control;

  const readPhoto = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setNote(undefined);
    setReading(true);
    const text = await scanner.current?.photo(file);
    setReading(false);
    if (text === undefined) setNote('photo.none');
    else onCode(text, 'photo');
  };
  const over = usePictures((file) => void readPhoto(file));

  const on = state.kind === 'on';
  const photoButton = (
    <Button size="large" icon={ImageUp} iconOnly={on} busy={reading} onClick={() => photoInput.current?.click()}>
      {t(reading ? 'door.camera.photo.reading' : 'door.camera.photo')}
    </Button>
  );
  return (
    <section className={styles.view} aria-label={t('door.camera.label')}>
      <div className={styles.window} data-state={state.kind} data-drop={over || undefined}>
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
        {on ? (
          <>
            <div className={styles.aim} aria-hidden="true" />
            {alone ? null : (
              <>
                <div className={styles.ways}>
                  {photoButton}
                  <Button size="large" icon={CameraOff} iconOnly onClick={control.stop}>
                    {t('door.camera.stop')}
                  </Button>
                </div>
                <LensTools control={control} />
              </>
            )}
          </>
        ) : (
          <div className={styles.message}>
            <Icon of={state.kind === 'failed' ? CameraOff : CameraIcon} size="2rem" />
            <p role={state.kind === 'failed' ? 'alert' : undefined}>
              {state.kind === 'failed'
                ? t(alone ? 'kiosk.camera' : `door.camera.${state.reason}`)
                : t(state.kind === 'starting' ? 'door.camera.starting' : 'door.camera.paused')}
            </p>
            <div className={styles.instead}>
              {state.kind === 'failed' && state.reason !== 'insecure' ? (
                <Button size="large" icon={RotateCw} onClick={control.retry}>
                  {t('door.camera.retry')}
                </Button>
              ) : null}
              {state.kind === 'off' ? (
                <Button size="large" icon={CameraIcon} onClick={control.start}>
                  {t('door.camera.start')}
                </Button>
              ) : null}
              {state.kind === 'starting' || alone ? null : (
                <>
                  <Button
                    size="large"
                    icon={ScanLine}
                    className={styles.capture ?? ''}
                    onClick={() => captureInput.current?.click()}
                  >
                    {t('door.camera.capture')}
                  </Button>
                  {photoButton}
                </>
              )}
            </div>
          </div>
        )}
        {over ? <p className={styles.drop}>{t('door.camera.drop')}</p> : null}
      </div>
      <PhotoInput ref={photoInput} onPhoto={readPhoto} />
      <PhotoInput ref={captureInput} onPhoto={readPhoto} capture="environment" />
      <p className={styles.note} role="alert">
        {note ? t(note === 'photo.none' ? 'door.camera.photo.none' : `door.scanner.${note}`) : null}
      </p>
    </section>
  );
}

/** What the lens that is open can do. */
function LensTools({ control: { state, torch, zoom, switchTorch, nextZoom, nextLens } }: { control: CameraControl }) {
  const t = useT();
  if (state.kind !== 'on') return null;
  const { hasTorch, zooms, lenses, lens } = state.camera;
  const times = `${Math.round((zooms[zoom] ?? 1) / (zooms[0] ?? 1))} ×`;
  return (
    <div className={styles.tools}>
      {hasTorch ? (
        <Button
          size="large"
          icon={torch ? FlashlightOff : Flashlight}
          iconOnly
          className={styles.torch ?? ''}
          onClick={switchTorch}
        >
          {t(torch ? 'door.camera.torch.off' : 'door.camera.torch.on')}
        </Button>
      ) : null}
      {zooms.length > 1 ? (
        <Button size="large" aria-label={t('door.camera.zoom', { times })} onClick={nextZoom}>
          {times}
        </Button>
      ) : null}
      {lenses.length > 1 ? (
        <Button size="large" icon={SwitchCamera} iconOnly title={lens.label} onClick={nextLens}>
          {t('door.camera.switch', { n: lenses.length })}
        </Button>
      ) : null}
    </div>
  );
}

interface PhotoInputProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly onPhoto: (file: File | undefined) => Promise<void>;
  /** Opens the camera of the system at once, instead of its choice of pictures. */
  readonly capture?: 'environment';
}

function PhotoInput({ ref, onPhoto, capture }: PhotoInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      accept="image/*"
      capture={capture}
      hidden
      onChange={(event) => {
        void onPhoto(event.target.files?.[0]);
        event.target.value = '';
      }}
    />
  );
}
