import { CalendarDays, MapPin, MessageSquareText, User, Users, WifiOff } from 'lucide-react';
import { Link } from 'react-router';
import { answerLines } from '#client/components/forms/answer-lines.ts';
import { Card } from '#client/components/card.tsx';
import type { Fact } from '#client/components/facts.tsx';
import { Facts } from '#client/components/facts.tsx';
import { Icon } from '#client/components/icon.tsx';
import { otherClock } from '#client/components/event/local-time.ts';
import { Notice } from '#client/components/notice.tsx';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { RequestCode } from '#client/components/paper/request-code.tsx';
import { nextOf, RegistrationPill, stageOf } from '#client/components/event/registration-state.tsx';
import { useRequestCode } from '#client/hooks/use-request-code.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf, venueOf } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { printedShortCode } from '#domain/ticket.ts';
import { LargeCode } from './large-code.tsx';
import styles from './ticket.module.css';

interface TicketPanelProps {
  readonly registration: RegistrationView;
  /** Absent when its programme is not on this device. */
  readonly event: ProgrammeEvent | undefined;
  readonly searching: boolean;
}

export function TicketPanel({ registration, event, searching }: TicketPanelProps) {
  const t = useT();
  const language = useLanguage();
  const stage = stageOf(registration);
  const title = shownIn(event?.title, language);
  const session = event?.sessions.find((one) => one.id === registration.subjectId);
  const sessionTitle = shownIn(session?.title, language);
  const changed = event && event.status !== 'scheduled' && event.status !== 'full' ? event.status : undefined;
  return (
    <Card as="article" className={styles.ticket}>
      <div className={styles.head}>
        {event ? (
          <h2 lang={title.lang}>
            <Link to={`/evenements/${event.slug}`}>{title.text}</Link>
          </h2>
        ) : searching ? null : (
          <p className={styles.muted}>{t('ticket.event.unknown')}</p>
        )}
        {session && event && event.sessions.length > 1 && sessionTitle.text ? (
          <p lang={sessionTitle.lang}>{sessionTitle.text}</p>
        ) : null}
      </div>
      {changed ? (
        <Notice tone="attention" title={t(`ticket.event.status.${changed}`)}>
          {event?.statusNote ? <LocalText text={event.statusNote} /> : null}
        </Notice>
      ) : null}
      <Code registration={registration} />
      <div className={styles.state}>
        <RegistrationPill stage={stage} status />
        <p className={styles.next}>{nextOf(t, registration)}</p>
      </div>
      <TicketFacts registration={registration} event={event} />
      <p className={styles.readable}>
        <Icon of={WifiOff} />
        {t('ticket.readable')}
      </p>
    </Card>
  );
}

function LocalText({ text }: { readonly text: Readonly<Record<string, string>> }) {
  const found = shownIn(text, useLanguage());
  return <span lang={found.lang}>{found.text}</span>;
}

/** The code, only while it opens a door; else one line on why there is none. */
function Code({ registration }: { readonly registration: RegistrationView }) {
  const t = useT();
  const { state, pending, ticket, ticketId } = registration;
  const request = useRequestCode(registration);
  if (request !== undefined) return <RequestCode text={request} />;
  if (state === 'confirmed' && ticket && ticketId) {
    const code = printedShortCode(ticketId);
    return (
      <div className={styles.code}>
        <div className={styles.qr}>
          <QrCode text={ticket} label={t('ticket.qr', { code })} />
        </div>
        <p className={styles.short}>
          <span className={styles.muted}>{t('ticket.code')}</span>
          <strong className={styles.shortCode}>{code}</strong>
          <span className={styles.muted}>{t('ticket.code.hint')}</span>
        </p>
        <div className={styles.enlarge}>
          <LargeCode
            ticket={ticket}
            code={code}
            name={`${registration.firstName} ${registration.lastName}`}
            party={registration.party}
          />
        </div>
      </div>
    );
  }
  const gone = (state === 'cancelled' || state === 'refused') && !pending;
  const text = gone ? 'ticket.none' : state === 'confirmed' ? 'ticket.arriving' : 'ticket.notYet';
  return pending === 'cancel' ? null : <p className={styles.noCode}>{t(text)}</p>;
}

function TicketFacts({ registration, event }: Pick<TicketPanelProps, 'registration' | 'event'>) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const facts: Fact[] = [
    { icon: User, term: t('ticket.fact.person'), value: `${registration.firstName} ${registration.lastName}` },
    { icon: Users, term: t('registration.party'), value: t('tickets.party', { n: registration.party }) },
  ];
  if (event) {
    const slots = slotsOf(event, registration.subjectId).toSorted(compareSlots);
    const first = slots[0];
    if (first) {
      const clock = otherClock(first, event.region, format);
      facts.push({
        icon: CalendarDays,
        term: t('ticket.fact.when'),
        value: (
          <>
            {slots.map((slot) => (
              <span key={`${slot.date} ${slot.start}`} className={styles.line}>
                {format.slot(slot, 'weekday')}
              </span>
            ))}
            {clock ? <span className={styles.muted}>{t('ticket.clock', { place: clock })}</span> : null}
          </>
        ),
      });
    }
    const session = event.sessions.find((one) => one.id === registration.subjectId);
    const venue = venueOf(event, session);
    const online = (session?.attendanceMode ?? event.attendanceMode) === 'online';
    if (venue && !online) {
      const address = [venue.address, [venue.postalCode, venue.city].filter(Boolean).join(' ')].filter(Boolean);
      facts.push({
        icon: MapPin,
        term: t('ticket.fact.where'),
        value: [venue.name, session?.room, ...address].filter(Boolean).map((line) => (
          <span key={line} className={styles.line}>
            {line}
          </span>
        )),
      });
    } else if (online) {
      facts.push({ icon: MapPin, term: t('ticket.fact.where'), value: t('ticket.fact.online') });
    }
  }
  const name = `${registration.firstName} ${registration.lastName}`;
  for (const { key, label, value } of answerLines(event?.registrationForm, registration, name, { t, language })) {
    const icon = key === 'names' ? Users : MessageSquareText;
    facts.push({
      icon,
      term: label,
      value: key === 'names' ? t('ticket.fact.with', { names: value }) : `${label} ${value}`,
    });
  }
  if (registration.needs) {
    facts.push({ icon: MessageSquareText, term: t('ticket.fact.needs'), value: registration.needs });
  }
  return <Facts items={facts} />;
}
