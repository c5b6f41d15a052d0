/** Where a phone points, as the two families of browsers say it. */
interface Pointing extends DeviceOrientationEvent {
  /** Safari: degrees from the north, clockwise. */
  readonly webkitCompassHeading?: number;
}

interface AskingOrientation {
  requestPermission?: () => Promise<'granted' | 'denied'>;
}

/** Whether this device might have a compass at all. */
export function hasCompass(): boolean {
  return typeof DeviceOrientationEvent !== 'undefined' && matchMedia('(pointer: coarse)').matches;
}

/** iOS asks the person, in a gesture alone; others do not. */
export async function askCompass(): Promise<boolean> {
  if (typeof DeviceOrientationEvent === 'undefined') return false;
  const asking = DeviceOrientationEvent as unknown as AskingOrientation;
  if (!asking.requestPermission) return true;
  return (await asking.requestPermission().catch(() => 'denied')) === 'granted';
}

/** Degrees by which it must have turned before it is told: a hand is never still. */
const STEP = 4;

/**
 * Tells where the phone points, in degrees from the north, until it is told to stop.
 * @param onHeading of the top of the screen, however it is held
 */
export function watchHeading(onHeading: (degrees: number) => void): () => void {
  let last: number | undefined;
  const listen = (event: Pointing): void => {
    const { webkitCompassHeading, alpha, absolute } = event;
    const phone =
      webkitCompassHeading ??
      (alpha !== null && (absolute || event.type === 'deviceorientationabsolute') ? 360 - alpha : undefined);
    if (phone === undefined || Number.isNaN(phone)) return;
    const heading = (phone + (screen.orientation?.angle ?? 0) + 360) % 360;
    const turned = last === undefined ? 360 : Math.abs(((heading - last + 540) % 360) - 180);
    if (turned < STEP) return;
    last = heading;
    onHeading(heading);
  };
  const names = ['deviceorientationabsolute', 'deviceorientation'] as const;
  for (const name of names) window.addEventListener(name, listen as EventListener);
  return () => {
    for (const name of names) window.removeEventListener(name, listen as EventListener);
  };
}
