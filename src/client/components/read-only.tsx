import type { ReactNode } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import { Notice } from './notice.tsx';
import styles from './read-only.module.css';

interface ReadOnlyProps {
  /** Nothing happens without it. */
  readonly when: boolean;
  readonly children: ReactNode;
}

/** A form that somebody may read and not change: its fields say what is set, its buttons are left out. */
export function ReadOnly({ when, children }: ReadOnlyProps) {
  if (!when) return children;
  return (
    <>
      <ReadOnlyNote />
      <fieldset disabled className={styles.form}>
        {children}
      </fieldset>
    </>
  );
}

/** Why nothing here can be changed. */
export function ReadOnlyNote() {
  const t = useT();
  return <Notice>{t('desk.readOnly')}</Notice>;
}
