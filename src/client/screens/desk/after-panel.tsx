import { Save } from 'lucide-react';
import type { FormEvent } from 'react';
import { useCallback, useState } from 'react';
import { languages } from '#domain/text.ts';
import type { DeskAfterwards } from '#protocol/afterwards.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { TextAreaField } from '#client/components/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
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
  const [state, setState] = useState<'none' | 'saving' | 'saved' | CallFailure['reason']>('none');
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setState('saving');
    const written = languages.flatMap((one) => (text[one]?.trim() ? [[one, text[one].trim()] as const] : []));
    const called = await saveAfterwards(eventId, { text: Object.fromEntries(written), basedOn: saved.version });
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
