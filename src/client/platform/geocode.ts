import type { GeocodeAnswer } from '#protocol/geocode.ts';
import { geocodeAnswer } from '#protocol/geocode.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

/** Asks where an address lies; the server passes the words on to the geocoder that its operator has chosen. */
export function findAddress(words: string): Promise<Called<GeocodeAnswer>> {
  return call('GET', `/geocode?${new URLSearchParams({ q: words.slice(0, 200) })}`, geocodeAnswer);
}
