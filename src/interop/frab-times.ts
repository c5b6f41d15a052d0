import type { Instant, LocalDate, LocalTime, Slot, Zone } from '#domain/dates.ts';
import { addDays, instantOf, isLocalDate, localOf } from '#domain/dates.ts';

const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const DAY = 24 * 60;
/** Longer is a mistake of the file. */
const LONGEST = 31 * DAY;

/**
 * The slot that begins at an ISO 8601 moment. With an offset that the programme's zone does not have then, the hours are those
 * of the offset: a file that names no zone of its own may be from anywhere.
 * @returns undefined when moment or duration are none
 */
export function slotFromInstant(date: string, duration: string | undefined, zone: Zone): Slot | undefined {
  const parts = MOMENT.exec(date.trim());
  if (!parts || !isLocalDate(parts[1]!)) return undefined;
  const [, day, hour, minute, offset] = parts;
  const wall = `${hour}:${minute}`;
  if (offset === undefined) return slotFromWall(day!, wall, duration, zone);
  const instant = Date.parse(
    `${day}T${wall}:00${offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`}`,
  );
  if (Number.isNaN(instant)) return undefined;
  const here = localOf(instant, zone);
  const same = offset === 'Z' || (here.date === day && here.time === wall);
  return same
    ? slotAt(instant, here, duration, zone)
    : slotAt(instant, { date: day!, time: wall }, duration, zoneOfOffset(offset));
}

/** @returns undefined when the duration is none */
export function slotFromWall(
  date: LocalDate,
  start: LocalTime,
  duration: string | undefined,
  zone: Zone,
): Slot | undefined {
  return slotAt(instantOf(date, start, zone), { date, time: start }, duration, zone);
}

function slotAt(
  from: Instant,
  local: { date: LocalDate; time: LocalTime },
  duration: string | undefined,
  zone: Zone,
): Slot | undefined {
  const start = { date: local.date, start: local.time };
  if (duration === undefined) return { ...start, zone };
  const minutes = minutesOf(duration);
  if (minutes === undefined) return undefined;
  if (minutes === 0) return { ...start, zone };
  // From midnight to midnight is how a format that wants hours says a day.
  if (local.time === '00:00' && minutes % DAY === 0) {
    const endDate = addDays(local.date, minutes / DAY - 1);
    return { date: local.date, ...(endDate === local.date ? {} : { endDate }), zone };
  }
  const end = localOf(from + minutes * 60_000, zone);
  return { ...start, end: end.time, ...(end.date === local.date ? {} : { endDate: end.date }), zone };
}

/** `1:30`, `01:30`, `01:30:00`, `90`; `2:01:00:00` with days. */
function minutesOf(text: string): number | undefined {
  const parts = text.trim().split(':');
  if (parts.length > 4 || !parts.every((p) => /^\d{1,4}$/.test(p))) return undefined;
  const [a, b, c] = parts.map(Number);
  const minutes = parts.length === 1 ? a! : parts.length === 4 ? (a! * 24 + b!) * 60 + c! : a! * 60 + b!;
  return minutes <= LONGEST ? minutes : undefined;
}

/** Signs of `Etc/GMT` are turned round (POSIX); offsets that are no whole hours keep their own spelling. */
function zoneOfOffset(offset: string): Zone {
  const hours = Number(offset.slice(1, 3));
  if (!offset.endsWith('00')) return `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  return hours === 0 ? 'Etc/UTC' : `Etc/GMT${offset.startsWith('-') ? '+' : '-'}${hours}`;
}
