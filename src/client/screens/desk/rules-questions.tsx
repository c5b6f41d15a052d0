import { Plus, Trash2 } from 'lucide-react';
import type { DoorQuestion } from '#domain/door-rules.ts';
import { Button } from '#client/components/button.tsx';
import { CheckField, SelectField } from '#client/components/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';
import { TextPair } from './text-pair.tsx';

const kinds = ['yes_no', 'choice', 'text'] as const satisfies readonly DoorQuestion['kind'][];

interface QuestionsEditorProps {
  readonly questions: readonly DoorQuestion[];
  readonly onChange: (questions: readonly DoorQuestion[]) => void;
}

/** What the door asks of each arrival. */
export function QuestionsEditor({ questions, onChange }: QuestionsEditorProps) {
  const t = useT();
  const replace = (at: number, question: DoorQuestion): void => onChange(questions.with(at, question));
  return (
    <fieldset className={rulesStyles.rulesGroup}>
      <legend>{t('desk.rules.questions')}</legend>
      <p className={styles.count}>{t('desk.rules.questions.what')}</p>
      {questions.map((question, at) => {
        const number = t('desk.rules.question', { n: at + 1 });
        const options = question.options ?? [];
        return (
          <fieldset key={question.id} className={rulesStyles.item}>
            <legend>{number}</legend>
            <TextPair
              label={t('desk.rules.question.text')}
              value={question.text}
              onChange={(text) => replace(at, { ...question, text })}
            />
            <SelectField
              className={styles.short ?? ''}
              label={t('desk.rules.question.kind')}
              value={question.kind}
              options={kinds.map((kind) => ({
                value: kind,
                label: t(`desk.rules.question.${kind === 'text' ? 'text_kind' : kind}`),
              }))}
              onChange={(value) => {
                const kind = kinds.find((one) => one === value) ?? 'text';
                const { options: _, ...rest } = question;
                replace(
                  at,
                  kind === 'choice' ? { ...rest, kind, options: [{ fr: '' }, { fr: '' }] } : { ...rest, kind },
                );
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
                      onChange={(text) => replace(at, { ...question, options: options.with(i, text) })}
                    />
                    <Button
                      variant="quiet"
                      icon={Trash2}
                      iconOnly
                      onClick={() => replace(at, { ...question, options: options.toSpliced(i, 1) })}
                    >
                      {t('desk.rules.remove', { what: t('desk.rules.option', { n: i + 1 }) })}
                    </Button>
                  </div>
                ))}
                <Button icon={Plus} onClick={() => replace(at, { ...question, options: [...options, { fr: '' }] })}>
                  {t('desk.rules.option.add')}
                </Button>
              </>
            ) : null}
            <CheckField
              label={t('desk.rules.required')}
              hint={t('desk.rules.required.hint')}
              checked={question.required}
              onChange={(event) => replace(at, { ...question, required: event.target.checked })}
            />
            <Button variant="quiet" icon={Trash2} onClick={() => onChange(questions.toSpliced(at, 1))}>
              {t('desk.rules.remove', { what: number })}
            </Button>
          </fieldset>
        );
      })}
      <Button
        icon={Plus}
        onClick={() => onChange([...questions, { id: newId(), text: { fr: '' }, kind: 'yes_no', required: false }])}
      >
        {t('desk.rules.questions.add')}
      </Button>
    </fieldset>
  );
}
