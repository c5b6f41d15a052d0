import type { Format } from '#client/i18n/format.ts';
import type { Slot } from '#domain/dates.ts';
import { instantOf } from '#domain/dates.ts';
import type { RegionCode } from '#domain/programme.ts';
import { regionOf, zoneOfRegion } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';

/** Whose clock a slot's hours are on, when it is not the device's own: `Guadeloupe`; undefined when nothing needs saying. */
export function otherClock(slot: Slot, region: RegionCode, format: Format): string | undefined {
  if (!slot.start) return undefined;
  // Read by the device's own clock it is the same moment.
  const moment = instantOf(slot.date, slot.start, slot.zone);
  if (new Date(`${slot.date}T${slot.start}`).getTime() === moment) return undefined;
  const named = slot.zone === zoneOfRegion(region) ? regionOf(region) : undefined;
  return named ? textIn(named.name, format.language).text : format.zone(slot.zone, moment);
}
