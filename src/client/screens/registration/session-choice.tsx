import { useId } from 'react';
import { classNames } from '#client/components/class-names.ts';
import { reasonText } from '#client/components/event/registration-state.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { SubjectOutlook } from './registration-form.ts';
import styles from './registration.module.css';

interface SessionChoiceProps {
  readonly outlooks: readonly SubjectOutlook[];
  readonly chosen: string;
  readonly onChoose: (subjectId: string) => void;
}

/** Which session: each with its hours, and why it takes nobody when it does not. */
export function SessionChoice({ outlooks, chosen, onChoose }: SessionChoiceProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const name = useId();
  return (
    <fieldset className={styles.sessions}>
      <legend className={styles.legend}>{t('registration.session')}</legend>
      {outlooks.map(({ subject, outlook }) => {
        const title = shownIn(subject.session?.title, language);
        const closed = outlook.state === 'refused';
        const note = closed
          ? reasonText(t, outlook.reason)
          : outlook.state === 'waitlisted'
            ? t('registration.session.full')
            : subject.policy.places === 'few'
              ? t('registration.session.few')
              : undefined;
        return (
          <label key={subject.id} className={classNames(styles.session, closed && styles.closedSession)}>
            <input
              type="radio"
              name={name}
              className={styles.radio}
              checked={subject.id === chosen}
              disabled={closed}
              onChange={() => onChoose(subject.id)}
            />
            <span>
              <span className={styles.sessionTime}>{subject.session ? format.slot(subject.session.slot) : null}</span>
              <span lang={title.lang}>{title.text}</span>
              {note ? <span className={styles.muted}>{note}</span> : null}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
