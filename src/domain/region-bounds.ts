import type { Bounds } from './bounds.ts';
import type { RegionCode } from './programme.ts';

/** Where the regions lie, rounded outward to a tenth of a degree; `test/unit/domain/bounds.test.ts` holds them to their outlines. */
const BOUNDS: Readonly<Record<RegionCode, Bounds>> = {
  '01': [15.8, -61.9, 16.6, -61],
  '02': [14.3, -61.3, 14.9, -60.8],
  '03': [2.1, -54.7, 5.8, -51.6],
  '04': [-21.4, 55.2, -20.8, 55.9],
  '06': [-13.1, 45, -12.6, 45.4],
  '11': [48.1, 1.4, 49.3, 3.6],
  '24': [46.3, 0, 49, 3.2],
  '27': [46.1, 2.8, 48.4, 7.2],
  '28': [48.1, -2, 50.1, 1.9],
  '32': [48.8, 1.3, 51.1, 4.3],
  '44': [47.4, 3.3, 50.2, 8.3],
  '52': [46.2, -2.6, 48.6, 1],
  '53': [47.2, -5.2, 48.9, -1],
  '75': [42.7, -1.8, 47.2, 2.7],
  '76': [42.3, -0.4, 45.1, 4.9],
  '84': [44.1, 2, 46.9, 7.2],
  '93': [42.9, 4.2, 45.2, 7.8],
  '94': [41.3, 8.5, 43.1, 9.6],
};

/** European France, where a map of the whole country looks first. */
export const METROPOLITAN: Bounds = [41.3, -5.2, 51.1, 9.6];

/** Undefined for what is no region on the ground (`FR`). */
export function boundsOfRegion(code: RegionCode): Bounds | undefined {
  return Object.hasOwn(BOUNDS, code) ? BOUNDS[code] : undefined;
}
