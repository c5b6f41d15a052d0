import type { LocalDate } from '#domain/dates.ts';
import { addDays, daysBetween } from '#domain/dates.ts';
import type { Point } from '#domain/figures.ts';

/** A column of a series: an hour, a day, or the days of a week from `at` to `to`. */
export interface Bin {
  readonly at: string;
  readonly to?: LocalDate;
  readonly count: number;
}

/** Columns that a phone can tell apart. */
const MOST = 92;
const WEEK = 7;

/** A series without gaps: every hour or day between its first and its last, by weeks when these are too many. */
export function binsOf(points: readonly Point[]): Bin[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  if (first.at.includes('T')) return hoursOf(points, first.at, last.at);
  const days = daysBetween(first.at, last.at) + 1;
  const width = days > MOST ? WEEK * Math.ceil(days / MOST / WEEK) : 1;
  const bins = Array.from({ length: Math.ceil(days / width) }, (_, i) => {
    const at = addDays(first.at, i * width);
    return { at, ...(width > 1 ? { to: addDays(at, width - 1) } : {}), count: 0 };
  });
  for (const { at, count } of points) {
    const bin = bins[Math.floor(daysBetween(first.at, at) / width)];
    if (bin) bin.count += count;
  }
  return bins;
}

function hoursOf(points: readonly Point[], first: string, last: string): Bin[] {
  const counts = new Map(points.map((point) => [point.at, point.count]));
  const bins: Bin[] = [];
  const [day = '', from = '0'] = first.split('T');
  const span = daysBetween(day, last.slice(0, 10)) * 24 + Number(last.slice(11)) - Number(from);
  for (let i = 0; i <= span; i++) {
    const hour = Number(from) + i;
    const at = `${addDays(day, Math.floor(hour / 24))}T${String(hour % 24).padStart(2, '0')}`;
    bins.push({ at, count: counts.get(at) ?? 0 });
  }
  return bins;
}
