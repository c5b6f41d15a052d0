import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import styles from './notice.module.css';

export type NoticeTone = 'info' | 'success' | 'attention' | 'problem';

const ICONS = { info: Info, success: CircleCheck, attention: TriangleAlert, problem: CircleAlert } as const;

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out at once when it appears; only for what the person must know now. */
  readonly urgent?: boolean;
  readonly className?: string;
}

/** A message in the page, which stays until what it says is no longer so. */
export function Notice({ tone = 'info', title, children, actions, urgent = false, className }: NoticeProps) {
  return (
    <div className={classNames(styles.notice, styles[tone], className)} {...(urgent ? { role: 'alert' } : {})}>
      <Icon of={ICONS[tone]} className={styles.icon} />
      <div className={styles.body}>
        {title ? <p className={styles.title}>{title}</p> : null}
        {children ? <div>{children}</div> : null}
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
    </div>
  );
}
