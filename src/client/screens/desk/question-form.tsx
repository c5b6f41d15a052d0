import { ExternalLink, Plus, Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import * as v from 'valibot';
import type { EventQuestion } from '#domain/event-question.ts';
import type { LocalizedText } from '#domain/text.ts';
import { languages } from '#domain/text.ts';
import type { DeskQuestion, QuestionEdit } from '#protocol/event-question.ts';
import { eventQuestion } from '#protocol/programme.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CheckField, Field, TextAreaField } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { saveDeskQuestion } from '#client/platform/desk-question.ts';
import { newId } from '#client/store/ids.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';
import type { SaveState } from './save-bar.tsx';
import { SaveBar } from './save-bar.tsx';
import { TextPair } from './text-pair.tsx';

interface QuestionFormProps {
  readonly eventId: string;
  readonly saved: DeskQuestion;
  /** It has just been published from here. */
  readonly fresh: boolean;
  readonly onSaved: (version: string) => void;
}

/** Most ways in, and most links, that one may give. */
const OPENINGS = 12;
const LINKS = 20;

const empty: EventQuestion = { text: { fr: '' }, openings: [] };

/** The words of the question; published with the event. */
export function QuestionForm({ eventId, saved, fresh, onSaved }: QuestionFormProps) {
  const t = useT();
  const [question, setQuestion] = useState<EventQuestion>(saved.question ?? empty);
  const [state, setState] = useState<SaveState>(fresh ? 'saved' : 'none');
  const [removing, setRemoving] = useState(false);
  const dirty = JSON.stringify(question) !== JSON.stringify(saved.question ?? empty);
  const change = (more: Partial<EventQuestion>): void => {
    setQuestion({ ...question, ...more });
    setState('none');
  };
  const put = async (next: QuestionEdit['question']): Promise<void> => {
    setState('saving');
    const called = await saveDeskQuestion(eventId, { question: next, basedOn: saved.version });
    setState(called.kind === 'failed' ? called.reason : 'saved');
    setRemoving(false);
    if (called.kind === 'done') onSaved(called.value.version);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const parsed = v.safeParse(eventQuestion, tidy(question));
    if (!parsed.success) return setState('incomplete');
    return put(parsed.output);
  };
  const links = question.links ?? [];
  const setLinks = (next: EventQuestion['links']): void => {
    const { links: _, ...rest } = question;
    setQuestion(next && next.length > 0 ? { ...rest, links: next } : rest);
    setState('none');
  };
  return (
    <form className={rulesStyles.rules} onSubmit={(event) => void save(event)} noValidate>
      <TextPair label={t('question.desk.text')} value={question.text} onChange={(text) => change({ text })} />
      <fieldset className={rulesStyles.rulesGroup}>
        <legend>{t('question.desk.openings')}</legend>
        {question.openings.map((opening, at) => (
          <div key={opening.id} className={rulesStyles.option}>
            <TextPair
              label={t('question.desk.opening', { n: at + 1 })}
              value={opening.label}
              onChange={(label) => change({ openings: question.openings.with(at, { ...opening, label }) })}
            />
            <Button
              variant="quiet"
              icon={Trash2}
              iconOnly
              onClick={() => change({ openings: question.openings.toSpliced(at, 1) })}
            >
              {t('question.desk.opening.remove', { n: at + 1 })}
            </Button>
          </div>
        ))}
        {question.openings.length < OPENINGS ? (
          <Button
            icon={Plus}
            onClick={() => change({ openings: [...question.openings, { id: newId(), label: { fr: '' } }] })}
          >
            {t('question.desk.opening.add')}
          </Button>
        ) : null}
      </fieldset>
      {saved.question ? (
        <fieldset className={rulesStyles.rulesGroup}>
          <legend>{t('question.outcome')}</legend>
          <CheckField
            label={t('question.desk.closed')}
            hint={t('question.desk.closed.hint')}
            checked={question.closed === true}
            onChange={(event) => {
              const { closed: _, ...rest } = question;
              setQuestion(event.target.checked ? { ...rest, closed: true } : rest);
              setState('none');
            }}
          />
          <div className={rulesStyles.pair}>
            {languages.map((language) => (
              <TextAreaField
                key={language}
                label={t('question.desk.outcome', { language: t(`question.desk.${language}`) })}
                hint={t('question.desk.outcome.hint')}
                lang={language}
                rows={5}
                maxLength={20_000}
                value={question.outcome?.[language] ?? ''}
                onChange={(event) => change({ outcome: { ...question.outcome, [language]: event.target.value } })}
              />
            ))}
          </div>
          {links.map((link, at) => (
            // A link is told by its place: both of its texts are being written.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={at} className={rulesStyles.option}>
              <div className={rulesStyles.pair}>
                <Field
                  label={t('question.desk.link.label', { n: at + 1 })}
                  value={link.label}
                  maxLength={300}
                  onChange={(event) => setLinks(links.with(at, { ...link, label: event.target.value }))}
                />
                <Field
                  label={t('question.desk.link.url', { n: at + 1 })}
                  type="url"
                  inputMode="url"
                  placeholder="https://"
                  value={link.url}
                  onChange={(event) => setLinks(links.with(at, { ...link, url: event.target.value.trim() }))}
                />
              </div>
              <Button variant="quiet" icon={Trash2} iconOnly onClick={() => setLinks(links.toSpliced(at, 1))}>
                {t('question.desk.link.remove', { n: at + 1 })}
              </Button>
            </div>
          ))}
          {links.length < LINKS ? (
            <Button icon={Plus} onClick={() => setLinks([...links, { label: '', url: '' }])}>
              {t('question.desk.link.add')}
            </Button>
          ) : null}
        </fieldset>
      ) : null}
      {saved.question ? (
        <div className={styles.actions}>
          <LinkButton variant="quiet" icon={ExternalLink} to={`/evenements/${saved.slug}#question`}>
            {t('desk.event.page')}
          </LinkButton>
          <Button variant="quiet" icon={Trash2} onClick={() => setRemoving(true)}>
            {t('question.desk.remove')}
          </Button>
        </div>
      ) : null}
      <SaveBar
        state={state}
        dirty={dirty}
        words={{
          save: t('question.desk.save'),
          saved: t('question.desk.saved'),
          dirty: t('question.desk.dirty'),
          incomplete: t('question.desk.incomplete'),
          revert: t('question.desk.revert'),
        }}
        onRevert={() => {
          setQuestion(saved.question ?? empty);
          setState('none');
        }}
      />
      <Dialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={t('question.desk.remove.title')}
        actions={
          <>
            <Button onClick={() => setRemoving(false)}>{t('question.desk.keep')}</Button>
            <Button variant="danger" busy={state === 'saving'} onClick={() => void put(null)}>
              {t('question.desk.remove')}
            </Button>
          </>
        }
      >
        <p>{t('question.desk.remove.text')}</p>
      </Dialog>
    </form>
  );
}

/** Without what was left empty where it may be: a language, the outcome. */
function tidy(question: EventQuestion): EventQuestion {
  const { outcome, ...rest } = question;
  const said = outcome && filled(outcome);
  return {
    ...rest,
    text: filled(question.text),
    openings: question.openings.map((opening) => ({ ...opening, label: filled(opening.label) })),
    ...(said && Object.keys(said).length > 0 ? { outcome: said } : {}),
  };
}

function filled(text: LocalizedText): LocalizedText {
  return Object.fromEntries(Object.entries(text).filter(([, one]) => one.trim() !== ''));
}
