import { AlarmClock, Check } from 'lucide-react';
import { Link } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Localized } from '#client/components/localized.tsx';
import { useReminders } from '#client/hooks/use-reminders.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './changes-section.module.css';

/** What begins soon, until the person has seen it; what a notification has said is not said again. */
export function RemindersSection() {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { due, say } = useReminders();
  if (due.length === 0) return null;
  return (
    <section className={styles.changes} aria-labelledby="agenda-soon">
      <div className={styles.head}>
        <h2 id="agenda-soon" className={styles.title}>
          <Icon of={AlarmClock} />
          {t('agenda.soon')}
        </h2>
      </div>
      <ul className={styles.list}>
        {due.map(({ key, event, slot, registration }) => (
          <li key={key} className={styles.event}>
            <h3 className={styles.name}>
              <Link to={registration ? `/billets/${registration.id}` : `/evenements/${event.slug}`}>
                <Localized of={event.title} />
              </Link>
            </h3>
            <p>{format.slot(slot, 'weekday')}</p>
            <Button
              icon={Check}
              aria-label={t('agenda.changes.seen.of', { title: shownIn(event.title, language).text })}
              onClick={() => void say(key)}
            >
              {t('agenda.changes.seen')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
