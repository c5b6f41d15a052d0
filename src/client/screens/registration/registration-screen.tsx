import { CalendarX, CircleSlash2 } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { reasonText } from '#client/components/event/registration-state.tsx';
import { useEvent } from '#client/hooks/use-event.ts';
import { useRegistrations, useRegistrationsLoaded } from '#client/hooks/use-registrations.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { EventSummary } from './event-summary.tsx';
import { outlook } from './registration-form.ts';
import { RegistrationForm } from './registration-fields.tsx';
import styles from './registration.module.css';
import { RegistrationStateSection } from './registration-state-section.tsx';

/** `/evenements/:slug/inscription`: asks for places, and stays with the request until it is answered. */
export function RegistrationScreen() {
  const t = useT();
  const { slug } = useParams();
  const { event: found, state } = useEvent(slug);
  const loaded = useRegistrationsLoaded();
  // A programme that is taken away under the page, cleared storage above all, must not take a half-filled form with it.
  const [last, setLast] = useState(found);
  if (found && found !== last) setLast(found);
  const event = found ?? (last?.slug === slug ? last : undefined);
  if (!loaded || (!event && state === 'loading')) return <PageHeader title={t('registration.title')} />;
  if (!event) {
    return (
      <>
        <PageHeader title={t('registration.title')} />
        <EmptyState
          icon={CalendarX}
          text={t('registration.absent')}
          action={<LinkButton to="/">{t('registration.absent.action')}</LinkButton>}
        />
      </>
    );
  }
  return <Registration key={event.id} event={event} />;
}

function Registration({ event }: { readonly event: ProgrammeEvent }) {
  const t = useT();
  const language = useLanguage();
  const now = useClock();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [another, setAnother] = useState(false);
  const subjects = subjectsOf(event);
  // What was refused or given back here stays in sight while this page is open; later it is among the tickets.
  const own = useRegistrations().filter(
    (r) => r.eventId === event.id && (asked.includes(r.id) || (r.state !== 'refused' && r.state !== 'cancelled')),
  );
  const title = shownIn(event.title, language);
  const outlooks = subjects.map((subject) => ({ subject, outlook: outlook(event, subject, now) }));
  const takes = outlooks.some((o) => o.outlook.state !== 'refused');
  const back = { to: `/evenements/${event.slug}`, label: t('registration.back') };

  return (
    <div className={styles.page}>
      <PageHeader title={t('registration.title')} back={back} />
      <EventSummary event={event} title={title} />
      {own.length > 0 ? (
        <section className={styles.own} aria-labelledby="own-registrations">
          <h2 id="own-registrations">{t('registration.yours', { n: own.length })}</h2>
          {own.map((registration) => (
            <RegistrationStateSection
              key={registration.id}
              event={event}
              registration={registration}
              fresh={registration.id === asked.at(-1)}
            />
          ))}
        </section>
      ) : null}
      {own.length > 0 && !another ? (
        takes ? (
          <p>
            <Button onClick={() => setAnother(true)}>{t('registration.again')}</Button>
          </p>
        ) : null
      ) : takes ? (
        <RegistrationForm
          event={event}
          outlooks={outlooks}
          onAsked={(id) => {
            setAsked((ids) => [...ids, id]);
            setAnother(false);
          }}
        />
      ) : (
        <Closed event={event} reason={closedReason(outlooks)} />
      )}
    </div>
  );
}

function closedReason(outlooks: readonly { outlook: ReturnType<typeof outlook> }[]): string {
  const first = outlooks[0]?.outlook;
  return first?.state === 'refused' ? first.reason : 'not_open';
}

/** Nobody can register: said at once, before anything is filled in. */
function Closed({ event, reason }: { readonly event: ProgrammeEvent; readonly reason: string }) {
  const t = useT();
  const url = reason === 'external' ? event.registration.url : undefined;
  return (
    <EmptyState
      icon={CircleSlash2}
      text={reasonText(t, reason)}
      action={
        url ? (
          <LinkButton variant="primary" href={url}>
            {t('registration.external')}
          </LinkButton>
        ) : (
          <LinkButton to={`/evenements/${event.slug}`}>{t('registration.seeEvent')}</LinkButton>
        )
      }
    />
  );
}
