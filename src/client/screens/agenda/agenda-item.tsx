import { Footprints, Heart, HeartOff, Ticket, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { Button, LinkButton } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import { STATUS_LOOKS } from '#client/components/event/event-card.tsx';
import { Icon } from '#client/components/icon.tsx';
import { RegistrationPill, stageOf } from '#client/components/event/registration-state.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { otherClock } from '#client/components/event/local-time.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import type { AgendaEntry } from '#domain/agenda.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { venueOf } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import styles from './agenda.module.css';

/** Minutes on the way beyond which nobody wants to know how many more. */
const FAR = 300;

interface AgendaItemProps {
  readonly entry: AgendaEntry<RegistrationView>;
  /** Given when the event is noted. */
  readonly onRemove?: () => void;
}

/** One line of a day: when, what, where, and how it stands with the person's place. */
export function AgendaItem({ entry, onRemove }: AgendaItemProps) {
  const t = useT();
  const format = useFormat();
  const { event, slot, clashes } = entry;
  const language = useLanguage();
  const session = event.sessions.find((one) => one.id === entry.registration?.subjectId);
  const venue = venueOf(event, session);
  const hours = format.hours(slot);
  const clock = otherClock(slot, event.region, format);
  return (
    <li className={classNames(styles.item, event.status === 'cancelled' && styles.cancelled)}>
      <p className={styles.hours}>
        {clock ? t('agenda.hours.local', { hours, place: clock }) : hours || t('agenda.hours.none')}
      </p>
      <Title event={event} />
      <p className={styles.muted}>
        {event.attendanceMode === 'online'
          ? t('mode.online')
          : [venue?.name, session?.room, venue?.city].filter(Boolean).join(', ')}
      </p>
      {clashes.length > 0 ? (
        <p className={styles.clash}>
          <Icon of={TriangleAlert} size="1.1em" />
          <span>
            {t('agenda.clash', {
              events: format.list(
                clashes.map((one) => t('agenda.quoted', { event: shownIn(one.title, language).text })),
              ),
            })}
          </span>
        </p>
      ) : null}
      {entry.tight ? (
        <p className={styles.clash}>
          <Icon of={Footprints} size="1.1em" />
          <span>
            {t(entry.tight.need > FAR ? 'agenda.tight.far' : 'agenda.tight', {
              event: shownIn(entry.tight.from.title, language).text,
              have: entry.tight.have,
              need: entry.tight.need,
            })}
          </span>
        </p>
      ) : null}
      {entry.others.length > 0 ? (
        <p className={styles.muted}>
          {t('agenda.others', { slots: format.list(entry.others.map((one) => format.slot(one))) })}
        </p>
      ) : null}
      <Foot event={event} registration={entry.registration} {...(onRemove ? { onRemove } : {})} />
    </li>
  );
}

interface UndatedItemProps {
  readonly event: ProgrammeEvent;
  readonly registration: RegistrationView | undefined;
  readonly onRemove?: () => void;
}

/** What can be had at any time: a podcast, a module. */
export function UndatedItem({ event, registration, onRemove }: UndatedItemProps) {
  return (
    <li className={styles.item}>
      <Title event={event} />
      <Foot event={event} registration={registration} {...(onRemove ? { onRemove } : {})} />
    </li>
  );
}

function Title({ event }: { readonly event: ProgrammeEvent }) {
  const title = shownIn(event.title, useLanguage());
  return (
    <h3 className={styles.title}>
      <Link to={`/evenements/${event.slug}`} lang={title.lang}>
        {title.text}
      </Link>
    </h3>
  );
}

interface FootProps {
  readonly event: ProgrammeEvent;
  readonly registration?: RegistrationView | undefined;
  readonly onRemove?: () => void;
}

function Foot({ event, registration, onRemove }: FootProps) {
  const t = useT();
  const title = shownIn(event.title, useLanguage()).text;
  const status = STATUS_LOOKS[event.status];
  return (
    <div className={styles.foot}>
      {registration ? (
        <RegistrationPill stage={stageOf(registration)} />
      ) : (
        <StatusPill tone="neutral" icon={Heart} text={t('agenda.noted')} />
      )}
      {status ? <StatusPill {...status} text={t(`status.${event.status}`)} /> : null}
      <span className={styles.room} />
      {registration ? (
        <LinkButton to={`/billets/${registration.id}`} icon={Ticket} iconOnly variant="quiet">
          {t('agenda.ticket.of', { title })}
        </LinkButton>
      ) : null}
      {onRemove ? (
        <Button icon={HeartOff} iconOnly variant="quiet" onClick={onRemove}>
          {t('agenda.remove.of', { title })}
        </Button>
      ) : null}
    </div>
  );
}
