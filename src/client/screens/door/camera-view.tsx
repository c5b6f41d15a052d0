import { Camera as CameraIcon, CameraOff, Flashlight, FlashlightOff, ImageUp, RotateCw } from 'lucide-react';
import type { RefObject } from 'react';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { SelectField } from '#client/components/field.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { Camera, CameraFailure } from '#client/platform/camera.ts';
import { listCameras, openCamera } from '#client/platform/camera.ts';
import { Scanner } from '#client/platform/scanner.ts';
import styles from './camera-view.module.css';

type State =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly camera: Camera }
  | { readonly kind: 'failed'; readonly reason: CameraFailure };

export interface CameraHandle {
  /** Lets a code that is still in view be read again. */
  again(): void;
}

interface CameraViewProps {
  readonly onCode: (text: string) => void;
  readonly handle?: RefObject<CameraHandle | null>;
}

/** The camera with its frame; closed while the page is hidden, and when the page is left. */
export function CameraView({ onCode, handle }: CameraViewProps) {
  const t = useT();
  const [wanted, setWanted] = useState(true);
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  const [chosen, setChosen] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<State>({ kind: 'off' });
  const [cameras, setCameras] = useState<readonly { id: string; label: string }[]>([]);
  const [torch, setTorch] = useState(false);
  const [scannerProblem, setScannerProblem] = useState<'network' | 'unsupported'>();
  const [photoEmpty, setPhotoEmpty] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const scanner = useRef<Scanner>(undefined);
  const photoInput = useRef<HTMLInputElement>(null);
  const found = useEffectEvent((text: string) => onCode(text));

  useImperativeHandle(handle, () => ({ again: () => scanner.current?.again() }), []);

  useEffect(() => {
    const onVisibility = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, []);

  // `attempt` stands here too: a reader that could not be fetched is tried again together with the camera.
  useEffect(() => {
    const made = new Scanner((text) => found(text));
    scanner.current = made;
    void made.ready.then((ready) => setScannerProblem(ready.kind === 'failed' ? ready.reason : undefined));
    return () => {
      made.close();
      scanner.current = undefined;
    };
  }, [attempt]);

  useEffect(() => {
    if (!wanted || !visible) return undefined;
    let left = false;
    let camera: Camera | undefined;
    setState({ kind: 'starting' });
    void openCamera(chosen, () => setState({ kind: 'failed', reason: 'busy' })).then(async (opened) => {
      if (opened.kind === 'failed') {
        if (!left) setState(opened);
        return;
      }
      camera = opened.camera;
      if (left || !video.current) {
        camera.stop();
        return;
      }
      video.current.srcObject = camera.stream;
      await video.current.play().catch(() => undefined);
      if (left) return;
      setState({ kind: 'on', camera });
      scanner.current?.watch(video.current);
      setCameras(await listCameras());
    });
    const seen = video.current;
    return () => {
      left = true;
      scanner.current?.pause();
      camera?.stop();
      if (seen) seen.srcObject = null;
      setTorch(false);
      setState({ kind: 'off' });
    };
  }, [wanted, visible, chosen, attempt]);

  const readPhoto = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const text = await scanner.current?.photo(file);
    setPhotoEmpty(text === undefined);
    if (text !== undefined) onCode(text);
  };

  const on = state.kind === 'on';
  return (
    <section className={styles.view} aria-label={t('door.camera.label')}>
      <div className={styles.window} data-state={state.kind}>
        {/* A live picture has nothing to caption. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <video ref={video} className={styles.video} muted playsInline aria-hidden="true" hidden={!on} />
        {on ? <div className={styles.aim} aria-hidden="true" /> : null}
        {on ? null : (
          <div className={styles.message}>
            <Icon of={state.kind === 'failed' ? CameraOff : CameraIcon} size="2rem" />
            <p role={state.kind === 'failed' ? 'alert' : undefined}>
              {state.kind === 'failed'
                ? t(`door.camera.${state.reason}`)
                : t(state.kind === 'starting' ? 'door.camera.starting' : 'door.camera.paused')}
            </p>
            {state.kind === 'failed' ? (
              <Button size="large" icon={RotateCw} onClick={() => setAttempt((n) => n + 1)}>
                {t('door.camera.retry')}
              </Button>
            ) : null}
            {state.kind === 'off' ? (
              <Button size="large" icon={CameraIcon} onClick={() => setWanted(true)}>
                {t('door.camera.start')}
              </Button>
            ) : null}
          </div>
        )}
        <div className={styles.tools}>
          {on && state.camera.hasTorch ? (
            <Button
              size="large"
              icon={torch ? FlashlightOff : Flashlight}
              iconOnly
              onClick={() => void state.camera.setTorch(!torch).then((took) => took && setTorch(!torch))}
            >
              {t(torch ? 'door.camera.torch.off' : 'door.camera.torch.on')}
            </Button>
          ) : null}
          <Button size="large" icon={ImageUp} iconOnly onClick={() => photoInput.current?.click()}>
            {t('door.camera.photo')}
          </Button>
          {on ? (
            <Button size="large" icon={CameraOff} iconOnly onClick={() => setWanted(false)}>
              {t('door.camera.stop')}
            </Button>
          ) : null}
        </div>
        <input
          ref={photoInput}
          type="file"
          accept="image/*"
          hidden
          onChange={(event) => {
            void readPhoto(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {scannerProblem ? (
        <p className={styles.note} role="alert">
          {t(`door.scanner.${scannerProblem}`)}
        </p>
      ) : null}
      {photoEmpty ? (
        <p className={styles.note} role="alert">
          {t('door.camera.photo.none')}
        </p>
      ) : null}
      {on && cameras.length > 1 ? (
        <SelectField
          className={styles.cameras ?? ''}
          label={t('door.camera.choose')}
          value={state.camera.id ?? ''}
          options={cameras.map((c, i) => ({ value: c.id, label: c.label || t('door.camera.unnamed', { n: i + 1 }) }))}
          onChange={setChosen}
        />
      ) : null}
    </section>
  );
}
