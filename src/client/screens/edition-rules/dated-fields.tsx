import { Plus, Trash2 } from 'lucide-react';
import type { ProposalField, ProposalRules } from '#domain/proposal.ts';
import { Button } from '#client/components/button.tsx';
import { CheckGroup } from '#client/components/forms/check-group.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './edition-rules.module.css';

type Entry = NonNullable<ProposalRules['requiredFrom']>[number];

interface DatedFieldsProps {
  readonly kind: 'required' | 'frozen';
  readonly entries: readonly Entry[];
  readonly onChange: (entries: readonly Entry[]) => void;
}

/** What can be asked for later, being optional at first; what can be frozen, being in the published event. */
const FIELDS: Record<DatedFieldsProps['kind'], readonly ProposalField[]> = {
  required: ['description', 'themes', 'accessibility', 'conditions', 'image', 'registration', 'contacts', 'links'],
  frozen: ['title', 'summary', 'description', 'sessions', 'venues', 'attendanceMode', 'registration', 'image'],
};

/** Fields that change what they are on a day. */
export function DatedFields({ kind, entries, onChange }: DatedFieldsProps) {
  const t = useT();
  const put = (at: number, entry: Entry): void => onChange(entries.map((one, i) => (i === at ? entry : one)));
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t(`moderation.rules.${kind}`)}</legend>
      <p className={styles.hint}>{t(`moderation.rules.${kind}.hint`)}</p>
      {entries.map((entry, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- an entry has no identity but its place
        <div key={at} className={styles.entry}>
          <Field
            type="date"
            className={styles.date ?? ''}
            label={t('moderation.rules.from')}
            value={entry.from}
            onChange={(event) => put(at, { ...entry, from: event.target.value })}
          />
          <CheckGroup
            label={t('moderation.rules.fields')}
            values={entry.fields}
            options={FIELDS[kind].map((value) => ({ value, label: t(`propose.name.${value}`) }))}
            onChange={(fields) => put(at, { ...entry, fields })}
          />
          <Button icon={Trash2} onClick={() => onChange(entries.filter((_, i) => i !== at))}>
            {t('moderation.rules.remove')}
          </Button>
        </div>
      ))}
      <Button
        icon={Plus}
        className={styles.start ?? ''}
        onClick={() => onChange([...entries, { from: '', fields: [] }])}
      >
        {t('moderation.rules.add')}
      </Button>
    </fieldset>
  );
}
