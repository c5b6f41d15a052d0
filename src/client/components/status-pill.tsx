import type { LucideIcon } from 'lucide-react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import styles from './status-pill.module.css';

export type Tone = 'neutral' | 'river' | 'leaf' | 'sun' | 'brick' | 'plum' | 'coral';

interface StatusPillProps {
  readonly tone: Tone;
  /** State is never colour alone. */
  readonly icon: LucideIcon;
  readonly text: string;
  /** It is the page's state of something: role status, named by its text, said when it changes. */
  readonly status?: boolean;
  readonly className?: string;
}

export function StatusPill({ tone, icon, text, status = false, className }: StatusPillProps) {
  return (
    <span
      className={classNames(styles.pill, styles[tone], className)}
      {...(status ? { role: 'status', 'aria-label': text } : {})}
    >
      <Icon of={icon} size="1.1em" />
      <span>{text}</span>
    </span>
  );
}
