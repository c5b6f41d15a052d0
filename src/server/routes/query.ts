import * as v from 'valibot';

/** A whole number in a query, between two bounds; `otherwise` when it is not given. */
export const wholeNumber = (otherwise: string, min: number, max: number) =>
  v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max)),
    otherwise,
  );
