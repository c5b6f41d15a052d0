import { Save, Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { useCallback, useState } from 'react';
import type { Picture } from '#domain/programme.ts';
import { languages } from '#domain/text.ts';
import type { DeskAfterwards } from '#protocol/afterwards.ts';
import { MAX_AFTERWARDS_PICTURES } from '#protocol/programme.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PictureChooser } from '#client/components/forms/picture-chooser.tsx';
import { PictureWords } from '#client/components/forms/picture-words.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { usePictureChoice } from '#client/hooks/use-picture-choice.ts';
import { usePicture } from '#client/hooks/use-picture.ts';
import { useT } from '#client/i18n/i18n.ts';
import { readAfterwards, saveAfterwards } from '#client/platform/desk.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';

/** What came out of the event, for its page: written when it is over, or while it goes on. */
export function AfterPanel({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const load = useCallback(() => readAfterwards(eventId), [eventId]);
  const { value, failure, reload } = useCalled(load);
  if (failure && !value) return <CallNotice reason={failure} onRetry={reload} />;
  if (!value) return <p role="status">{t('desk.loading')}</p>;
  return <AfterForm eventId={eventId} saved={value} onSaved={reload} />;
}

interface AfterFormProps {
  readonly eventId: string;
  readonly saved: DeskAfterwards;
  readonly onSaved: () => void;
}

function AfterForm({ eventId, saved, onSaved }: AfterFormProps) {
  const t = useT();
  const [text, setText] = useState<Readonly<Record<string, string>>>(saved.text);
  const [pictures, setPictures] = useState<readonly Picture[]>(saved.pictures ?? []);
  const [asked, setAsked] = useState(false);
  const [state, setState] = useState<'none' | 'saving' | 'saved' | CallFailure['reason']>('none');
  const { choice, take, forget } = usePictureChoice((url) => {
    setPictures((now) => (now.some((one) => one.url === url) ? now : [...now, { url }]));
    setState('none');
  });
  const lacking = pictures.flatMap((one, at) =>
    [!hasWords(one) && `${pictureId(at)}-alt`, !one.licence?.trim() && `${pictureId(at)}-licence`].filter(Boolean),
  );
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    const [first] = lacking;
    if (first) return document.getElementById(first)?.focus();
    setState('saving');
    const written = languages.flatMap((one) => (text[one]?.trim() ? [[one, text[one].trim()] as const] : []));
    const called = await saveAfterwards(eventId, {
      text: Object.fromEntries(written),
      pictures: pictures.map(({ alt, ...one }) => (alt ? { ...one, alt: { ...alt } } : one)),
      basedOn: saved.version,
    });
    setState(called.kind === 'failed' ? called.reason : 'saved');
    if (called.kind === 'done') onSaved();
  };
  return (
    <form className={rulesStyles.rules} onSubmit={(event) => void save(event)} noValidate>
      <p className={styles.count}>{t('desk.after.what')}</p>
      {languages.map((language) => (
        <div key={language} className={rulesStyles.pair}>
          <TextAreaField
            label={t(`desk.after.text.${language}`)}
            lang={language}
            rows={8}
            maxLength={20_000}
            value={text[language] ?? ''}
            onChange={({ target }) => {
              setText({ ...text, [language]: target.value });
              setState('none');
            }}
          />
          <div role="group" aria-label={t('desk.after.preview')}>
            <RichText source={text[language] ?? ''} lang={language} />
          </div>
        </div>
      ))}
      <fieldset className={rulesStyles.rulesGroup}>
        <legend>{t('desk.after.pictures')}</legend>
        <p className={styles.count}>{t('desk.after.pictures.what', { max: MAX_AFTERWARDS_PICTURES })}</p>
        {pictures.map((picture, at) => (
          <AfterPicture
            key={picture.url}
            id={pictureId(at)}
            number={at + 1}
            picture={picture}
            asked={asked}
            onChange={(next) => {
              setPictures(next === undefined ? pictures.filter((one) => one !== picture) : pictures.with(at, next));
              if (next === undefined) forget();
              setState('none');
            }}
          />
        ))}
        {pictures.length < MAX_AFTERWARDS_PICTURES ? (
          <PictureChooser label={t('desk.after.pictures.add')} choice={choice} onFile={(file) => void take(file)} />
        ) : null}
      </fieldset>
      <div role="status">{state === 'saved' ? <Notice tone="success">{t('desk.after.saved')}</Notice> : null}</div>
      {state !== 'none' && state !== 'saved' && state !== 'saving' ? <CallNotice reason={state} /> : null}
      <div>
        <Button type="submit" variant="primary" icon={Save} busy={state === 'saving'}>
          {t('desk.after.save')}
        </Button>
      </div>
    </form>
  );
}

interface AfterPictureProps {
  readonly id: string;
  readonly number: number;
  readonly picture: Picture;
  /** It was asked to be published: what is lacking is said. */
  readonly asked: boolean;
  /** Undefined takes it away. */
  readonly onChange: (picture: Picture | undefined) => void;
}

function AfterPicture({ id, number, picture, asked, onChange }: AfterPictureProps) {
  const t = useT();
  const shown = usePicture(picture.url);
  const lacks = { alt: !hasWords(picture), licence: !picture.licence?.trim() };
  return (
    <fieldset className={rulesStyles.item}>
      <legend>{t('desk.after.pictures.one', { number })}</legend>
      <PictureWords
        id={id}
        picture={picture}
        shown={shown}
        waiting={t('desk.after.pictures.waiting')}
        english
        errorOf={(part) => (asked && lacks[part] ? t(`desk.after.pictures.${part}`) : undefined)}
        onChange={onChange}
      />
      <Button variant="quiet" icon={Trash2} onClick={() => onChange(undefined)}>
        {t('propose.image.remove')}
      </Button>
    </fieldset>
  );
}

const pictureId = (at: number): string => `image-bilan-${at}`;

const hasWords = ({ alt }: Picture): boolean => Object.values(alt ?? {}).some((one) => one.trim() !== '');
