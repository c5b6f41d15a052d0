import { Plus, Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { useCallback, useState } from 'react';
import * as v from 'valibot';
import type { RegistrationForm, RegistrationQuestion } from '#domain/registration-question.ts';
import { MAX_QUESTIONS } from '#domain/registration-question.ts';
import type { DeskForm } from '#protocol/registration-question.ts';
import { registrationForm } from '#protocol/registration-question.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { CheckField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { readDeskForm, saveDeskForm } from '#client/platform/desk.ts';
import { newId } from '#client/store/ids.ts';
import styles from './desk.module.css';
import { QuestionFields } from './question-fields.tsx';
import rulesStyles from './rules.module.css';
import type { SaveState } from './save-bar.tsx';
import { SaveBar } from './save-bar.tsx';
import { useCalled } from '#client/hooks/use-called.ts';

/** What the event asks of those who register; phones ask it once they have heard of it. */
export function FormPanel({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const load = useCallback(() => readDeskForm(eventId), [eventId]);
  const { value, failure, reload } = useCalled(load);
  if (failure && !value) return <CallNotice reason={failure} onRetry={reload} />;
  if (!value) return <p role="status">{t('desk.loading')}</p>;
  return <FormEditor eventId={eventId} saved={value} onSaved={reload} />;
}

interface FormEditorProps {
  readonly eventId: string;
  readonly saved: DeskForm;
  readonly onSaved: () => void;
}

function FormEditor({ eventId, saved, onSaved }: FormEditorProps) {
  const t = useT();
  const [form, setForm] = useState<RegistrationForm>(saved.form);
  const [state, setState] = useState<SaveState>('none');
  const dirty = JSON.stringify(form) !== JSON.stringify(saved.form);
  const { questions } = form;

  const change = (next: RegistrationForm): void => {
    setForm(next);
    setState('none');
  };
  const replace = (at: number, question: RegistrationQuestion): void =>
    change({ ...form, questions: questions.with(at, question) });
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const parsed = v.safeParse(registrationForm, form);
    if (!parsed.success) {
      setState('incomplete');
      return;
    }
    setState('saving');
    const called = await saveDeskForm(eventId, { form: parsed.output, basedOn: saved.version });
    if (called.kind === 'failed') {
      setState(called.reason);
      return;
    }
    setForm(called.value.form);
    setState('saved');
    onSaved();
  };
  return (
    <form className={rulesStyles.rules} onSubmit={(event) => void save(event)} noValidate>
      <fieldset className={rulesStyles.rulesGroup}>
        <legend>{t('desk.form')}</legend>
        <p className={styles.count}>{t('desk.form.what')}</p>
        <CheckField
          label={t('desk.form.names')}
          hint={t('desk.form.names.hint')}
          checked={form.namesRequired ?? false}
          onChange={({ target }) => {
            const { namesRequired: _, ...rest } = form;
            change(target.checked ? { ...rest, namesRequired: true } : rest);
          }}
        />
        {questions.map((question, at) => {
          const number = t('desk.rules.question', { n: at + 1 });
          return (
            <fieldset key={question.id} className={rulesStyles.item}>
              <legend>{number}</legend>
              <QuestionFields question={question} onChange={(next) => replace(at, next)} />
              <CheckField
                label={t('desk.rules.required')}
                hint={t('desk.form.required.hint')}
                checked={question.required}
                onChange={({ target }) => replace(at, { ...question, required: target.checked })}
              />
              <CheckField
                label={t('desk.form.perPerson')}
                hint={t('desk.form.perPerson.hint')}
                checked={question.perPerson ?? false}
                onChange={({ target }) => {
                  const { perPerson: _, ...rest } = question;
                  replace(at, target.checked ? { ...rest, perPerson: true } : rest);
                }}
              />
              <CheckField
                label={t('desk.form.atDoor')}
                hint={t('desk.form.atDoor.hint')}
                checked={question.atDoor ?? false}
                onChange={({ target }) => {
                  const { atDoor: _, ...rest } = question;
                  replace(at, target.checked ? { ...rest, atDoor: true } : rest);
                }}
              />
              <Button
                variant="quiet"
                icon={Trash2}
                onClick={() => change({ ...form, questions: questions.toSpliced(at, 1) })}
              >
                {t('desk.rules.remove', { what: number })}
              </Button>
            </fieldset>
          );
        })}
        {questions.length < MAX_QUESTIONS ? (
          <Button
            icon={Plus}
            onClick={() =>
              change({
                ...form,
                questions: [...questions, { id: newId(), text: { fr: '' }, kind: 'yes_no', required: false }],
              })
            }
          >
            {t('desk.rules.questions.add')}
          </Button>
        ) : null}
      </fieldset>
      <SaveBar
        state={state}
        dirty={dirty}
        words={{
          save: t('desk.form.save'),
          saved: t('desk.form.saved'),
          dirty: t('desk.rules.dirty'),
          incomplete: t('desk.form.incomplete'),
          revert: t('desk.rules.revert'),
        }}
        onRevert={() => change(saved.form)}
      />
    </form>
  );
}
