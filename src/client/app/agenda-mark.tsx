import { useChanges } from '#client/hooks/use-changes.ts';
import { useRegistrationNews } from '#client/hooks/use-registration-news.ts';
import { useReminders } from '#client/hooks/use-reminders.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './shell.module.css';

interface AgendaMarkProps {
  /** Of the text that describes the tab. */
  readonly id: string;
}

/** On the agenda's tab: how many events that the person follows have changed or begin soon, and how many registrations have been answered. */
export function AgendaMark({ id }: AgendaMarkProps) {
  const t = useT();
  const { changes } = useChanges();
  const { due } = useReminders();
  const { news } = useRegistrationNews();
  const said = [
    ...(news.length > 0 ? [t('shell.nav.registrationNews', { n: news.length })] : []),
    ...(changes.length > 0 ? [t('shell.nav.changes', { n: changes.length })] : []),
    ...(due.length > 0 ? [t('shell.nav.soon', { n: due.length })] : []),
  ];
  if (said.length === 0) return null;
  return (
    <span className={styles.mark} aria-hidden>
      {changes.length + due.length + news.length}
      <span id={id} hidden>
        {said.join(', ')}
      </span>
    </span>
  );
}
