import type { Outlines } from '#interop/outlines.ts';
import { readOutlines } from '#interop/outlines.ts';

let loaded: Promise<Outlines> | undefined;

/** The outlines of regions and départements; loaded when a map first needs them. */
export function loadOutlines(): Promise<Outlines> {
  loaded ??= import('#interop/outlines/outlines.topo?raw').then(
    ({ default: text }) => readOutlines(text),
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}
