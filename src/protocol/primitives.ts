import * as v from 'valibot';
import { isLocalDate, isLocalTime, isZone } from '#domain/dates.ts';
import { isUuid } from '#domain/ids.ts';

/** Building blocks of the messages. Lengths are limits of the server, in characters. */
export const uuid = v.pipe(v.string(), v.check(isUuid, 'not a UUID'));
export const localDate = v.pipe(v.string(), v.check(isLocalDate, 'not a date YYYY-MM-DD between 1900 and 2199'));
export const localTime = v.pipe(v.string(), v.check(isLocalTime, 'not a time HH:MM'));
export const zone = v.pipe(v.string(), v.maxLength(64), v.check(isZone, 'not an IANA time zone'));
export const instantText = v.pipe(v.string(), v.maxLength(40), v.isoTimestamp());
export const line = (max: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max), v.check(hasNoControl, 'control characters'));
export const prose = (max: number) => v.pipe(v.string(), v.maxLength(max));
export const email = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email());
export const webUrl = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.url(),
  v.regex(/^https?:/i, 'not an http or https address'),
);
/** Where a fact comes from. */
export const source = v.object({
  name: line(300),
  url: v.exactOptional(webUrl),
  licence: v.exactOptional(line(200)),
});
export const editionId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'not an edition id'));
export const regionCode = v.pipe(v.string(), v.regex(/^(FR|\d{2})$/, 'not a region code'));
export const departmentCode = v.pipe(v.string(), v.regex(/^(\d{2}|2[AB]|97\d)$/, 'not a département code'));
export const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,119}$/, 'not a slug'));
export const cursor = v.pipe(v.number(), v.integer(), v.minValue(0));

function hasNoControl(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f]/.test(text);
}
