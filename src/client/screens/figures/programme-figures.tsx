import type { ProposalState } from '#domain/proposal.ts';
import { BarPlot } from '#client/components/plots/bar-plot.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { SeenFigures } from '#client/platform/figures.ts';
import { countColumns } from './count-columns.ts';
import { Figure } from './figure.tsx';
import styles from './figures.module.css';
import { TimeFigure } from './time-figure.tsx';

/** What is proposed and published: by state, format, audience and day. */
export function ProgrammeFigures({ seen: { filter, answer } }: { readonly seen: SeenFigures }) {
  const t = useT();
  const { proposals, formats, audiences, eventDays } = answer.figures;
  const events = (n: number): string => t('programme.count', { count: n });
  const state = (of: ProposalState): string => t(`figures.proposal.${of}`);
  const proposed = proposals.some((row) => row.added + row.changes > 0);
  return (
    <section className={styles.part} aria-labelledby="programme">
      <h2 id="programme">{t('figures.programme')}</h2>
      <div className={styles.grid}>
        <Figure
          title={t('figures.proposals')}
          hint={t('figures.proposals.hint')}
          name={`escale-${filter.edition}-proposals.csv`}
          columns={[
            { key: 'state', head: t('figures.state'), value: (row) => row.state, shown: (row) => state(row.state) },
            { key: 'new', head: t('figures.proposals.new'), value: (row) => row.added },
            { key: 'changes', head: t('figures.proposals.changes'), value: (row) => row.changes },
          ]}
          rows={proposals}
          empty={proposed ? undefined : t('figures.proposals.none')}
        >
          <BarPlot
            label={t('figures.proposals')}
            bars={proposals.map((row) => ({
              key: row.state,
              label: state(row.state),
              value: row.added + row.changes,
              said: t('figures.proposals.count', { n: row.added + row.changes }),
            }))}
          />
        </Figure>
        <Figure
          title={t('figures.formats')}
          name={`escale-${filter.edition}-formats.csv`}
          columns={[
            {
              key: 'format',
              head: t('programme.filter.format'),
              value: (row) => row.format,
              shown: (row) => t(`format.${row.format}`),
            },
            ...countColumns(t),
          ]}
          rows={formats}
          empty={formats.length === 0 ? t('figures.events.none') : undefined}
        >
          <BarPlot
            label={t('figures.formats')}
            bars={formats
              .toSorted((a, b) => b.events - a.events)
              .map((row) => ({
                key: row.format,
                label: t(`format.${row.format}`),
                value: row.events,
                said: events(row.events),
              }))}
          />
        </Figure>
        <Figure
          title={t('figures.audiences')}
          hint={t('figures.audiences.hint')}
          name={`escale-${filter.edition}-audiences.csv`}
          columns={[
            {
              key: 'audience',
              head: t('programme.filter.public'),
              value: (row) => row.audience,
              shown: (row) => t(`audience.${row.audience}`),
            },
            ...countColumns(t),
          ]}
          rows={audiences}
          empty={formats.length === 0 ? t('figures.events.none') : undefined}
        >
          <BarPlot
            label={t('figures.audiences')}
            bars={audiences.map((row) => ({
              key: row.audience,
              label: t(`audience.${row.audience}`),
              value: row.events,
              said: events(row.events),
            }))}
          />
        </Figure>
        <TimeFigure
          title={t('figures.eventDays')}
          hint={t('figures.eventDays.hint')}
          name={`escale-${filter.edition}-event-days.csv`}
          unit="events"
          points={eventDays}
          count={events}
          empty={t('figures.events.none')}
        />
      </div>
    </section>
  );
}
