import { useChanges } from '#client/hooks/use-changes.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './shell.module.css';

interface AgendaMarkProps {
  /** Of the text that describes the tab. */
  readonly id: string;
}

/** On the agenda's tab: how many events that the person follows have changed. */
export function AgendaMark({ id }: AgendaMarkProps) {
  const t = useT();
  const { changes } = useChanges();
  if (changes.length === 0) return null;
  return (
    <span className={styles.mark} aria-hidden>
      {changes.length}
      <span id={id} hidden>
        {t('shell.nav.changes', { n: changes.length })}
      </span>
    </span>
  );
}
