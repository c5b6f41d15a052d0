import { Choice } from '#client/components/forms/choice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import { fieldId } from './fields.ts';
import { withSessions } from './policy.ts';
import styles from './propose.module.css';
import type { SectionProps } from './section.tsx';
import { SessionsEditor } from './sessions-editor.tsx';

/** On which days; or, for what has no session, since when and until when it can be had. */
export function WhenSection({ content, edition, published, english, zone, errorOf, change, replace }: SectionProps) {
  const t = useT();
  const always = content.availability !== undefined;
  const { from, to, url = '' } = content.availability ?? {};
  const put = (part: { from?: string; to?: string; url?: string }): void => {
    const next = { from, to, url, ...part };
    change({
      availability: {
        ...(next.from ? { from: next.from } : {}),
        ...(next.to ? { to: next.to } : {}),
        url: next.url,
      },
    });
  };
  return (
    <>
      <Choice
        label={t('propose.when')}
        value={always ? 'always' : 'sessions'}
        options={[
          { value: 'sessions', label: t('propose.when.sessions') },
          { value: 'always', label: t('propose.when.always') },
        ]}
        onChange={(value) =>
          change(
            value === 'always'
              ? { availability: { url: content.onlineUrl ?? '' }, sessions: [] }
              : { availability: undefined, sessions: [{ id: newId(), slot: { date: '', zone } }] },
          )
        }
      />
      {always ? (
        <>
          <Field
            id={fieldId('availability.url')}
            label={t('propose.availability.url')}
            hint={t('propose.availability.hint')}
            type="url"
            inputMode="url"
            placeholder="https://"
            maxLength={2000}
            value={url}
            error={errorOf('availability.url')}
            onChange={(event) => put({ url: event.target.value.trim() })}
          />
          <div className={styles.row}>
            <Field
              id={fieldId('availability.from')}
              label={t('propose.availability.from')}
              mark={t('form.optional')}
              type="date"
              value={from ?? ''}
              error={errorOf('availability.from')}
              onChange={(event) => put({ from: event.target.value })}
            />
            <Field
              id={fieldId('availability.to')}
              label={t('propose.availability.to')}
              mark={t('form.optional')}
              type="date"
              value={to ?? ''}
              error={errorOf('availability.to')}
              onChange={(event) => put({ to: event.target.value })}
            />
          </div>
        </>
      ) : (
        <SessionsEditor
          sessions={content.sessions ?? []}
          mode={content.attendanceMode ?? 'on_site'}
          published={published}
          venues={content.attendanceMode === 'online' ? [] : (content.venues ?? [])}
          zone={zone}
          english={english}
          firstDay={edition?.from}
          lastDay={edition?.to}
          errorOf={errorOf}
          onChange={(sessions) => replace((now) => withSessions(now, sessions))}
        />
      )}
    </>
  );
}
