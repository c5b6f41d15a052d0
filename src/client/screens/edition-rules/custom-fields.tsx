import { Plus, Trash2 } from 'lucide-react';
import type { CustomField } from '#domain/proposal.ts';
import { Button } from '#client/components/button.tsx';
import { CheckField, Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './edition-rules.module.css';

interface CustomFieldsProps {
  readonly fields: readonly CustomField[];
  readonly onChange: (fields: readonly CustomField[]) => void;
}

const KINDS = ['line', 'text', 'yes_no', 'choice'] as const;

/** The questions of this edition's form beside those that all have. */
export function CustomFields({ fields, onChange }: CustomFieldsProps) {
  const t = useT();
  const put = (at: number, part: Partial<CustomField>): void =>
    onChange(fields.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const add = (): void => {
    // Its id stays when its words change: answers are kept under it.
    const id = `q_${crypto.randomUUID().slice(0, 8)}`;
    onChange([...fields, { id, label: {}, kind: 'line' }]);
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('moderation.rules.custom')}</legend>
      <p className={styles.hint}>{t('moderation.rules.custom.hint')}</p>
      {fields.map((field, at) => (
        <div key={field.id} className={styles.entry}>
          <Field
            label={t('moderation.rules.custom.fr')}
            value={field.label['fr'] ?? ''}
            maxLength={300}
            onChange={(event) => put(at, { label: worded(field.label, 'fr', event.target.value) })}
          />
          <Field
            label={t('moderation.rules.custom.en')}
            lang="en"
            value={field.label['en'] ?? ''}
            maxLength={300}
            onChange={(event) => put(at, { label: worded(field.label, 'en', event.target.value) })}
          />
          <SelectField
            label={t('moderation.rules.custom.kind')}
            value={field.kind}
            options={KINDS.map((value) => ({ value, label: t(`moderation.rules.custom.kind.${value}`) }))}
            onChange={(kind) => put(at, { kind: kind as CustomField['kind'] })}
          />
          {field.kind === 'choice' ? (
            <TextAreaField
              label={t('moderation.rules.custom.options')}
              hint={t('moderation.rules.custom.options.hint')}
              value={(field.options ?? []).map((one) => one['fr'] ?? '').join('\n')}
              onChange={(event) =>
                put(at, {
                  options: event.target.value
                    .split('\n')
                    .slice(0, 50)
                    .map((line, i) => ({ ...field.options?.[i], fr: line.slice(0, 300) })),
                })
              }
            />
          ) : null}
          <CheckField
            label={t('moderation.rules.custom.required')}
            checked={field.required ?? false}
            onChange={(event) => onChange(fields.map((one, i) => (i === at ? asked(one, event.target.checked) : one)))}
          />
          <Button icon={Trash2} onClick={() => onChange(fields.filter((_, i) => i !== at))}>
            {t('moderation.rules.remove')}
          </Button>
        </div>
      ))}
      <Button icon={Plus} className={styles.start ?? ''} onClick={add}>
        {t('moderation.rules.custom.add')}
      </Button>
    </fieldset>
  );
}

function worded(label: CustomField['label'], language: string, text: string): CustomField['label'] {
  const { [language]: _, ...rest } = label;
  return text === '' ? rest : { ...rest, [language]: text };
}

function asked({ required: _, ...field }: CustomField, required: boolean): CustomField {
  return required ? { ...field, required } : field;
}
