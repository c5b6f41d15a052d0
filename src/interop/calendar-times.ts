import ICAL from 'ical.js';
import type { Slot } from '#domain/dates.ts';
import { addDays, instantOf, isLocalDate, isZone, localOf } from '#domain/dates.ts';
import { limits } from './imported.ts';
import { quote } from './texts.ts';

/** A moment as a calendar says it: a day, a time on a wall clock, or a time in UTC. */
interface Told {
  readonly date: string;
  readonly time?: string;
  readonly zone: string;
}

/** The slot of an entry, or why it has none. `zone`: for times in UTC and times without a zone. */
export function slotOf(component: ICAL.Component, zone: string): Slot | string {
  const start = toldTime(component, 'dtstart', zone);
  if (typeof start === 'string') return start;
  const end = component.hasProperty('dtend') ? toldTime(component, 'dtend', start.zone) : endOf(component, start);
  if (typeof end === 'string') return end;
  return slotBetween(start, end);
}

/**
 * All slots of an entry that may repeat (RRULE, RDATE, EXDATE), with those that were changed one by one in their place.
 * Only series that end after at most as many times as an event may have are taken.
 */
export function occurrencesOf(
  component: ICAL.Component,
  changed: readonly ICAL.Component[],
  zone: string,
): Slot[] | string {
  const first = slotOf(component, zone);
  if (typeof first === 'string') return first;
  const repeats = ['rrule', 'rdate'].some((name) => component.hasProperty(name));
  if (!repeats && changed.length === 0) return [first];
  for (const rule of component.getAllProperties('rrule')) {
    const recur = rule.getFirstValue() as ICAL.Recur;
    if (!recur.isFinite()) return 'it repeats for ever (RRULE without COUNT or UNTIL)';
    if (['SECONDLY', 'MINUTELY', 'HOURLY'].includes(recur.freq)) return `it repeats ${recur.freq.toLowerCase()}`;
  }
  const instead = new Map<string, Slot>();
  for (const one of changed) {
    const slot = slotOf(one, zone);
    if (typeof slot === 'string') return slot;
    if (String(one.getFirstPropertyValue('status')) === 'CANCELLED') continue;
    // oxlint-disable-next-line typescript/no-base-to-string
    instead.set(String(one.getFirstPropertyValue('recurrence-id')), slot);
  }
  const cancelled = new Set(
    changed
      .filter((one) => String(one.getFirstPropertyValue('status')) === 'CANCELLED')
      // oxlint-disable-next-line typescript/no-base-to-string
      .map((one) => String(one.getFirstPropertyValue('recurrence-id'))),
  );
  const start = component.getFirstPropertyValue('dtstart') as ICAL.Time;
  const series = new ICAL.RecurExpansion({ component, dtstart: start });
  const slots: Slot[] = [];
  for (let time = series.next(); time; time = series.next()) {
    if (slots.length === limits.sessions) return `it repeats more than ${limits.sessions} times`;
    const key = time.toString();
    const moved = instead.get(key);
    instead.delete(key);
    if (moved) slots.push(moved);
    else if (!cancelled.has(key)) {
      const slot = shifted(component, time, zone);
      if (typeof slot === 'string') return slot;
      slots.push(slot);
    }
  }
  return slots.length > 0 ? slots : 'none of its times is left';
}

/** The slot of the entry, begun at another of its times. */
function shifted(component: ICAL.Component, time: ICAL.Time, zone: string): Slot | string {
  const copy = new ICAL.Component(structuredCopy(component), component.parent ?? undefined);
  const start = component.getFirstPropertyValue('dtstart') as ICAL.Time;
  const by = time.subtractDateTz(start);
  for (const name of ['dtstart', 'dtend']) {
    const property = copy.getFirstProperty(name);
    if (!property) continue;
    const value = (property.getFirstValue() as ICAL.Time).clone();
    value.addDuration(by);
    property.setValue(value);
  }
  return slotOf(copy, zone);
}

const structuredCopy = (component: ICAL.Component): never => JSON.parse(JSON.stringify(component.toJSON())) as never;

function endOf(component: ICAL.Component, start: Told): Told | undefined | string {
  const duration = component.getFirstPropertyValue('duration') as ICAL.Duration | null;
  if (!duration) return undefined;
  const seconds = duration.toSeconds();
  if (seconds < 0) return `its duration ${quote(duration.toString())} is negative`;
  const from = (component.getFirstPropertyValue('dtstart') as ICAL.Time).clone();
  from.addDuration(duration);
  const date = `${String(from.year).padStart(4, '0')}-${two(from.month)}-${two(from.day)}`;
  return {
    date,
    ...(start.time === undefined ? {} : { time: `${two(from.hour)}:${two(from.minute)}` }),
    zone: start.zone,
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** What a calendar's property says, in the zone of the place. */
function toldTime(component: ICAL.Component, name: 'dtstart' | 'dtend', zone: string): Told | string {
  const property = component.getFirstProperty(name);
  const label = name.toUpperCase();
  if (!property) return `it has no ${label}`;
  const raw = String((property.toJSON() as unknown[])[3]);
  const [, date, time, utc] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}):\d{2}(Z?))?$/.exec(raw) ?? [];
  if (date === undefined || !isLocalDate(date) || (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)))
    return `its ${label} ${quote(raw)} is no date`;
  if (time === undefined) return { date, zone };
  const tzid = property.getFirstParameter('tzid');
  if (utc === 'Z') {
    const local = localOf(Date.parse(`${date}T${time}:00Z`), zone);
    return { ...local, zone };
  }
  if (!tzid) return { date, time, zone };
  const known = tzid.replace(/^\/[^/]+\//, '');
  if (isZone(known)) return { date, time, zone: known };
  const value = property.getFirstValue() as ICAL.Time;
  if (!value.zone || value.zone === ICAL.Timezone.localTimezone) return `its time zone ${quote(tzid)} is not known`;
  return { ...localOf(value.toJSDate().getTime(), zone), zone };
}

function slotBetween(start: Told, end: Told | undefined): Slot | string {
  const { date, zone } = start;
  if (start.time === undefined) {
    // The end of days is the day after.
    const last = end && end.date > date ? addDays(end.date, -1) : date;
    return { date, ...(last === date ? {} : { endDate: last }), zone };
  }
  if (end?.time === undefined || (end.date === date && end.time === start.time))
    return { date, start: start.time, zone };
  const finish =
    end.zone === zone ? { date: end.date, time: end.time } : localOf(instantOf(end.date, end.time, end.zone), zone);
  if (finish.date < date || (finish.date === date && finish.time < start.time))
    return `its end ${quote(`${finish.date} ${finish.time}`)} is before its start`;
  if (Date.parse(finish.date) - Date.parse(date) > 366 * 86_400_000) return 'it lasts more than a year';
  return {
    date,
    start: start.time,
    end: finish.time,
    ...(finish.date === date ? {} : { endDate: finish.date }),
    zone,
  };
}
