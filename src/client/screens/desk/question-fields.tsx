import { Plus, Trash2 } from 'lucide-react';
import type { DoorQuestion } from '#domain/door-rules.ts';
import { questionKinds } from '#domain/registration-question.ts';
import { Button } from '#client/components/button.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';
import { TextPair } from './text-pair.tsx';

/** What a question at the door and one at the registration have in common. */
type Asked = Pick<DoorQuestion, 'text' | 'kind' | 'options'>;

interface QuestionFieldsProps<Question extends Asked> {
  readonly question: Question;
  readonly onChange: (question: Question) => void;
}

/** The words of a question, how it is answered, and among what one chooses. */
export function QuestionFields<Question extends Asked>({ question, onChange }: QuestionFieldsProps<Question>) {
  const t = useT();
  const options = question.options ?? [];
  return (
    <>
      <TextPair
        label={t('desk.rules.question.text')}
        value={question.text}
        onChange={(text) => onChange({ ...question, text })}
      />
      <SelectField
        className={styles.short ?? ''}
        label={t('desk.rules.question.kind')}
        value={question.kind}
        options={questionKinds.map((kind) => ({
          value: kind,
          label: t(`desk.rules.question.${kind === 'text' ? 'text_kind' : kind}`),
        }))}
        onChange={(value) => {
          const kind = questionKinds.find((one) => one === value) ?? 'text';
          const { options: _, ...rest } = question;
          const chosen = kind === 'choice' ? { ...rest, kind, options: [{ fr: '' }, { fr: '' }] } : { ...rest, kind };
          onChange(chosen as unknown as Question);
        }}
      />
      {question.kind === 'choice' ? (
        <>
          {options.map((option, i) => (
            // An answer is kept by its place, which is what tells one option from another.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={i} className={rulesStyles.option}>
              <TextPair
                label={t('desk.rules.option', { n: i + 1 })}
                value={option}
                onChange={(text) => onChange({ ...question, options: options.with(i, text) })}
              />
              <Button
                variant="quiet"
                icon={Trash2}
                iconOnly
                onClick={() => onChange({ ...question, options: options.toSpliced(i, 1) })}
              >
                {t('desk.rules.remove', { what: t('desk.rules.option', { n: i + 1 }) })}
              </Button>
            </div>
          ))}
          <Button icon={Plus} onClick={() => onChange({ ...question, options: [...options, { fr: '' }] })}>
            {t('desk.rules.option.add')}
          </Button>
        </>
      ) : null}
    </>
  );
}
