import type { Instant, Zone } from './dates.ts';

const HOUR = 3_600_000;

/** Hours ahead of UTC all year round: France overseas has no summer time but for Saint-Pierre-et-Miquelon, whose is America's. */
const STEADY: Readonly<Record<Zone, number>> = {
  'America/Guadeloupe': -4,
  'America/Martinique': -4,
  'America/St_Barthelemy': -4,
  'America/Marigot': -4,
  'America/Cayenne': -3,
  'Indian/Reunion': 4,
  'Indian/Mayotte': 3,
  'Pacific/Wallis': 12,
  'Pacific/Tahiti': -10,
};
const METROPOLITAN = 'Europe/Paris';

/** The years between which these rules are known to hold (directive 2000/84/EC): before them, and once they change, the machine is asked. */
const FROM = Date.UTC(1997, 0);
const UNTIL = Date.UTC(2038, 0);

/**
 * What the zones of nearly every programme are ahead of UTC, in milliseconds, without the machine's time zone data: to ask for
 * them the first time takes a modest phone longer than drawing a page. Undefined for all other zones and years. A test holds
 * this to the data.
 */
export function knownOffset(instant: Instant, zone: Zone): number | undefined {
  if (!(instant >= FROM && instant < UNTIL)) return undefined;
  if (zone === METROPOLITAN) return isSummer(instant) ? 2 * HOUR : HOUR;
  const hours = Object.hasOwn(STEADY, zone) ? STEADY[zone] : undefined;
  return hours === undefined ? undefined : hours * HOUR;
}

/** From one in the morning, UTC, of the last Sunday of March until that of October. */
function isSummer(instant: Instant): boolean {
  const year = new Date(instant).getUTCFullYear();
  return instant >= lastSunday(year, 2) && instant < lastSunday(year, 9);
}

/** @param month of 31 days, from 0 */
function lastSunday(year: number, month: number): Instant {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * 24 * HOUR;
}
