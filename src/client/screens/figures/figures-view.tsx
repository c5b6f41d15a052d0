import type { Counts } from '#domain/figures.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { SeenFigures } from '#client/platform/figures.ts';
import styles from './figures.module.css';
import { PeopleFigures } from './people-figures.tsx';
import { ProgrammeFigures } from './programme-figures.tsx';
import { TerritoryFigures } from './territory-figures.tsx';

/** Everything that was counted, from the sums to their parts. */
export function FiguresView({ seen }: { readonly seen: SeenFigures }) {
  const t = useT();
  const { total } = seen.answer.figures;
  return (
    <>
      <section className={styles.part} aria-labelledby="ensemble">
        <h2 id="ensemble">{t('figures.total')}</h2>
        <Sums total={total} />
      </section>
      <TerritoryFigures seen={seen} />
      <ProgrammeFigures seen={seen} />
      <PeopleFigures seen={seen} />
      <p className={styles.hint}>{t('figures.privacy')}</p>
    </>
  );
}

function Sums({ total }: { readonly total: Counts }) {
  const t = useT();
  const { number, percent } = useFormat();
  const sums: readonly { key: string; value: string; more?: string }[] = [
    {
      key: 'events',
      value: number(total.events),
      ...(total.cancelled > 0 ? { more: t('figures.cancelled.more', { n: total.cancelled }) } : {}),
    },
    {
      key: 'registered',
      value: number(total.registered),
      ...(total.waiting > 0 ? { more: t('figures.waiting.more', { n: total.waiting }) } : {}),
    },
    {
      key: 'arrived',
      value: number(total.arrived),
      ...(total.walkIns > 0 ? { more: t('figures.walkIns.more', { n: total.walkIns }) } : {}),
    },
    {
      key: 'absent',
      value: total.awaited > 0 ? number(total.absent) : '—',
      more:
        total.awaited > 0
          ? t('figures.absent.more', { share: percent(total.absent / total.awaited), n: total.awaited })
          : t('figures.absent.unknown'),
    },
  ];
  return (
    <dl className={styles.sums}>
      {sums.map(({ key, value, more }) => (
        <div key={key} className={styles.sum}>
          <dt>{t(`figures.${key}`)}</dt>
          <dd className={styles.big}>{value}</dd>
          {more ? <dd className={styles.hint}>{more}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
