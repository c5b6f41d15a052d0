import { Link } from 'react-router';
import { RegistrationPill, stageOf } from '#client/components/event/registration-state.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf, venueOf } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import styles from './tickets.module.css';

interface TicketCardProps {
  readonly registration: RegistrationView;
  readonly event: ProgrammeEvent | undefined;
}

export function TicketCard({ registration, event }: TicketCardProps) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(event?.title, useLanguage());
  const when = event ? format.span(slotsOf(event, registration.subjectId).toSorted(compareSlots)) : '';
  const session = event?.sessions.find((one) => one.id === registration.subjectId);
  const venue = event ? venueOf(event, session) : undefined;
  const online = (session?.attendanceMode ?? event?.attendanceMode) === 'online';
  return (
    <li className={styles.card}>
      <div className={styles.text}>
        {when ? <p className={styles.when}>{when}</p> : null}
        <h3 className={styles.title}>
          <Link to={`/billets/${registration.id}`} className={styles.link ?? ''} lang={title.lang}>
            {title.text || t('tickets.event.unknown')}
          </Link>
        </h3>
        <p className={styles.muted}>
          {[
            `${registration.firstName} ${registration.lastName}`,
            registration.party > 1 ? t('tickets.party', { n: registration.party }) : '',
            venue ? [venue.name, venue.city].filter(Boolean).join(', ') : online ? t('ticket.fact.online') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {registration.unsent && registration.pending === 'register' ? (
          <p className={styles.muted}>{t('registration.request.short')}</p>
        ) : null}
      </div>
      <RegistrationPill stage={stageOf(registration)} />
    </li>
  );
}
