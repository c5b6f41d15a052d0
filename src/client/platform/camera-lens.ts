/** A camera as the browser lists it. */
export interface Lens {
  readonly id: string;
  /** Empty until a camera was allowed. */
  readonly label: string;
}

export type LensSide = 'rear' | 'front' | 'unknown';

/*
 * What browsers call cameras: Chrome on Android "camera2 0, facing back", Firefox "Facing back:0", Safari on iOS "Back Camera",
 * "Back Ultra Wide Camera", "Back Triple Camera" in the phone's language, a computer the name of the device.
 */
const REAR = /\b(back|rear|environment|world)\b|arri[èe]re|\bdos\b|rück|hinter|tra[sz]era|posterior|achter/i;
const FRONT = /\b(front|user|selfie|facetime|integrated|built-in)\b|avant|frontal|vorder|delantera|anterior/i;
/** Sees too much or too little to read a code at arm's length, or no colours at all. */
const SPECIAL =
  /ultra|tele|télé|grand[ -]?angle|macro|depth|profondeur|infra|\bir\b|truedepth|mono(chrome)?\b|desk view|bureau|virtual/i;
/** Several lenses in one, of which the phone takes the one that can focus at this distance. */
const SEVERAL = /triple|dual wide|double grand/i;

export function sideOf({ label }: Lens): LensSide {
  if (REAR.test(label)) return 'rear';
  return FRONT.test(label) ? 'front' : 'unknown';
}

/**
 * The cameras in the order in which they are worth trying for codes: at the back before unknown ones before the front, ordinary
 * lenses before special ones; where a phone numbers them, the lowest number, which is its main one.
 */
export function byWorth(lenses: readonly Lens[]): Lens[] {
  return lenses
    .map((lens, at) => ({ lens, at, worth: worth(lens), number: Number(/\d+/.exec(facing(lens.label))?.[0] ?? at) }))
    .toSorted((a, b) => b.worth - a.worth || a.number - b.number || a.at - b.at)
    .map(({ lens }) => lens);
}

/** Of "camera2 0, facing back" the camera's number, not the interface's. */
function facing(label: string): string {
  return label.replace(/^camera2\s/i, '');
}

const SIDES: Readonly<Record<LensSide, number>> = { rear: 4, unknown: 2, front: 0 };

function worth(lens: Lens): number {
  const several = SEVERAL.test(lens.label);
  return SIDES[sideOf(lens)] + (several ? 1 : SPECIAL.test(lens.label) ? -1 : 0);
}

/** What a track says that it can do; more than TypeScript's DOM knows (Image Capture draft). */
export interface LensAbilities {
  readonly torch?: boolean;
  readonly focusMode?: readonly string[];
  readonly zoom?: { readonly min: number; readonly max: number; readonly step?: number };
}

/** Whether a camera cannot come into focus at the distance of a ticket: a fixed lens, as many ultra-wide ones have. */
export function isFixed({ focusMode }: LensAbilities): boolean {
  return (
    focusMode !== undefined &&
    focusMode.length > 0 &&
    !focusMode.some((mode) => mode === 'continuous' || mode === 'single-shot')
  );
}

/** The steps of a zoom that is worth offering; none for a camera without. The first is where it starts. */
export function zoomSteps({ zoom }: LensAbilities): readonly number[] {
  if (!zoom || zoom.max < 1.5) return [];
  const start = Math.max(zoom.min, Math.min(1, zoom.max));
  // Some count in hundredths.
  const unit = zoom.min >= 50 ? zoom.min : start;
  return [1, 2, 3, 5].map((times) => times * unit).filter((value) => value <= zoom.max);
}
