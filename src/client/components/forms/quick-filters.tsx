import type { ReactNode } from 'react';
import { CalendarCheck2, CalendarHeart, Clock, TicketCheck } from 'lucide-react';
import type { EventCard } from '#domain/event-card.ts';
import type { Moment, ProgrammeFilter, When } from '#domain/programme-filter.ts';
import { whens } from '#domain/programme-filter.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { Chip } from '../chip.tsx';
import styles from './quick-filters.module.css';
import { useCounts } from '../use-counts.ts';

export interface QuickFiltersProps {
  readonly cards: readonly EventCard[];
  readonly filter: ProgrammeFilter;
  readonly ids: ReadonlySet<string> | undefined;
  readonly moment: Moment;
  readonly onChange: (filter: ProgrammeFilter) => void;
  /** Another choice, before these. */
  readonly first?: ReactNode;
}

const ICONS = { now: Clock, today: CalendarCheck2, weekend: CalendarHeart } as const;

/** One tap each, with how many events it would show; what would show none is not offered. */
export function QuickFilters({ cards, filter, ids, moment, onChange, first }: QuickFiltersProps) {
  const t = useT();
  const format = useFormat();
  const counts = useCounts(cards, filter, ids, moment);
  const { when, places, ...rest } = filter;
  const withPlaces = places ? { places } : {};
  const choices = [
    ...whens.map((one: When) => ({
      key: one,
      icon: ICONS[one],
      text: t(`programme.when.${one}`),
      pressed: when === one,
      wanted: { ...rest, ...withPlaces, when: one } as ProgrammeFilter,
      without: { ...rest, ...withPlaces } as ProgrammeFilter,
    })),
    {
      key: 'free',
      icon: TicketCheck,
      text: t('programme.places.free'),
      pressed: places === 'free',
      wanted: { ...rest, ...(when ? { when } : {}), places: 'free' } as ProgrammeFilter,
      without: { ...rest, ...(when ? { when } : {}) } as ProgrammeFilter,
    },
  ].map((choice) => ({ ...choice, n: counts?.[choice.key as keyof typeof counts] ?? 0 }));
  const offered = choices.filter((choice) => choice.n > 0 || choice.pressed);
  if (offered.length === 0 && !first) return null;
  return (
    <ul className={styles.row} aria-label={t('programme.quick')}>
      {first ? <li>{first}</li> : null}
      {offered.map(({ key, icon, text, pressed, wanted, without, n }) => (
        <li key={key}>
          <Chip
            text={t('programme.quick.one', { name: text, count: format.number(n) })}
            icon={icon}
            pressed={pressed}
            onPress={() => onChange(pressed ? without : wanted)}
          />
        </li>
      ))}
    </ul>
  );
}
