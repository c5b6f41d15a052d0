import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { EventCard } from '#domain/event-card.ts';
import type { Day } from '#domain/programme-days.ts';
import type { FilterKey, ProgrammeFilter } from '#domain/programme-filter.ts';
import { withoutPart } from '#domain/programme-filter.ts';
import type { Edition } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Chip } from '#client/components/chip.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { FilterForm } from '#client/components/forms/filter-form.tsx';
import { filterOptions, valueText } from '#client/components/forms/filter-options.ts';
import { Sheet } from '#client/components/modal.tsx';
import { chooseEdition, useEditions } from '#client/hooks/use-editions.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './programme-screen.module.css';

export interface FiltersProps {
  readonly cards: readonly EventCard[];
  /** Of the whole edition. */
  readonly days: readonly Day[];
  readonly filter: ProgrammeFilter;
  readonly edition: Edition | undefined;
  /** How many filters are in use. */
  readonly active: number;
  readonly onChange: (filter: ProgrammeFilter) => void;
}

/** The filters beside the list, where there is room. */
export function FilterColumn(props: FiltersProps) {
  const t = useT();
  const { filter, active, onChange } = props;
  return (
    <>
      <EditionField />
      <section aria-label={t('programme.filters')} className={styles.filters}>
        <Form {...props} />
        {active > 0 ? (
          <Button variant="quiet" onClick={() => onChange(onlySearch(filter))}>
            {t('programme.filters.clear')}
          </Button>
        ) : null}
      </section>
    </>
  );
}

export interface FilterSheetProps extends FiltersProps {
  /** Events that are left. */
  readonly count: number;
  readonly onClose: () => void;
}

/** The filters over the list, where there is none. */
export function FilterSheet({ count, onClose, ...props }: FilterSheetProps) {
  const t = useT();
  const { filter, active, onChange } = props;
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('programme.filters')}
      actions={
        <>
          <Button disabled={active === 0} onClick={() => onChange(onlySearch(filter))}>
            {t('programme.filters.clear')}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t('programme.filters.show', { count })}
          </Button>
        </>
      }
    >
      <div className={styles.filters}>
        <EditionField />
        <Form {...props} />
      </div>
    </Sheet>
  );
}

function onlySearch({ q }: ProgrammeFilter): ProgrammeFilter {
  return q ? { q } : {};
}

function Form({ cards, days, filter, edition, onChange }: FiltersProps) {
  const t = useT();
  const format = useFormat();
  const options = useMemo(
    () =>
      filterOptions(
        cards,
        days.flatMap((day) => day.date ?? []),
        filter,
        { t, format, edition },
      ),
    [cards, days, filter, t, format, edition],
  );
  return <FilterForm filter={filter} options={options} onChange={onChange} />;
}

export interface FiltersInUseProps {
  readonly parts: readonly FilterKey[];
  readonly filter: ProgrammeFilter;
  readonly edition: Edition | undefined;
  readonly onChange: (filter: ProgrammeFilter) => void;
}

/** What narrows the list down, each with a way to take it away. */
export function FiltersInUse({ parts, filter, edition, onChange }: FiltersInUseProps) {
  const t = useT();
  const format = useFormat();
  return (
    <ul className={styles.chips} aria-label={t('programme.filters.in_use')}>
      {parts.map((key) => {
        const value = valueText(key, filter[key]!, { t, format, edition });
        return (
          <li key={key}>
            <Chip
              text={value}
              removeLabel={t('programme.remove', { filter: t(`programme.filter.${key}`), value })}
              onRemove={() => onChange(withoutPart(filter, key))}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Other editions: past ones and those that were brought in from elsewhere. */
function EditionField() {
  const t = useT();
  const { language } = useFormat();
  const { editions, current } = useEditions();
  const [, setParams] = useSearchParams();
  if (editions.length < 2) return null;
  return (
    <SelectField
      label={t('programme.edition')}
      value={current?.id ?? ''}
      options={editions.map((edition) => ({ value: edition.id, label: shownIn(edition.title, language).text }))}
      onChange={(id) => {
        chooseEdition(id);
        setParams({ edition: id });
      }}
    />
  );
}
