import type { ProgrammeFilter } from '#domain/programme-filter.ts';
import { regionOfDepartment } from '#domain/regions.ts';
import type { Option } from './field.tsx';
import { SelectField } from './field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './filter-form.module.css';
import type { FilterOptions } from './filter-options.ts';

interface FilterFormProps {
  readonly filter: ProgrammeFilter;
  readonly options: FilterOptions;
  readonly onChange: (filter: ProgrammeFilter) => void;
}

/** The selects that narrow the programme down; each takes effect at once. */
export function FilterForm({ filter, options, onChange }: FilterFormProps) {
  const t = useT();
  const day = filter.from !== undefined && filter.from === filter.to ? filter.from : '';

  const set = (key: 'region' | 'department' | 'format' | 'public' | 'theme' | 'mode' | 'access') => (value: string) => {
    const { [key]: _, ...rest } = filter;
    const next = { ...rest, ...(value ? { [key]: value } : {}) } as ProgrammeFilter;
    const elsewhere = key === 'region' && value && next.department && regionOfDepartment(next.department) !== value;
    if (!elsewhere) return onChange(next);
    const { department: __, ...within } = next;
    return onChange(within);
  };
  const setDay = (value: string): void => {
    const { from: _, to: __, ...rest } = filter;
    onChange(value ? { ...rest, from: value, to: value } : rest);
  };
  const withAll = (key: string, list: readonly Option[]): readonly Option[] => [
    { value: '', label: t(`programme.filter.all.${key}`) },
    ...list,
  ];

  return (
    <div className={styles.form}>
      {(['region', 'department', 'format', 'public', 'theme'] as const).map((key) => (
        <SelectField
          key={key}
          label={t(`programme.filter.${key}`)}
          value={filter[key] ?? ''}
          options={withAll(key, options[key])}
          onChange={set(key)}
        />
      ))}
      <SelectField
        label={t('programme.filter.day')}
        value={day}
        options={withAll('day', options.day)}
        onChange={setDay}
      />
      {(['mode', 'access'] as const).map((key) =>
        options[key].length > 0 ? (
          <SelectField
            key={key}
            label={t(`programme.filter.${key}`)}
            value={filter[key] ?? ''}
            options={withAll(key, options[key])}
            onChange={set(key)}
          />
        ) : null,
      )}
    </div>
  );
}
