import type { Counts } from '#domain/figures.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { FigureColumn } from './figure.tsx';

/** What is counted of every part of a programme, with the names that the files give it. */
const KEYS = {
  events: 'events',
  cancelled: 'cancelled',
  registered: 'registered',
  waiting: 'waiting',
  arrived: 'arrived',
  walkIns: 'walk_ins',
  awaited: 'awaited',
  absent: 'absent',
} as const satisfies Record<keyof Counts, string>;

export function countColumns(t: Translate): FigureColumn<Counts>[] {
  return (Object.keys(KEYS) as (keyof Counts)[]).map((key) => ({
    key: KEYS[key],
    head: t(`figures.${key}`),
    value: (row) => row[key],
  }));
}
