import { accessibilityCodes } from '#domain/programme.ts';
import { LIMITS } from '#domain/proposal-check.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { CheckGroup } from '#client/components/forms/check-group.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import type { SectionProps } from './section.tsx';

/** Who can take part, and under which conditions. */
export function AccessSection({ content, english, errorOf, change }: SectionProps) {
  const t = useT();
  const { min, max } = content.age ?? {};
  const putAge = (part: { min?: number | undefined; max?: number | undefined }): void => {
    const next = Object.fromEntries(Object.entries({ min, max, ...part }).filter(([, value]) => value !== undefined));
    change({ age: Object.keys(next).length > 0 ? next : undefined });
  };
  return (
    <>
      <CheckGroup
        id={fieldId('accessibility')}
        label={t('propose.accessibility')}
        hint={t('propose.accessibility.hint')}
        values={content.accessibility ?? []}
        options={accessibilityCodes.map((value) => ({ value, label: t(`event.access.${value}`) }))}
        error={errorOf('accessibility')}
        onChange={(accessibility) => change({ accessibility })}
      />
      <BilingualField
        id={fieldId('conditions')}
        label={t('propose.conditions')}
        hint={t('propose.conditions.hint')}
        value={content.conditions}
        english={english}
        max={LIMITS.conditions}
        rows={2}
        optional
        error={errorOf('conditions')}
        onChange={(conditions) => change({ conditions })}
      />
      <div className={styles.row}>
        {(['min', 'max'] as const).map((end) => (
          <Field
            key={end}
            id={fieldId(`age.${end}`)}
            className={styles.short ?? ''}
            label={t(`propose.age.${end}`)}
            mark={t('form.optional')}
            type="number"
            inputMode="numeric"
            min={0}
            max={120}
            value={content.age?.[end] ?? ''}
            error={errorOf(`age.${end}`)}
            onChange={(event) => {
              const years = event.target.valueAsNumber;
              putAge({ [end]: Number.isFinite(years) ? Math.trunc(years) : undefined });
            }}
          />
        ))}
      </div>
    </>
  );
}
