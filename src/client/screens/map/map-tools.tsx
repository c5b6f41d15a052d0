import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Chip } from '#client/components/chip.tsx';
import { FilterForm } from '#client/components/forms/filter-form.tsx';
import { filterOptions, valueText } from '#client/components/forms/filter-options.ts';
import { Sheet } from '#client/components/modal.tsx';
import { QuickFilters } from '#client/components/forms/quick-filters.tsx';
import { SearchField } from '#client/components/forms/search-field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { LocalDate } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { Moment, ProgrammeFilter } from '#domain/programme-filter.ts';
import { filterKeys, withoutPart } from '#domain/programme-filter.ts';
import type { Edition } from '#domain/programme.ts';
import styles from './map-screen.module.css';

interface MapToolsProps {
  readonly edition: Edition | undefined;
  readonly cards: readonly EventCard[];
  readonly filter: ProgrammeFilter;
  readonly ids: ReadonlySet<string> | undefined;
  readonly moment: Moment;
  /** The map stands, and there is time to count. */
  readonly calm: boolean;
  /** Events that are left. */
  readonly count: number;
  readonly onType: (text: string) => void;
  readonly onRest: (text: string) => void;
  readonly onChange: (filter: ProgrammeFilter) => void;
}

/** Search and filters, the same as of the programme's list. */
export function MapTools(props: MapToolsProps) {
  const { edition, cards, filter, ids, moment, calm, count, onType, onRest, onChange } = props;
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const words = { t, format, edition };
  // Nothing of it is now, soon or free any more.
  const over = edition?.to !== undefined && edition.to < moment.today;
  // What the quick filters say themselves is not said again beside them.
  const parts = filterKeys.filter(
    (key) => filter[key] && key !== 'q' && key !== 'to' && key !== 'when' && key !== 'places',
  );
  return (
    <>
      <div className={styles.tools}>
        <SearchField value={filter.q ?? ''} onType={onType} onRest={onRest} />
        <Button icon={SlidersHorizontal} onClick={() => setOpen(true)}>
          {t('programme.filters')}
        </Button>
      </div>
      {over ? null : (
        <div className={styles.quick}>
          {calm ? <QuickFilters cards={cards} filter={filter} ids={ids} moment={moment} onChange={onChange} /> : null}
        </div>
      )}
      {parts.length > 0 ? (
        <ul className={styles.chips} aria-label={t('programme.filters.in_use')}>
          {parts.map((key) => {
            const name = t(`programme.filter.${key}`);
            const value = valueText(key, filter[key]!, words);
            const rest = key === 'from' ? withoutPart(withoutPart(filter, 'from'), 'to') : withoutPart(filter, key);
            return (
              <li key={key}>
                <Chip
                  text={value}
                  onRemove={() => onChange(rest)}
                  removeLabel={t('programme.remove', { filter: name, value })}
                />
              </li>
            );
          })}
        </ul>
      ) : null}
      <Sheet
        open={open}
        onClose={() => setOpen(false)}
        title={t('programme.filters')}
        actions={
          <>
            <Button disabled={parts.length === 0} onClick={() => onChange(filter.q ? { q: filter.q } : {})}>
              {t('programme.filters.clear')}
            </Button>
            <Button variant="primary" onClick={() => setOpen(false)}>
              {t('programme.filters.show', { count })}
            </Button>
          </>
        }
      >
        {open ? (
          <FilterForm
            filter={filter}
            options={filterOptions(cards, daysOf(cards), filter, words)}
            onChange={onChange}
          />
        ) : null}
      </Sheet>
    </>
  );
}

function daysOf(cards: readonly EventCard[]): LocalDate[] {
  return [...new Set(cards.flatMap((card) => card.slots.map((slot) => slot.date)))].toSorted();
}
