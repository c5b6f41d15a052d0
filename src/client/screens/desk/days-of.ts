import type { DeskEvent } from '#protocol/desk.ts';
import type { DayStyle } from '#client/i18n/days.ts';
import type { Format } from '#client/i18n/format.ts';

/** An event's day, or its first to its last. */
export function daysOf({ firstDay, lastDay }: DeskEvent, format: Format, style?: DayStyle): string | undefined {
  if (!firstDay) return undefined;
  return lastDay ? format.days(firstDay, lastDay) : format.day(firstDay, style);
}
