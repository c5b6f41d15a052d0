import type { FormEvent } from 'react';
import { useId } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import styles from './gate-view.module.css';

interface CodeBoxProps {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly onEnter: () => void;
}

/** Where a code is typed, by hand or by a reader that types. */
export function CodeBox({ code, onCode, onEnter }: CodeBoxProps) {
  const t = useT();
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onEnter();
  };
  return (
    <form className={styles.code} onSubmit={submit}>
      <label className={styles.label} htmlFor={id}>
        {t('door.code.label')}
      </label>
      <input
        id={id}
        className={styles.input}
        value={code}
        placeholder="K7PM-3QXD"
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={8000}
        onChange={(event) => onCode(event.target.value)}
      />
      <p id={`${id}-hint`} hidden>
        {t('door.code.hint')}
      </p>
    </form>
  );
}
