import { X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface ChipProps {
  readonly text: string;
  readonly icon?: LucideIcon;
  /** Makes it a switch. */
  readonly pressed?: boolean;
  readonly onPress?: () => void;
  /** Makes it a button that takes something away; `removeLabel` says what. */
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
}

/** A word in a box: a label, a choice that can be switched, or a filter that can be taken away. */
export function Chip({ text, icon, pressed, onPress, onRemove, removeLabel }: ChipProps) {
  const content = (
    <>
      {icon ? <Icon of={icon} size="1.1em" /> : null}
      <span>{text}</span>
    </>
  );
  if (onRemove)
    return (
      <button
        type="button"
        className={classNames(styles.chip, styles.action)}
        onClick={onRemove}
        aria-label={removeLabel}
      >
        {content}
        <Icon of={X} size="1.1em" />
      </button>
    );
  if (onPress)
    return (
      <button
        type="button"
        className={classNames(styles.chip, styles.action, pressed && styles.pressed)}
        aria-pressed={pressed ?? false}
        onClick={onPress}
      >
        {content}
      </button>
    );
  return <span className={styles.chip}>{content}</span>;
}
