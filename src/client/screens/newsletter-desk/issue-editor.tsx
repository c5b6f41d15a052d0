import { Mail, SendHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import * as v from 'valibot';
import { shownIn } from '#client/i18n/shown.ts';
import type { NewsletterIssue } from '#protocol/newsletter.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import { classNames } from '#client/components/class-names.ts';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useContent } from '#client/hooks/use-content.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { removeIssue, saveIssue, sendIssue, testIssue } from '#client/platform/newsletter.ts';
import type { Called, CallFailure } from '#client/platform/session.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import styles from './newsletter-desk.module.css';

const LANGUAGES = ['fr', 'en'] as const;
const both = v.object({ fr: v.optional(v.string(), ''), en: v.optional(v.string(), '') });
/** What is typed, kept on the device with each letter. */
const draftSchema = v.object({ subject: both, body: both, basedOn: v.exactOptional(v.string()) });
type Draft = v.InferOutput<typeof draftSchema>;
type Both = v.InferOutput<typeof both>;

interface IssueEditorProps {
  readonly id: string;
  /** Absent: a new one. */
  readonly issue?: NewsletterIssue;
  readonly subscribers: number;
  readonly onClose: () => void;
}

/** Writes an issue in both languages beside what it will look like; what was sent is only looked at. */
export function IssueEditor({ id, issue, subscribers, onClose }: IssueEditorProps) {
  const t = useT();
  const language = useLanguage();
  const { articles } = useContent();
  const key = `escale.newsletter.${issue ? id : 'new'}`;
  const isDraft = issue === undefined || issue.state === 'draft';
  const [draft, setDraft] = useState<Draft>(() => (isDraft && readStored(key, draftSchema)) || draftOf(issue));
  const [touched, setTouched] = useState(false);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [done, setDone] = useState<'saved' | 'tested'>();
  const [asking, setAsking] = useState<'send' | 'remove'>();
  useEffect(() => {
    if (touched) writeStored(key, draft);
  }, [key, draft, touched]);

  const change = (part: Partial<Draft>): void => {
    setTouched(true);
    setDone(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  const attempt = async <T,>(work: () => Promise<Called<T>>): Promise<T | undefined> => {
    setBusy(true);
    const called = await work();
    setBusy(false);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    return called.kind === 'done' ? called.value : undefined;
  };
  /** Writes down what is on the screen, so that what is tried or sent is what was seen. */
  const save = async (): Promise<NewsletterIssue | undefined> => {
    const [subject, body] = [given(draft.subject), given(draft.body)];
    setMissing(!subject || !body);
    if (!subject || !body) return undefined;
    const { basedOn } = draft;
    const saved = await attempt(() => saveIssue(id, { subject, body, ...(basedOn === undefined ? {} : { basedOn }) }));
    if (!saved) return undefined;
    writeStored(key, undefined);
    setTouched(false);
    setDraft((before) => ({ ...before, basedOn: saved.updatedAt }));
    return saved;
  };
  const close = (): void => {
    writeStored(key, undefined);
    onClose();
  };
  const test = async (): Promise<void> => {
    if (!(await save())) return;
    await attempt(async () => {
      const called = await testIssue(id);
      if (called.kind === 'done') setDone('tested');
      return called;
    });
  };
  const send = async (): Promise<void> => {
    setAsking(undefined);
    const saved = await save();
    if (saved && (await attempt(() => sendIssue(id, saved.updatedAt)))) close();
  };
  const remove = async (): Promise<void> => {
    setAsking(undefined);
    if ((await attempt(async () => removed(await removeIssue(id)))) !== undefined) close();
  };
  const insert = (articleId: string): void => {
    const article = articles.find((one) => one.id === articleId);
    if (!article) return;
    const body = { ...draft.body };
    for (const lang of LANGUAGES) {
      if (article.title[lang] === undefined && lang !== 'fr') continue;
      const title = shownIn(article.title, lang).text;
      const summary = shownIn(article.summary, lang).text;
      const piece = [`## ${title}`, summary, `[${t(`newsletter.read.${lang}`)}](/actualites/${article.slug})`];
      body[lang] = [body[lang].trim(), ...piece].filter(Boolean).join('\n\n');
    }
    change({ body });
  };

  const title = shownIn(given(draft.subject) ?? {}, language).text || t('newsletter.write');
  return (
    <div className={styles.page}>
      <PageHeader
        title={title}
        within={t('newsletter.desk')}
        lead={isDraft ? t('newsletter.edit.hint') : t(`newsletter.state.${issue.state}`)}
      />
      {failure === 'edited_elsewhere' ? (
        <Notice tone="attention" urgent title={t('content.edit.elsewhere')}>
          {t('content.edit.elsewhere.text')}
        </Notice>
      ) : failure ? (
        <CallNotice reason={failure} />
      ) : null}
      <div role="status">{done ? <Notice tone="success">{t(`newsletter.${done}`)}</Notice> : null}</div>
      {isDraft && articles.length > 0 ? (
        <SelectField
          className={styles.insert ?? ''}
          label={t('newsletter.insert')}
          hint={t('newsletter.insert.hint')}
          value=""
          options={[
            { value: '', label: t('newsletter.insert.choose') },
            ...articles.map((one) => ({ value: one.id, label: shownIn(one.title, language).text })),
          ]}
          onChange={insert}
        />
      ) : null}
      {LANGUAGES.map((lang) => {
        const mark = t(`content.edit.in.${lang}`);
        const put = (of: Both, value: string): Both => ({ ...of, [lang]: value });
        return (
          <section key={lang} className={styles.language} aria-label={mark}>
            {isDraft ? (
              <div className={styles.fields}>
                <Field
                  label={`${t('newsletter.subject')} (${mark})`}
                  lang={lang}
                  maxLength={150}
                  value={draft.subject[lang]}
                  error={missing && lang === 'fr' && !given(draft.subject) ? t('content.edit.missing') : undefined}
                  onChange={(event) => change({ subject: put(draft.subject, event.target.value) })}
                />
                <TextAreaField
                  label={`${t('content.edit.field.body')} (${mark})`}
                  lang={lang}
                  rows={14}
                  maxLength={40_000}
                  value={draft.body[lang]}
                  error={missing && lang === 'fr' && !given(draft.body) ? t('content.edit.missing') : undefined}
                  onChange={(event) => change({ body: put(draft.body, event.target.value) })}
                />
              </div>
            ) : null}
            <div
              className={classNames(styles.preview, !draft.subject[lang] && !draft.body[lang] && styles.nothing)}
              aria-label={t('content.edit.preview')}
              role="group"
            >
              <p className={styles.previewTitle} aria-hidden="true">
                {t('content.edit.preview')}
              </p>
              <p className={styles.name} lang={lang}>
                {draft.subject[lang]}
              </p>
              <RichText source={draft.body[lang]} lang={lang} />
            </div>
          </section>
        );
      })}
      <div className={styles.actions}>
        {isDraft ? (
          <>
            <Button
              variant="primary"
              icon={SendHorizontal}
              busy={busy}
              disabled={subscribers === 0}
              onClick={() => setAsking('send')}
            >
              {t('newsletter.send', { n: subscribers })}
            </Button>
            <Button icon={Mail} busy={busy} onClick={() => void test()}>
              {t('newsletter.test')}
            </Button>
            <Button busy={busy} onClick={() => void save().then((saved) => saved && setDone('saved'))}>
              {t('newsletter.save')}
            </Button>
          </>
        ) : null}
        <Button variant="quiet" onClick={close}>
          {t('newsletter.close')}
        </Button>
        {isDraft && issue ? (
          <Button variant="danger" icon={Trash2} onClick={() => setAsking('remove')}>
            {t('newsletter.remove')}
          </Button>
        ) : null}
      </div>
      <Dialog
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t(`newsletter.${asking ?? 'send'}.title`)}
        actions={
          <>
            <Button
              variant={asking === 'remove' ? 'danger' : 'primary'}
              onClick={() => void (asking === 'remove' ? remove() : send())}
            >
              {t(asking === 'remove' ? 'newsletter.remove' : 'newsletter.send.now')}
            </Button>
            <Button onClick={() => setAsking(undefined)}>{t('content.edit.keep')}</Button>
          </>
        }
      >
        <p>{t(`newsletter.${asking ?? 'send'}.text`, { n: subscribers })}</p>
      </Dialog>
    </div>
  );
}

function draftOf(issue: NewsletterIssue | undefined): Draft {
  const of = (texts: Readonly<Record<string, string>> | undefined): Both => ({
    fr: texts?.['fr'] ?? '',
    en: texts?.['en'] ?? '',
  });
  return { subject: of(issue?.subject), body: of(issue?.body), ...(issue ? { basedOn: issue.updatedAt } : {}) };
}

/** The languages that something was written in; undefined when it was in none. */
function given(of: Both): { fr?: string; en?: string } | undefined {
  const written = LANGUAGES.filter((lang) => of[lang].trim() !== '');
  return written.length > 0 ? Object.fromEntries(written.map((lang) => [lang, of[lang]])) : undefined;
}

function removed(called: Called<unknown>): Called<true> {
  return called.kind === 'done' ? { kind: 'done', value: true } : called;
}
