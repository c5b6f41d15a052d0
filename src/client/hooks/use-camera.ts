import type { RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { Camera, CameraFailure } from '#client/platform/camera.ts';
import { openCamera, watchCameras } from '#client/platform/camera.ts';

export type CameraState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly camera: Camera }
  | { readonly kind: 'failed'; readonly reason: CameraFailure };

export interface CameraControl {
  readonly state: CameraState;
  readonly torch: boolean;
  /** An index into the camera's zooms. */
  readonly zoom: number;
  readonly start: () => void;
  readonly stop: () => void;
  readonly retry: () => void;
  readonly switchTorch: () => void;
  readonly nextZoom: () => void;
  readonly nextLens: () => void;
}

/** How long after a camera was lost it is opened again by itself, milliseconds. */
const AGAIN = 1500;

/**
 * A camera that is open while the page is seen: others may have it meanwhile, and the lamp does not burn in a pocket.
 * @param onPicture the video plays; returns what ends the watching of it
 */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  onPicture: (video: HTMLVideoElement) => () => void,
): CameraControl {
  const [wanted, setWanted] = useState(true);
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  const [chosen, setChosen] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  // It opens by itself: a button that opens it would be there for one frame.
  const [state, setState] = useState<CameraState>({ kind: visible ? 'starting' : 'off' });
  const [torch, setTorch] = useState(false);
  const [zoom, setZoom] = useState(0);

  useEffect(() => {
    const onVisibility = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, []);

  useEffect(() => {
    if (!wanted || !visible) return undefined;
    let left = false;
    let camera: Camera | undefined;
    let unwatch = (): void => undefined;
    const seen = video.current;
    setState({ kind: 'starting' });
    const onLost = (): void => {
      unwatch();
      camera?.stop();
      setState({ kind: 'failed', reason: 'lost' });
    };
    void openCamera(chosen, onLost).then(async (opened) => {
      if (opened.kind === 'failed') {
        if (!left) setState(opened);
        return;
      }
      camera = opened.camera;
      if (left || !seen) {
        camera.stop();
        return;
      }
      seen.srcObject = camera.stream;
      await seen.play().catch(() => undefined);
      if (left) return;
      setState({ kind: 'on', camera });
      unwatch = onPicture(seen);
    });
    return () => {
      left = true;
      unwatch();
      camera?.stop();
      if (seen) seen.srcObject = null;
      setTorch(false);
      setZoom(0);
      setState({ kind: 'off' });
    };
  }, [wanted, visible, chosen, attempt, video, onPicture]);

  const failure = state.kind === 'failed' ? state.reason : undefined;
  useEffect(() => {
    if (failure === undefined) return undefined;
    const again = (): void => setAttempt((n) => n + 1);
    const timer = failure === 'lost' ? setTimeout(again, AGAIN) : undefined;
    const unwatch = watchCameras(again);
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [failure]);

  const camera = state.kind === 'on' ? state.camera : undefined;
  return {
    state,
    torch,
    zoom,
    start: () => setWanted(true),
    stop: () => setWanted(false),
    retry: () => setAttempt((n) => n + 1),
    switchTorch: () => void camera?.setTorch(!torch).then((took) => took && setTorch(!torch)),
    nextZoom() {
      if (!camera) return;
      const next = (zoom + 1) % camera.zooms.length;
      void camera.setZoom(next).then((took) => took && setZoom(next));
    },
    nextLens() {
      if (!camera) return;
      const at = camera.lenses.findIndex(({ id }) => id === camera.lens.id);
      setChosen(camera.lenses[(at + 1) % camera.lenses.length]?.id);
    },
  };
}
