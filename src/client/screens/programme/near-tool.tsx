import { useMemo } from 'react';
import type { EventCard } from '#domain/event-card.ts';
import { radii, townsOf } from '#domain/near.ts';
import { SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import type { Around, AroundView } from '#client/hooks/use-around.ts';
import { lookAround, setAround } from '#client/hooks/use-around.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './near-tool.module.css';

export interface NearToolProps extends Pick<AroundView, 'kind' | 'around'> {
  readonly cards: readonly EventCard[];
}

/** How far around what; without the position, around a town of the programme. */
export function NearTool({ cards, kind, around }: NearToolProps) {
  const t = useT();
  if (around) return <AroundBar cards={cards} around={around} />;
  if (kind !== 'denied' && kind !== 'unavailable') return null;
  return (
    <Notice className={styles.notice ?? ''}>
      <p role="status">{t(`near.${kind}`)}</p>
      <Town cards={cards} chosen="" label={t('near.town')} />
    </Notice>
  );
}

function AroundBar({ cards, around }: { readonly cards: readonly EventCard[]; readonly around: Around }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className={styles.bar} role="group" aria-label={t('programme.near')}>
      <Town cards={cards} chosen={around.town ?? ''} label={t('near.around')} here={around.town === undefined} />
      <SelectField
        className={styles.field ?? ''}
        label={t('near.within')}
        value={String(around.radius)}
        options={radii.map((radius) => ({ value: String(radius), label: format.distance(radius * 1000) }))}
        onChange={(value) => {
          const radius = radii.find((one) => String(one) === value);
          if (radius) setAround({ ...around, radius });
        }}
      />
    </div>
  );
}

interface TownProps {
  readonly cards: readonly EventCard[];
  readonly chosen: string;
  readonly label: string;
  /** The person's own place is what is chosen. */
  readonly here?: boolean;
}

function Town({ cards, chosen, label, here = false }: TownProps) {
  const t = useT();
  const format = useFormat();
  const towns = useMemo(() => townsOf(cards).sort((a, b) => format.compare(a.name, b.name)), [cards, format]);
  return (
    <SelectField
      className={styles.field ?? ''}
      label={label}
      value={chosen}
      options={[
        { value: '', label: t(here ? 'near.here' : 'near.choose') },
        ...towns.map((town) => ({ value: town.name, label: town.name })),
      ]}
      onChange={(name) => {
        const town = towns.find((one) => one.name === name);
        if (town) lookAround({ ...town.at, town: name }, cards);
      }}
    />
  );
}
