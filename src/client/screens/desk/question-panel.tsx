import { Eye, EyeOff, RotateCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import type { DeskQuestion } from '#protocol/event-question.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { moderateAnswer, readDeskQuestion } from '#client/platform/desk-question.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';
import { QuestionForm } from './question-form.tsx';
import questionStyles from './question.module.css';
import { useCalled } from '#client/hooks/use-called.ts';

type DeskAnswer = DeskQuestion['answers'][number];

/** The question that an event puts to all: its words, and what people answered. */
export function QuestionPanel({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const load = useCallback(() => readDeskQuestion(eventId), [eventId]);
  const { value, failure, loading, reload } = useCalled(load);
  const [published, setPublished] = useState<string>();
  if (failure && !value) return <CallNotice reason={failure} onRetry={reload} />;
  if (!value) return <p role="status">{t('desk.loading')}</p>;
  return (
    <div className={questionStyles.panel}>
      <p className={styles.count}>{t('question.desk.intro')}</p>
      <QuestionForm
        key={value.version}
        eventId={eventId}
        saved={value}
        fresh={published === value.version}
        onSaved={(version) => {
          setPublished(version);
          reload();
        }}
      />
      {value.question || value.answers.length > 0 ? (
        <section className={questionStyles.answers} aria-labelledby="desk-answers">
          <div className={questionStyles.head}>
            <h3 id="desk-answers">{t('question.desk.answers')}</h3>
            <Button variant="quiet" icon={RotateCw} busy={loading} onClick={reload}>
              {t('question.desk.refresh')}
            </Button>
          </div>
          {value.answers.length === 0 ? <p className={styles.count}>{t('question.desk.answers.none')}</p> : null}
          <Answers eventId={eventId} value={value} onChanged={reload} />
        </section>
      ) : null}
    </div>
  );
}

interface AnswersProps {
  readonly eventId: string;
  readonly value: DeskQuestion;
  readonly onChanged: () => void;
}

function Answers({ eventId, value, onChanged }: AnswersProps) {
  const t = useT();
  const format = useFormat();
  const [hiding, setHiding] = useState<DeskAnswer>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const moderate = async (answer: DeskAnswer, reason?: string): Promise<void> => {
    const called = await moderateAnswer(eventId, answer.id, reason);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    if (called.kind === 'failed') return;
    setHiding(undefined);
    onChanged();
  };
  return (
    <>
      {failure && !hiding ? <CallNotice reason={failure} /> : null}
      <ul className={questionStyles.list}>
        {value.answers.map((answer) => {
          const opening = value.question?.openings.find((one) => one.id === answer.opening);
          const facts = [
            answer.name ?? t('question.unnamed'),
            format.moment(Date.parse(answer.at)),
            opening ? shownIn(opening.label, format.language).text : undefined,
            answer.support > 0 ? t('question.supports', { count: answer.support }) : undefined,
          ];
          const begin = answer.text.slice(0, 40);
          return (
            <li key={answer.id} className={questionStyles.answer}>
              <p className={questionStyles.words}>{answer.text}</p>
              <p className={styles.count}>{facts.filter(Boolean).join(' · ')}</p>
              {answer.hidden === undefined ? (
                <Button
                  variant="quiet"
                  icon={EyeOff}
                  aria-label={t('question.desk.hide.of', { text: begin })}
                  onClick={() => setHiding(answer)}
                >
                  {t('question.desk.hide')}
                </Button>
              ) : (
                <>
                  <StatusPill tone="sun" icon={EyeOff} text={t('question.desk.hidden', { reason: answer.hidden })} />
                  <Button
                    variant="quiet"
                    icon={Eye}
                    aria-label={t('question.desk.show.of', { text: begin })}
                    onClick={() => void moderate(answer)}
                  >
                    {t('question.desk.show')}
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {hiding ? (
        <HideDialog
          answer={hiding}
          failure={failure}
          onClose={() => setHiding(undefined)}
          onHide={async (reason) => moderate(hiding, reason)}
        />
      ) : null}
    </>
  );
}

interface HideDialogProps {
  readonly answer: DeskAnswer;
  readonly failure: CallFailure['reason'] | undefined;
  readonly onClose: () => void;
  readonly onHide: (reason: string) => Promise<void>;
}

function HideDialog({ answer, failure, onClose, onHide }: HideDialogProps) {
  const t = useT();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const hide = async (): Promise<void> => {
    setMissing(!reason.trim());
    if (!reason.trim()) return;
    setBusy(true);
    await onHide(reason.trim()).finally(() => setBusy(false));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('question.desk.hide.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('question.desk.keep')}</Button>
          <Button variant="danger" busy={busy} onClick={() => void hide()}>
            {t('question.desk.hide')}
          </Button>
        </>
      }
    >
      <div className={styles.dialogForm}>
        <p className={questionStyles.words}>{answer.text}</p>
        <p>{t('question.desk.hide.text')}</p>
        {failure ? <CallNotice reason={failure} /> : null}
        <Field
          label={t('question.desk.hide.reason')}
          value={reason}
          maxLength={300}
          error={missing && !reason.trim() ? t('question.desk.hide.reason.missing') : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </Dialog>
  );
}
