import { Ticket } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useEventsById } from '#client/hooks/use-events.ts';
import { useRegistrations, useRegistrationsLoaded } from '#client/hooks/use-registrations.ts';
import { useT } from '#client/i18n/i18n.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { RecoverDialog } from './recover-dialog.tsx';
import { TicketCard } from './ticket-card.tsx';
import { sortTickets } from './ticket-order.ts';
import styles from './tickets.module.css';

/** `/billets`: the person's registrations, what comes next first. */
export function TicketsScreen() {
  const t = useT();
  const now = useClock();
  const [recovering, setRecovering] = useState(false);
  const loaded = useRegistrationsLoaded();
  const registrations = useRegistrations();
  const events = useEventsById(registrations.map((one) => one.eventId));
  const header = (
    <PageHeader title={t('tickets.title')} {...(registrations.length > 0 ? { lead: t('tickets.offline') } : {})} />
  );
  const recovery = (
    <>
      <Button variant="quiet" onClick={() => setRecovering(true)}>
        {t('tickets.recover')}
      </Button>
      <RecoverDialog open={recovering} onClose={() => setRecovering(false)} />
    </>
  );
  if (!loaded) return header;
  if (registrations.length === 0) {
    return (
      <>
        {header}
        <EmptyState
          icon={Ticket}
          text={t('tickets.empty')}
          action={
            <>
              <LinkButton variant="primary" to="/">
                {t('tickets.empty.action')}
              </LinkButton>
              {recovery}
            </>
          }
        />
      </>
    );
  }
  const { upcoming, past } = sortTickets(registrations, (id) => events.get(id)?.event, now);
  return (
    <div className={styles.page}>
      {header}
      {[
        { name: 'upcoming', of: upcoming },
        { name: 'past', of: past },
      ].map(({ name, of }) =>
        of.length > 0 ? (
          <section key={name} className={styles.section} aria-labelledby={`tickets-${name}`}>
            <h2 id={`tickets-${name}`}>{t(`tickets.${name}`)}</h2>
            <ul className={styles.list}>
              {of.map((registration) => (
                <TicketCard
                  key={registration.id}
                  registration={registration}
                  event={events.get(registration.eventId)?.event}
                />
              ))}
            </ul>
          </section>
        ) : null,
      )}
      <div>{recovery}</div>
    </div>
  );
}
