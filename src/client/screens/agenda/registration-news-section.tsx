import { Check, Ticket } from 'lucide-react';
import { Link } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useEventsById } from '#client/hooks/use-events.ts';
import { useRegistrationNews } from '#client/hooks/use-registration-news.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './changes-section.module.css';

/** A place that came free, an answer of the organiser: in words, until the person has seen it. */
export function RegistrationNewsSection() {
  const t = useT();
  const language = useLanguage();
  const { news, seen } = useRegistrationNews();
  const events = useEventsById(news.map((one) => one.registration.eventId));
  if (news.length === 0) return null;
  return (
    <section className={styles.changes} aria-labelledby="agenda-registrations">
      <div className={styles.head}>
        <h2 id="agenda-registrations" className={styles.title}>
          <Icon of={Ticket} />
          {t('agenda.news')}
        </h2>
      </div>
      <ul className={styles.list}>
        {news.map(({ registration, what }) => {
          const title = shownIn(events.get(registration.eventId)?.event?.title, language);
          const name = title.text || t('agenda.news.event');
          return (
            <li key={registration.id} className={styles.event}>
              <h3 className={styles.name}>
                <Link to={`/billets/${registration.id}`} {...(title.text ? { lang: title.lang } : {})}>
                  {name}
                </Link>
              </h3>
              <p>{t(`agenda.news.${what}`)}</p>
              <Button
                icon={Check}
                aria-label={t('agenda.changes.seen.of', { title: name })}
                onClick={() => void seen([registration.id])}
              >
                {t('agenda.changes.seen')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
