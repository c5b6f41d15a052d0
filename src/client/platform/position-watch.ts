/** A position as the browser gives it. */
export interface Measured {
  readonly lat: number;
  readonly lon: number;
  /** Metres. */
  readonly accuracy: number;
  /** Milliseconds ago. */
  readonly age: number;
  /** Degrees from the north, of the way that the phone moves. */
  readonly course?: number;
}

export interface PositionWatch {
  readonly onFix: (fix: Measured) => void;
  readonly onProblem: (problem: 'denied' | 'unavailable') => void;
}

/** Between two measurements in saving mode: long enough for the receiver to sleep, short enough for a circle of 50 m at 4 km/h. */
const SAVING_MS = 15_000;
const TIMEOUT_MS = 30_000;
/** Some phones count their measurements from another year: such an age says nothing. */
const SANE_AGE = 600_000;

/**
 * Follows the phone's position until it is told to stop. The first call asks the person, so it belongs into a gesture.
 * @param saving one measurement now and then, instead of as many as there are
 */
export function watchPosition(saving: boolean, { onFix, onProblem }: PositionWatch): () => void {
  if (!('geolocation' in navigator)) {
    onProblem('unavailable');
    return () => undefined;
  }
  const { geolocation } = navigator;
  let ended = false;
  const found = ({ coords, timestamp }: GeolocationPosition): void => {
    if (ended) return;
    const age = Date.now() - timestamp;
    onFix({
      lat: coords.latitude,
      lon: coords.longitude,
      accuracy: coords.accuracy,
      age: age >= 0 && age < SANE_AGE ? age : 0,
      ...(coords.heading === null || Number.isNaN(coords.heading) ? {} : { course: coords.heading }),
    });
  };
  const failed = (error: GeolocationPositionError): void => {
    if (!ended) onProblem(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable');
  };
  if (!saving) {
    const id = geolocation.watchPosition(found, failed, {
      enableHighAccuracy: true,
      maximumAge: 0,
      timeout: TIMEOUT_MS,
    });
    return () => {
      ended = true;
      geolocation.clearWatch(id);
    };
  }
  const ask = (): void =>
    geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, maximumAge: 5000, timeout: TIMEOUT_MS });
  ask();
  const timer = setInterval(ask, SAVING_MS);
  return () => {
    ended = true;
    clearInterval(timer);
  };
}
