import { MapPinOff } from 'lucide-react';
import { useParams } from 'react-router';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useEvent } from '#client/hooks/use-event.ts';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useT } from '#client/i18n/i18n.ts';
import { EventPage } from './event-page.tsx';

/** An event in full, from what the device holds. */
export function EventScreen() {
  const { slug } = useParams();
  const { event, state } = useEvent(slug);
  if (event) return <EventPage event={event} />;
  return state === 'absent' ? <EventAbsent /> : null;
}

function EventAbsent() {
  const t = useT();
  const { kind } = useSyncState();
  return (
    <>
      <PageHeader title={t('event.absent.title')} />
      <EmptyState
        icon={MapPinOff}
        text={t(kind === 'offline' ? 'event.absent.offline' : 'event.absent.text')}
        action={
          <LinkButton variant="primary" to="/">
            {t('shell.error.home')}
          </LinkButton>
        }
      />
    </>
  );
}
