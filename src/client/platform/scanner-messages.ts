/** What the page and the scanner's worker say to each other. */

/** A code found in a picture. */
export interface FoundCode {
  /** `damaged`: begins as ours. */
  readonly kind: 'ours' | 'damaged' | 'foreign';
  /** Of a foreign code a mark in its place: its text never leaves the worker. */
  readonly text: string;
  /** From the picture's centre, in shares of its half diagonal (0 to 1). */
  readonly distance: number;
}

/** What is looked for: a ticket at the door, the codes that carry an agenda, or the code of a tour's stop. Whatever else is read is foreign. */
export type Wanted = 'ticket' | 'agenda' | 'stop';

/** `native`: the browser's own. `zxing`: WebAssembly. `script`: where that is not there or may not run; slower, and reads less. */
export type ScannerEngine = 'native' | 'zxing' | 'script';

export type ToScanner =
  /** Puts the reader on the device and starts it. `store`: an enrolment, which also takes what a later start needs offline. */
  | { readonly kind: 'prepare'; readonly wasmUrl: string; readonly store: boolean; readonly wanted: Wanted }
  | { readonly kind: 'frame'; readonly id: number; readonly picture: ImageBitmap | ImageData }
  | { readonly kind: 'photo'; readonly id: number; readonly picture: ImageBitmap | ImageData };

export type FromScanner =
  | { readonly kind: 'ready'; readonly engine: ScannerEngine }
  /** Of an enrolment: the reader is not on the device and cannot be fetched now. */
  | { readonly kind: 'failed'; readonly reason: 'network' }
  | { readonly kind: 'found'; readonly id: number; readonly codes: readonly FoundCode[] };

/** Where the reader's binary waits for a day without network. */
export const SCANNER_CACHE = 'escale-scanner';
