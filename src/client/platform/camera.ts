/** Why there is no picture. The person at the door can do something about each. */
export type CameraFailure = 'refused' | 'absent' | 'busy' | 'insecure' | 'unknown';

export interface Camera {
  readonly stream: MediaStream;
  readonly id: string | undefined;
  /** Whether the lamp can be switched. */
  readonly hasTorch: boolean;
  /** Resolves to whether it took. */
  setTorch(on: boolean): Promise<boolean>;
  stop(): void;
}

export type CameraOpened =
  | { readonly kind: 'open'; readonly camera: Camera }
  | { readonly kind: 'failed'; readonly reason: CameraFailure };

const REMEMBERED = 'escale.camera';

/**
 * Opens the camera that was chosen last, else the one at the back.
 * @param id a camera of `listCameras`; it is remembered
 * @param onEnded called when the camera goes away by itself (unplugged, taken by another application)
 */
export async function openCamera(id: string | undefined, onEnded: () => void): Promise<CameraOpened> {
  if (!('mediaDevices' in navigator)) return { kind: 'failed', reason: 'insecure' };
  if (id !== undefined) remember(id);
  const wanted = id ?? remembered();
  const opened = await request(wanted);
  if (opened.kind === 'failed') return opened;
  const [track] = opened.stream.getVideoTracks();
  track?.addEventListener('ended', onEnded);
  return { kind: 'open', camera: cameraOf(opened.stream, track) };
}

async function request(
  wanted: string | undefined,
): Promise<{ kind: 'open'; stream: MediaStream } | { kind: 'failed'; reason: CameraFailure }> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  const video: MediaTrackConstraints = wanted
    ? { ...size, deviceId: { exact: wanted } }
    : { ...size, facingMode: { ideal: 'environment' } };
  try {
    return { kind: 'open', stream: await navigator.mediaDevices.getUserMedia({ audio: false, video }) };
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (wanted && (name === 'OverconstrainedError' || name === 'NotFoundError')) {
      forget();
      return request(undefined);
    }
    return { kind: 'failed', reason: failures[name] ?? 'unknown' };
  }
}

const failures: Readonly<Record<string, CameraFailure>> = {
  NotAllowedError: 'refused',
  SecurityError: 'insecure',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

function cameraOf(stream: MediaStream, track: MediaStreamTrack | undefined): Camera {
  // `torch` is in the Image Capture draft and in Chromium, not in TypeScript's DOM.
  const abilities = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  return {
    stream,
    id: track?.getSettings().deviceId,
    hasTorch: abilities?.torch === true,
    async setTorch(on) {
      try {
        await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
        return true;
      } catch {
        return false;
      }
    },
    stop() {
      for (const one of stream.getTracks()) one.stop();
    },
  };
}

/** The cameras there are; names are empty until one was allowed. */
export async function listCameras(): Promise<{ id: string; label: string }[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((d) => d.kind === 'videoinput').map((d) => ({ id: d.deviceId, label: d.label }));
  } catch {
    return [];
  }
}

/** Storage may be forbidden; then the choice lasts until the page is left. */
function remembered(): string | undefined {
  try {
    return localStorage.getItem(REMEMBERED) ?? undefined;
  } catch {
    return undefined;
  }
}
function remember(id: string): void {
  try {
    localStorage.setItem(REMEMBERED, id);
  } catch {
    return;
  }
}
function forget(): void {
  try {
    localStorage.removeItem(REMEMBERED);
  } catch {
    return;
  }
}
