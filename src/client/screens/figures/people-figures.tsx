import { BarPlot } from '#client/components/plots/bar-plot.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { SeenFigures } from '#client/platform/figures.ts';
import { Figure } from './figure.tsx';
import styles from './figures.module.css';
import { TimeFigure } from './time-figure.tsx';

/** Who registered and who came, in numbers. */
export function PeopleFigures({ seen: { filter, answer } }: { readonly seen: SeenFigures }) {
  const t = useT();
  const { registrations, registrationDays, arrivalTimes, total, unrecorded } = answer.figures;
  const people = (n: number): string => t('figures.people', { n });
  const asked = registrations.some((row) => row.parties > 0);
  const came = [
    { key: 'arrived', name: 'registered', count: total.arrived - total.walkIns },
    { key: 'walkIns', name: 'walk_ins', count: total.walkIns },
    { key: 'absent', name: 'absent', count: total.absent },
  ];
  return (
    <section className={styles.part} aria-labelledby="personnes">
      <h2 id="personnes">{t('figures.attendance')}</h2>
      <div className={styles.grid}>
        <Figure
          title={t('figures.registrations')}
          hint={t('figures.registrations.hint')}
          name={`escale-${filter.edition}-registrations.csv`}
          columns={[
            {
              key: 'state',
              head: t('figures.state'),
              value: (row) => row.state,
              shown: (row) => t(`desk.state.${row.state}`),
            },
            { key: 'parties', head: t('figures.parties'), value: (row) => row.parties },
            { key: 'people', head: t('figures.unit.people'), value: (row) => row.people },
          ]}
          rows={registrations}
          empty={asked ? undefined : t('figures.registrations.none')}
        >
          <BarPlot
            label={t('figures.registrations')}
            bars={registrations.map((row) => ({
              key: row.state,
              label: t(`desk.state.${row.state}`),
              value: row.people,
              said: people(row.people),
            }))}
          />
        </Figure>
        <TimeFigure
          title={t('figures.registrationDays')}
          name={`escale-${filter.edition}-registration-days.csv`}
          unit="people"
          points={registrationDays}
          count={people}
          empty={t('figures.registrations.none')}
        />
        <Figure
          title={t('figures.came')}
          hint={[t('figures.came.hint'), unrecorded > 0 ? t('figures.unrecorded', { n: unrecorded }) : '']
            .filter(Boolean)
            .join(' ')}
          name={`escale-${filter.edition}-arrivals.csv`}
          columns={[
            {
              key: 'what',
              head: t('figures.state'),
              value: (row) => row.name,
              shown: (row) => t(`figures.came.${row.key}`),
            },
            { key: 'people', head: t('figures.unit.people'), value: (row) => row.count },
          ]}
          rows={came}
          empty={total.arrived === 0 ? t('figures.came.none') : undefined}
        >
          <BarPlot
            label={t('figures.came')}
            bars={came.map((row) => ({
              key: row.key,
              label: t(`figures.came.${row.key}`),
              value: row.count,
              said: people(row.count),
            }))}
          />
        </Figure>
        <TimeFigure
          title={t('figures.arrivalTimes')}
          hint={t('figures.arrivalTimes.hint')}
          name={`escale-${filter.edition}-arrival-times.csv`}
          unit="people"
          points={arrivalTimes}
          count={people}
          empty={t('figures.came.none')}
        />
      </div>
    </section>
  );
}
