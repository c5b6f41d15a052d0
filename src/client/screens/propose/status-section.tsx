import { eventStatuses } from '#domain/programme.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import type { SectionProps } from './section.tsx';

/** Of a published event: whether it goes ahead, and what those who follow it must know. */
export function StatusSection({ content, english, errorOf, change }: SectionProps) {
  const t = useT();
  return (
    <>
      <div className={styles.row}>
        <SelectField
          id={fieldId('status')}
          label={t('propose.status')}
          hint={t('propose.status.hint')}
          value={content.status ?? 'scheduled'}
          options={eventStatuses.map((value) => ({ value, label: t(`propose.status.${value}`) }))}
          error={errorOf('status')}
          onChange={(value) => change({ status: eventStatuses.find((one) => one === value) })}
        />
      </div>
      <BilingualField
        id={fieldId('statusNote')}
        label={t('propose.statusNote')}
        hint={t('propose.statusNote.hint')}
        value={content.statusNote}
        english={english}
        max={500}
        rows={2}
        optional
        error={errorOf('statusNote')}
        onChange={(statusNote) => change({ statusNote })}
      />
    </>
  );
}
