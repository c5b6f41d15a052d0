import { readFileSync } from 'node:fs';
import type { ImportOptions } from '#interop/imported.ts';
import { locator } from '#interop/locate.ts';
import { readOutlines } from '#interop/outlines.ts';

let locate: ImportOptions['locate'] | undefined;

/** Finds the département of a place; the outlines are read when they are first asked for. */
export const locatePlace: ImportOptions['locate'] = (place) => {
  const file = new URL('../../../interop/outlines/outlines.topo', import.meta.url);
  locate ??= locator(readOutlines(readFileSync(file, 'utf8')));
  return locate(place);
};
