import type { ReactNode } from 'react';
import styles from './visually-hidden.module.css';

interface VisuallyHiddenProps {
  readonly children: ReactNode;
  /** Says changes of its content to screen readers, politely. */
  readonly live?: boolean;
}

export function VisuallyHidden({ children, live = false }: VisuallyHiddenProps) {
  return (
    <span className={styles.hidden} {...(live ? { 'aria-live': 'polite', 'aria-atomic': true } : {})}>
      {children}
    </span>
  );
}
