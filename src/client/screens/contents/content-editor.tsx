import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import * as v from 'valibot';
import type { Article, ContentPage } from '#domain/content.ts';
import type { LocalizedText } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, TextAreaField } from '#client/components/forms/field.tsx';
import { classNames } from '#client/components/class-names.ts';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { removeArticle, saveArticle, savePage } from '#client/platform/contents.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import { syncNow } from '#client/sync/loop.ts';
import styles from './contents.module.css';

/** What is being edited: a page, a piece of news, or one that is not there yet. */
export type Edited =
  | { readonly kind: 'page'; readonly id: ContentPage['id']; readonly item: ContentPage }
  | { readonly kind: 'article'; readonly id: string; readonly item?: Article };

const LANGUAGES = ['fr', 'en'] as const;
const text = v.optional(v.string(), '');
const both = v.object({ fr: text, en: text });
/** What is typed, kept on the device with each letter; `basedOn` is what it was begun from. */
const draftSchema = v.object({
  title: both,
  summary: both,
  body: both,
  day: v.string(),
  basedOn: v.exactOptional(v.string()),
});
type Draft = v.InferOutput<typeof draftSchema>;
type Both = v.InferOutput<typeof both>;

interface ContentEditorProps {
  readonly edited: Edited;
  /** With the name of what was saved or removed; without one when nothing was. */
  readonly onClose: (saved?: string) => void;
}

/** Writes a page or a piece of news in both languages, with what it will look like beside it. */
export function ContentEditor({ edited, onClose }: ContentEditorProps) {
  const t = useT();
  const language = useLanguage();
  const key = `escale.content.${edited.item ? edited.id : 'new'}`;
  const [draft, setDraft] = useState(() => readStored(key, draftSchema) ?? draftOf(edited));
  const [touched, setTouched] = useState(() => readStored(key, draftSchema) !== undefined);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  useEffect(() => {
    if (touched) writeStored(key, draft);
  }, [key, draft, touched]);

  const change = (part: Partial<Draft>): void => {
    setTouched(true);
    setDraft((before) => ({ ...before, ...part }));
  };
  const done = (name?: string): void => {
    writeStored(key, undefined);
    if (name !== undefined) void syncNow();
    onClose(name);
  };
  const save = async (): Promise<void> => {
    const [title, body, summary] = [given(draft.title), given(draft.body), given(draft.summary)];
    setMissing(!title || !body);
    if (!title || !body) return;
    setBusy(true);
    const called =
      edited.kind === 'page'
        ? await savePage(edited.id, { title, body, basedOn: draft.basedOn ?? edited.item.updatedAt })
        : await saveArticle(edited.id, {
            title,
            body,
            ...(summary ? { summary } : {}),
            publishedAt: publishedAt(edited, draft.day),
            ...(draft.basedOn === undefined ? {} : { basedOn: draft.basedOn }),
          });
    setBusy(false);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    if (called.kind === 'done') done(shownIn(title, language).text);
  };
  const remove = async (): Promise<void> => {
    setRemoving(false);
    const called = await removeArticle(edited.id);
    if (called.kind === 'failed') setFailure(called.reason);
    else done(shownIn(edited.item?.title, language).text);
  };

  const title = edited.item ? shownIn(edited.item.title, language).text : t('content.edit.write');
  return (
    <div className={styles.page}>
      <PageHeader title={title} within={t('content.edit.title')} lead={t('content.edit.hint')} />
      {failure === 'edited_elsewhere' ? (
        <Notice tone="attention" urgent title={t('content.edit.elsewhere')}>
          {t('content.edit.elsewhere.text')}
        </Notice>
      ) : failure ? (
        <CallNotice reason={failure} onRetry={() => void save()} />
      ) : null}
      {edited.kind === 'article' ? (
        <Field
          label={t('content.edit.day')}
          type="date"
          value={draft.day}
          required
          onChange={(event) => change({ day: event.target.value })}
        />
      ) : null}
      {LANGUAGES.map((lang) => {
        const mark = t(`content.edit.in.${lang}`);
        const put = (of: Both, value: string): Both => ({ ...of, [lang]: value });
        return (
          <section key={lang} className={styles.language} aria-label={mark}>
            <div className={styles.fields}>
              <Field
                label={`${t('content.edit.field.title')} (${mark})`}
                lang={lang}
                maxLength={200}
                value={draft.title[lang]}
                error={missing && lang === 'fr' && !given(draft.title) ? t('content.edit.missing') : undefined}
                onChange={(event) => change({ title: put(draft.title, event.target.value) })}
              />
              {edited.kind === 'article' ? (
                <TextAreaField
                  label={`${t('content.edit.field.summary')} (${mark})`}
                  mark={t('content.edit.optional')}
                  lang={lang}
                  maxLength={300}
                  value={draft.summary[lang]}
                  onChange={(event) => change({ summary: put(draft.summary, event.target.value) })}
                />
              ) : null}
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
            <div
              className={classNames(styles.preview, !draft.body[lang] && styles.nothing)}
              aria-label={t('content.edit.preview')}
              role="group"
            >
              <p className={styles.previewTitle} aria-hidden="true">
                {t('content.edit.preview')}
              </p>
              <RichText source={draft.body[lang]} lang={lang} />
            </div>
          </section>
        );
      })}
      <div className={styles.actions}>
        <Button variant="primary" busy={busy} onClick={() => void save()}>
          {t('content.edit.publish')}
        </Button>
        <Button variant="quiet" onClick={() => done()}>
          {t('content.edit.discard')}
        </Button>
        {edited.kind === 'article' && edited.item ? (
          <Button variant="danger" icon={Trash2} onClick={() => setRemoving(true)}>
            {t('content.edit.remove')}
          </Button>
        ) : null}
      </div>
      <Dialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={t('content.edit.remove.title')}
        actions={
          <>
            <Button onClick={() => setRemoving(false)}>{t('content.edit.keep')}</Button>
            <Button variant="danger" onClick={() => void remove()}>
              {t('content.edit.remove')}
            </Button>
          </>
        }
      >
        <p>{t('content.edit.remove.text')}</p>
      </Dialog>
    </div>
  );
}

function draftOf({ item }: Edited): Draft {
  const of = (given: LocalizedText | undefined): Both => ({ fr: given?.['fr'] ?? '', en: given?.['en'] ?? '' });
  const article = item && 'publishedAt' in item ? item : undefined;
  return {
    title: of(item?.title),
    summary: of(article?.summary),
    body: of(item?.body),
    day: (article?.publishedAt ?? new Date().toISOString()).slice(0, 10),
    ...(item ? { basedOn: item.updatedAt } : {}),
  };
}

/** The languages that something was written in; undefined when it was in none. */
function given(of: Both): Record<string, string> | undefined {
  const written = LANGUAGES.filter((lang) => of[lang].trim() !== '');
  return written.length > 0 ? Object.fromEntries(written.map((lang) => [lang, of[lang]])) : undefined;
}

/** The hour stays while the day does. */
function publishedAt({ item }: Edited, day: string): string {
  const before = item && 'publishedAt' in item ? item.publishedAt : undefined;
  return before?.startsWith(day) ? before : `${day || new Date().toISOString().slice(0, 10)}T08:00:00.000Z`;
}
