import * as v from 'valibot';
import { prose } from './primitives.ts';

/** An address with where it lies, as whoever knows addresses says it. WGS 84 degrees. */
const foundAddress = v.object({
  label: prose(300),
  address: v.exactOptional(prose(300)),
  postalCode: v.exactOptional(prose(20)),
  city: v.exactOptional(prose(120)),
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
});
export type FoundAddress = v.InferOutput<typeof foundAddress>;

/**
 * `GET /api/v1/geocode?q=` as a signed-in person, where the operator has configured a geocoder; `not_found` without one, `busy`
 * when it does not answer. The best first.
 */
export const geocodeAnswer = v.object({ addresses: v.pipe(v.array(foundAddress), v.maxLength(8)) });
export type GeocodeAnswer = v.InferOutput<typeof geocodeAnswer>;
export const geocodeQuery = v.object({ q: v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(200)) });
