import type { Lens, LensAbilities } from './camera-lens.ts';
import { byWorth, isFixed, sideOf, zoomSteps } from './camera-lens.ts';

/**
 * Why there is no picture. The person at the door can do something about each.
 * `asked`: the question was closed without an answer. `lost`: it was there, and went (a call, another application, a cable).
 */
export type CameraFailure = 'refused' | 'asked' | 'absent' | 'busy' | 'lost' | 'insecure' | 'unknown';

export interface Camera {
  readonly stream: MediaStream;
  readonly lens: Lens;
  /** Every camera of the device, best first. */
  readonly lenses: readonly Lens[];
  /** Seen as in a mirror, which is how one holds a ticket before a camera that faces oneself. */
  readonly isMirrored: boolean;
  /** Whether the lamp can be switched. */
  readonly hasTorch: boolean;
  /** Steps of the zoom, the first without any; empty where there is none. */
  readonly zooms: readonly number[];
  /** Resolves to whether it took. */
  setTorch(on: boolean): Promise<boolean>;
  /** @param step an index into `zooms`; resolves to whether it took */
  setZoom(step: number): Promise<boolean>;
  stop(): void;
}

export type CameraOpened =
  | { readonly kind: 'open'; readonly camera: Camera }
  | { readonly kind: 'failed'; readonly reason: CameraFailure };

type Opened = { readonly kind: 'open'; readonly stream: MediaStream } | Extract<CameraOpened, { kind: 'failed' }>;

const REMEMBERED = 'escale.camera';
/** Cameras that are tried for one that can focus, on a first visit. */
const TRIED = 3;
/** How long a camera may give no picture before it counts as lost, milliseconds: a call that is turned down takes a moment. */
const MUTED = 1500;

/**
 * Opens the camera that was chosen last; without a choice the one at the back that can focus on a ticket.
 * @param id a camera of an earlier `Camera.lenses`; it is remembered
 * @param onLost called when the camera goes away by itself
 */
export async function openCamera(id: string | undefined, onLost: () => void): Promise<CameraOpened> {
  if (!('mediaDevices' in navigator)) return { kind: 'failed', reason: 'insecure' };
  const known = id ?? remembered();
  const opened = known === undefined ? await bestLens() : await request({ deviceId: { exact: known } });
  if (opened.kind === 'failed') {
    if (known === undefined || id !== undefined || opened.reason !== 'absent') return opened;
    // The remembered one is no longer there.
    forget();
    return openCamera(undefined, onLost);
  }
  const camera = await cameraOf(opened.stream, onLost);
  remember(camera.lens.id);
  return { kind: 'open', camera };
}

async function request(which: MediaTrackConstraints): Promise<Opened> {
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, ...which };
  try {
    return { kind: 'open', stream: await navigator.mediaDevices.getUserMedia({ audio: false, video }) };
  } catch (error) {
    const reason = failures[error instanceof DOMException ? error.name : ''] ?? 'unknown';
    return { kind: 'failed', reason: reason === 'refused' && (await canAskAgain()) ? 'asked' : reason };
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

/** Names are known only once a camera was allowed, and what a lens can do only once it is open: so one is opened, and then compared. */
async function bestLens(): Promise<Opened> {
  const first = await request({ facingMode: { ideal: 'environment' } });
  if (first.kind === 'failed') return first;
  const here = lensOf(first.stream);
  const lenses = byWorth(await listLenses());
  const best = lenses[0];
  if (!best || !here) return first;
  const worthTrying = lenses.filter((lens) => sideOf(lens) === sideOf(best)).slice(0, TRIED);
  let now = first;
  for (const lens of worthTrying) {
    if (lensOf(now.stream)?.id !== lens.id) {
      stop(now.stream);
      const other = await request({ deviceId: { exact: lens.id } });
      if (other.kind === 'failed') continue;
      now = other;
    }
    if (!isFixed(abilitiesOf(now.stream))) return now;
  }
  if (now.stream.getVideoTracks().some(({ readyState }) => readyState === 'live')) {
    // None says that it can focus: then the one that the names speak for.
    if (lensOf(now.stream)?.id === best.id) return now;
    stop(now.stream);
  }
  const named = await request({ deviceId: { exact: best.id } });
  return named.kind === 'open' ? named : request({ facingMode: { ideal: 'environment' } });
}

async function cameraOf(stream: MediaStream, onLost: () => void): Promise<Camera> {
  const [track] = stream.getVideoTracks();
  const abilities = abilitiesOf(stream);
  const zooms = zoomSteps(abilities);
  const id = track?.getSettings().deviceId ?? '';
  const label = track?.label ?? '';
  let muted: ReturnType<typeof setTimeout> | undefined;
  track?.addEventListener('ended', onLost);
  track?.addEventListener('mute', () => (muted = setTimeout(onLost, MUTED)));
  track?.addEventListener('unmute', () => clearTimeout(muted));
  const apply = async (constraint: object): Promise<boolean> => {
    try {
      await track?.applyConstraints({ advanced: [constraint] });
      return track !== undefined;
    } catch {
      return false;
    }
  };
  if (abilities.focusMode?.includes('continuous')) await apply({ focusMode: 'continuous' });
  const lens = { id, label };
  return {
    stream,
    lens,
    lenses: byWorth(await listLenses()),
    isMirrored: track?.getSettings().facingMode === 'user' || sideOf(lens) === 'front',
    hasTorch: abilities.torch === true,
    zooms,
    setTorch: async (on) => apply({ torch: on }),
    setZoom: async (step) => apply({ zoom: zooms[step] ?? zooms[0] }),
    stop() {
      clearTimeout(muted);
      stop(stream);
    },
  };
}

/**
 * Tells when it is worth trying again: the camera was allowed elsewhere, or one was plugged in.
 * @returns ends the watch
 */
export function watchCameras(onChange: () => void): () => void {
  const devices = 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
  devices?.addEventListener('devicechange', onChange);
  let status: PermissionStatus | undefined;
  let over = false;
  void permission().then((found) => {
    if (over) return;
    status = found;
    status?.addEventListener('change', onChange);
  });
  return () => {
    over = true;
    devices?.removeEventListener('devicechange', onChange);
    status?.removeEventListener('change', onChange);
  };
}

/** Undefined where the browser has no such question. */
async function permission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: 'camera' });
  } catch {
    return undefined;
  }
}

async function canAskAgain(): Promise<boolean> {
  return (await permission())?.state === 'prompt';
}

async function listLenses(): Promise<Lens[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((d) => d.kind === 'videoinput').map((d) => ({ id: d.deviceId, label: d.label }));
  } catch {
    return [];
  }
}

function lensOf(stream: MediaStream): Lens | undefined {
  const [track] = stream.getVideoTracks();
  const id = track?.getSettings().deviceId;
  return track && id !== undefined ? { id, label: track.label } : undefined;
}

function abilitiesOf(stream: MediaStream): LensAbilities {
  return (stream.getVideoTracks()[0]?.getCapabilities?.() ?? {}) as LensAbilities;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
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
    if (id !== '') localStorage.setItem(REMEMBERED, id);
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
