import { ExternalLink, EyeOff, MessageCircleQuestion, ThumbsUp, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EventQuestion as Question, QuestionOpening } from '#domain/event-question.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Localized } from '#client/components/localized.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { AnswerView } from '#client/store/questions.ts';
import { keepQuestion, questionOf, supportAnswer, withdrawAnswer } from '#client/store/questions.ts';
import { AnswerForm } from './answer-form.tsx';
import styles from './event-question.module.css';

/** Answers of an opening that show at once. */
const SHOWN = 3;

/** The question that the organiser puts to all, what people answered, and what came out of it. */
export function EventQuestion({ event }: { readonly event: ProgrammeEvent & { readonly question: Question } }) {
  const t = useT();
  const { language } = useFormat();
  const { id, question } = event;
  const view = useLive(questionOf(id));
  useEffect(() => {
    void keepQuestion(id).catch(() => undefined);
  }, [id]);
  const answers = view?.answers ?? [];
  const text = shownIn(question.text, language);
  const outcome = shownIn(question.outcome, language);
  const known = new Set(question.openings.map((opening) => opening.id));
  const others = answers.filter((answer) => !answer.opening || !known.has(answer.opening));

  return (
    <section className={styles.question} aria-labelledby="question">
      <h2 id="question" className={styles.head}>
        <Icon of={MessageCircleQuestion} /> {t('question.title')}
      </h2>
      <p className={styles.text} {...(text.lang === language ? {} : { lang: text.lang })}>
        {text.text}
      </p>
      {outcome.text || question.links ? (
        <div className={styles.outcome}>
          <h3>{t('question.outcome')}</h3>
          {outcome.text ? (
            <RichText source={outcome.text} lang={outcome.lang === language ? undefined : outcome.lang} />
          ) : null}
          {question.links ? (
            <ul className={styles.links}>
              {question.links.map((link) => (
                <li key={link.url}>
                  <a href={link.url} rel="noreferrer">
                    {link.label} <Icon of={ExternalLink} size="1em" />
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
      {question.openings.length > 0 ? (
        <ol className={styles.openings}>
          {question.openings.map((opening, at) => (
            <li key={opening.id} className={styles.opening}>
              <Opening
                number={at + 1}
                opening={opening}
                answers={answers.filter((answer) => answer.opening === opening.id)}
                eventId={id}
                closed={question.closed === true}
              />
            </li>
          ))}
        </ol>
      ) : null}
      {others.length > 0 ? (
        <div className={styles.opening}>
          {question.openings.length > 0 ? <h3 className={styles.openingTitle}>{t('question.others')}</h3> : null}
          <Answers answers={others} eventId={id} closed={question.closed === true} name={t('question.others')} />
        </div>
      ) : null}
      {view && !view.kept ? <p className={styles.quiet}>{t('question.not_here')}</p> : null}
      {question.closed ? (
        <p className={styles.quiet}>{t('question.closed')}</p>
      ) : (
        <AnswerForm eventId={id} question={question} given={answers.filter((answer) => answer.mine).length} />
      )}
    </section>
  );
}

interface AnswersProps {
  readonly answers: readonly AnswerView[];
  readonly eventId: string;
  readonly closed: boolean;
  /** Of the list. */
  readonly name: string;
}

function Opening({
  number,
  opening,
  ...rest
}: Omit<AnswersProps, 'name'> & { readonly number: number; readonly opening: QuestionOpening }) {
  const t = useT();
  const { language } = useFormat();
  return (
    <>
      <h3 className={styles.openingTitle}>
        <span className={styles.number} aria-hidden="true">
          {number}
        </span>
        <span>
          <Localized of={opening.label} />
        </span>
        {rest.answers.length > 0 ? (
          <span className={styles.count}>{t('question.answers', { count: rest.answers.length })}</span>
        ) : null}
      </h3>
      <Answers {...rest} name={shownIn(opening.label, language).text} />
    </>
  );
}

function Answers({ answers, eventId, closed, name }: AnswersProps) {
  const t = useT();
  const [all, setAll] = useState(false);
  if (answers.length === 0) return null;
  // One's own are always in sight.
  const shown = all ? answers : answers.filter((answer, at) => at < SHOWN || answer.mine);
  return (
    <>
      <ul className={styles.answers} aria-label={t('question.answers.of', { opening: name })}>
        {shown.map((answer) => (
          <li key={answer.id} className={styles.answer}>
            <Answer answer={answer} eventId={eventId} closed={closed} />
          </li>
        ))}
      </ul>
      {shown.length < answers.length ? (
        <Button variant="quiet" onClick={() => setAll(true)}>
          {t('question.more', { count: answers.length - shown.length })}
        </Button>
      ) : null}
    </>
  );
}

function Answer({ answer, eventId, closed }: Omit<AnswersProps, 'answers' | 'name'> & { readonly answer: AnswerView }) {
  const t = useT();
  const format = useFormat();
  const { mine, supported, support, refused, hidden } = answer;
  const said = [answer.name ?? t('question.unnamed'), format.day(answer.at.slice(0, 10))].join(' · ');
  return (
    <>
      <p className={styles.words}>{answer.text}</p>
      <div className={styles.foot}>
        <span className={styles.quiet}>{mine ? t('question.mine', { who: said }) : said}</span>
        {answer.pending ? <StatusPill status tone="sun" icon={Undo2} text={t('question.pending')} /> : null}
        {mine ? (
          <>
            {support > 0 ? <span className={styles.quiet}>{t('question.supports', { count: support })}</span> : null}
            <Button variant="quiet" onClick={() => withdrawAnswer(eventId, answer)}>
              {t('question.withdraw')}
            </Button>
          </>
        ) : (
          <button
            type="button"
            className={styles.support}
            aria-pressed={supported}
            disabled={closed}
            onClick={() => supportAnswer({ answerId: answer.id, eventId, support: !supported })}
          >
            <Icon of={ThumbsUp} size="1.1em" />
            <span>{t('question.support', { count: support })}</span>
          </button>
        )}
      </div>
      {refused ? (
        <p className={styles.problem} role="alert">
          {t('question.refused')} {refused.reason ? t(`offline.reason.${refused.reason}`) : null}
        </p>
      ) : null}
      {hidden === undefined ? null : (
        <p className={styles.problem}>
          <Icon of={EyeOff} size="1.1em" /> {t('question.hidden', { reason: hidden })}
        </p>
      )}
    </>
  );
}
