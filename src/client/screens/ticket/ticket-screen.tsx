import { TicketX } from 'lucide-react';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useEventById } from '#client/hooks/use-event.ts';
import { useRegistrations, useRegistrationsLoaded } from '#client/hooks/use-registrations.ts';
import { useT } from '#client/i18n/i18n.ts';
import { keepAwake } from '#client/platform/wake-lock.ts';
import { TicketActions } from './ticket-actions.tsx';
import { TicketPanel } from './ticket-panel.tsx';
import styles from './ticket.module.css';

/** `/billets/:id`: one registration and, once confirmed, the code that opens the door. All of it from the device. */
export function TicketScreen() {
  const t = useT();
  const { id } = useParams();
  const loaded = useRegistrationsLoaded();
  const registration = useRegistrations().find((one) => one.id === id);
  const { event, state } = useEventById(registration?.eventId);
  const showsCode =
    registration?.unsent === true || (registration?.state === 'confirmed' && registration.ticket !== undefined);
  // At the door the screen must not go dark while the queue moves on.
  useEffect(() => (showsCode ? keepAwake() : undefined), [showsCode]);

  const header = <PageHeader title={t('ticket.title')} back={{ to: '/billets', label: t('ticket.back') }} />;
  if (!loaded) return header;
  if (!registration) {
    return (
      <>
        {header}
        <EmptyState
          icon={TicketX}
          text={t('ticket.absent')}
          action={<LinkButton to="/billets">{t('ticket.absent.action')}</LinkButton>}
        />
      </>
    );
  }
  return (
    <div className={styles.page}>
      {header}
      <TicketPanel registration={registration} event={event} searching={state === 'loading'} />
      <TicketActions registration={registration} event={event} />
    </div>
  );
}
