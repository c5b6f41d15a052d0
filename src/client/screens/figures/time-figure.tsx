import type { Point } from '#domain/figures.ts';
import { ColumnPlot } from '#client/components/plots/column-plot.tsx';
import type { Format } from '#client/i18n/format.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { Figure } from './figure.tsx';
import type { Bin } from './series.ts';
import { binsOf } from './series.ts';

interface TimeFigureProps {
  readonly title: string;
  readonly hint?: string;
  readonly name: string;
  /** What the file calls the numbers. */
  readonly unit: 'events' | 'people';
  readonly points: readonly Point[];
  readonly count: (n: number) => string;
  readonly empty: string;
}

/** A number over time: by the hour, the day or the week. */
export function TimeFigure({ title, hint, name, unit, points, count, empty }: TimeFigureProps) {
  const t = useT();
  const format = useFormat();
  const bins = binsOf(points);
  const [first, last] = [bins[0], bins.at(-1)];
  const most = bins.toSorted((a, b) => b.count - a.count)[0];
  return (
    <Figure
      title={title}
      {...(hint === undefined ? {} : { hint })}
      name={name}
      columns={[
        {
          key: 'time',
          head: t('figures.time'),
          value: (row) => row.at,
          shown: (row) => timeOf(row, format),
        },
        { key: unit, head: t(`figures.unit.${unit}`), value: (row) => row.count },
      ]}
      rows={points}
      empty={first ? undefined : empty}
    >
      {first && last && most ? (
        <ColumnPlot
          title={title}
          description={t('figures.series', {
            from: timeOf(first, format),
            to: timeOf(last, format),
            most: count(most.count),
            when: timeOf(most, format),
          })}
          columns={bins.map((bin) => ({
            key: bin.at,
            value: bin.count,
            said: t('figures.said', { what: timeOf(bin, format), count: count(bin.count) }),
          }))}
          first={timeOf(first, format)}
          last={timeOf(last, format)}
          top={count(most.count)}
        />
      ) : null}
    </Figure>
  );
}

function timeOf({ at, to }: Bin, format: Format): string {
  const [day = '', hour] = at.split('T');
  if (hour !== undefined) return `${format.day(day)}, ${hour}:00`;
  return to === undefined ? format.day(day) : format.days(day, to);
}
