import pg from 'pg';
import type { CustomTypesConfig } from 'pg';

/** int8 and numeric as numbers: none of ours comes near 2^53. */
const INT8 = 20;
const NUMERIC = 1700;

export const pgTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 || oid === NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
};
