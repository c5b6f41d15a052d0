import type { ReactNode } from 'react';
import styles from './action-bar.module.css';

interface ActionBarProps {
  /** One primary button, at most two others. */
  readonly children: ReactNode;
}

/**
 * The actions of a page: above the tab bar on a phone, always under the thumb; in the page's flow on a wide screen. The base
 * styles keep room for it at the foot of the page.
 */
export function ActionBar({ children }: ActionBarProps) {
  return (
    <div className={styles.bar} data-action-bar>
      {children}
    </div>
  );
}
