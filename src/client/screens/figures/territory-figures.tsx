import { Link } from 'react-router';
import type { DepartmentCode } from '#domain/programme.ts';
import type { PlaceFigures } from '#domain/figures.ts';
import { departmentOf, NATIONAL, regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { BarPlot } from '#client/components/plots/bar-plot.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { DepartmentPlot } from '#client/map/department-plot.tsx';
import type { SeenFigures } from '#client/platform/figures.ts';
import { countColumns } from './count-columns.ts';
import { Figure } from './figure.tsx';
import styles from './figures.module.css';

/** Where events are, and where there are none. */
export function TerritoryFigures({ seen: { filter, answer } }: { readonly seen: SeenFigures }) {
  const t = useT();
  const { language, list, compare } = useFormat();
  const { regions, departments } = answer.figures;
  const regionName = (code: string): string => shownIn(regionOf(code)?.name, language).text;
  const name = (code: DepartmentCode): string => departmentOf(code)?.name ?? code;
  const events = (n: number): string => t('programme.count', { count: n });
  const way = (row: PlaceFigures): string =>
    `/?${new URLSearchParams({ edition: filter.edition, region: row.region, ...(row.department ? { department: row.department } : {}) })}`;
  const counts = new Map(departments.map((row) => [row.department!, row.events]));
  const empty = departments
    .filter((row) => row.events === 0)
    .map((row) => name(row.department!))
    .toSorted(compare);
  const own = answer.reach === 'own';
  // A map of what is asked about: one region alone is drawn by itself.
  const asked = filter.region ?? (answer.regions.length === 1 ? answer.regions[0] : undefined);
  const one = asked === NATIONAL ? undefined : asked;
  const emptySaid =
    empty.length === 0
      ? t('figures.departments.all', { n: departments.length })
      : t('figures.departments.empty', { n: empty.length, of: departments.length, names: list(empty) });
  return (
    <section className={styles.part} aria-labelledby="territoires">
      <h2 id="territoires">{t('figures.territory')}</h2>
      <div className={styles.grid}>
        {departments.length > 0 ? (
          <Figure
            title={t('figures.departments')}
            hint={own ? undefined : emptySaid}
            name={`escale-${filter.edition}-departments.csv`}
            columns={[
              {
                key: 'department',
                head: t('programme.filter.department'),
                value: (row) => row.department!,
                shown: (row) => <Link to={way(row)}>{`${row.department!} ${name(row.department!)}`}</Link>,
              },
              { key: 'name', head: '', value: (row) => name(row.department!), shown: false },
              { key: 'region', head: '', value: (row) => row.region, shown: false },
              { key: 'region_name', head: t('programme.filter.region'), value: (row) => regionName(row.region) },
              ...countColumns(t),
            ]}
            rows={departments}
          >
            <DepartmentPlot
              counts={counts}
              {...(one === undefined ? {} : { region: one })}
              title={t('figures.departments.map')}
              description={t(own ? 'figures.departments.own' : 'figures.departments.desc')}
              said={(code, count) => t('figures.said', { what: name(code), count: events(count) })}
              legend={{
                empty: t('figures.departments.none'),
                some: (from, to) => (from === to ? events(from) : t('figures.departments.span', { from, to })),
              }}
            />
          </Figure>
        ) : null}
        <Figure
          title={t('figures.regions')}
          name={`escale-${filter.edition}-regions.csv`}
          columns={[
            { key: 'region', head: '', value: (row) => row.region, shown: false },
            {
              key: 'name',
              head: t('programme.filter.region'),
              value: (row) => regionName(row.region),
              shown: (row) => <Link to={way(row)}>{regionName(row.region)}</Link>,
            },
            ...countColumns(t),
          ]}
          rows={regions}
          empty={regions.length === 0 ? t('figures.events.none') : undefined}
        >
          <BarPlot
            label={t('figures.regions')}
            bars={regions.map((row) => ({
              key: row.region,
              label: <Link to={way(row)}>{regionName(row.region)}</Link>,
              value: row.events,
              said: events(row.events),
            }))}
          />
        </Figure>
      </div>
    </section>
  );
}
