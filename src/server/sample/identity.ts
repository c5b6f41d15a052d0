import { createHash } from 'node:crypto';
import type { Uuid } from '#domain/ids.ts';
import { uuidV8 } from '#domain/ids.ts';

/** The id of a named thing of the sample: the same on every machine and at every load. */
export function sampleId(...name: readonly (string | number)[]): Uuid {
  return uuidV8(
    createHash('sha256')
      .update(['escale', 'sample', ...name].join('/'))
      .digest(),
  );
}
