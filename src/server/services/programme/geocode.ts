import * as v from 'valibot';
import type { FoundAddress, GeocodeAnswer } from '#protocol/geocode.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problem-error.ts';

/** Milliseconds for somebody else's answer: whoever asks waits for it. */
const DEADLINE = 5000;
/** Characters of an answer that is read. */
const MOST = 200_000;
const LIMIT = 6;

/** GeocodeJSON as the Base adresse nationale writes it (addok); other geocoders' more is left aside. */
const answer = v.object({
  features: v.array(
    v.object({
      geometry: v.object({ coordinates: v.looseTuple([v.number(), v.number()]) }),
      properties: v.object({
        label: v.string(),
        name: v.optional(v.nullable(v.string())),
        postcode: v.optional(v.nullable(v.string())),
        city: v.optional(v.nullable(v.string())),
      }),
    }),
  ),
});

/**
 * Asks the geocoder that the operator has configured where an address lies. Only the words go there: neither who asks nor for what.
 * @throws ProblemError `not_found` where none is configured, `busy` when it does not answer as one
 */
export async function geocode(ctx: Context, words: string): Promise<GeocodeAnswer> {
  const { geocoder } = ctx.config;
  if (geocoder === undefined) throw new ProblemError('not_found');
  const url = new URL(geocoder);
  url.searchParams.set('q', words);
  url.searchParams.set('limit', String(LIMIT));
  const parsed = v.safeParse(answer, await jsonFrom(url));
  if (!parsed.success) {
    ctx.log.warn({ host: url.host }, 'the geocoder did not answer with addresses');
    throw new ProblemError('busy', 'the geocoder does not answer', { retryAfter: 60 });
  }
  const addresses = parsed.output.features.slice(0, LIMIT).flatMap(({ geometry, properties }): FoundAddress[] => {
    const [lon, lat] = geometry.coordinates;
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return [];
    const { label, name, postcode, city } = properties;
    return [
      {
        label: label.slice(0, 300),
        ...(name ? { address: name.slice(0, 300) } : {}),
        ...(postcode ? { postalCode: postcode.slice(0, 20) } : {}),
        ...(city ? { city: city.slice(0, 120) } : {}),
        lat,
        lon,
      },
    ];
  });
  return { addresses };
}

async function jsonFrom(url: URL): Promise<unknown> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE),
    });
    if (!response.ok) return undefined;
    const text = await response.text();
    return text.length > MOST ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
