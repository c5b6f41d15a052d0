import { Plus, Trash2 } from 'lucide-react';
import type { DoorQuestion } from '#domain/door-rules.ts';
import { Button } from '#client/components/button.tsx';
import { CheckField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import styles from './desk.module.css';
import { QuestionFields } from './question-fields.tsx';
import rulesStyles from './rules.module.css';

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
        return (
          <fieldset key={question.id} className={rulesStyles.item}>
            <legend>{number}</legend>
            <QuestionFields question={question} onChange={(next) => replace(at, next)} />
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
