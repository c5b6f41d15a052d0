/** What the page and the scanner's worker say to each other. */

/** A code found in a picture; `distance` is from the picture's centre, in shares of its half diagonal (0 to 1). */
export interface FoundCode {
  readonly text: string;
  readonly distance: number;
}

export type ScannerEngine = 'native' | 'zxing';

export type ToScanner =
  /** Puts the reader on the device and starts it. `store`: an enrolment, which also takes what a later start needs offline. */
  | { readonly kind: 'prepare'; readonly wasmUrl: string; readonly store: boolean }
  | { readonly kind: 'frame'; readonly id: number; readonly picture: ImageBitmap | ImageData }
  | { readonly kind: 'photo'; readonly id: number; readonly picture: ImageBitmap | ImageData };

export type FromScanner =
  | { readonly kind: 'ready'; readonly engine: ScannerEngine }
  /** `network`: the reader is not on the device and cannot be fetched now; `unsupported`: this browser cannot run it. */
  | { readonly kind: 'failed'; readonly reason: 'network' | 'unsupported' }
  | { readonly kind: 'found'; readonly id: number; readonly codes: readonly FoundCode[] };

/** Where the reader's binary waits for a day without network. */
export const SCANNER_CACHE = 'escale-scanner';
