import { CalendarHeart, CalendarX, ExternalLink, Ticket, UserRoundPlus } from 'lucide-react';
import { areOver } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import { decideRegistration } from '#domain/registration.ts';
import { ActionBar } from '#client/components/action-bar.tsx';
import { Button, LinkButton } from '#client/components/button.tsx';
import { RegistrationPill, stageOf } from '#client/components/event/registration-state.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFavourites } from '#client/hooks/use-favourites.ts';
import { useRegistrations } from '#client/hooks/use-registrations.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './event-screen.module.css';

/** What can be done about an event: register or see one's registration, note it, and why one cannot where that is so. */
export function EventActions({ event }: { readonly event: ProgrammeEvent }) {
  const t = useT();
  const { ids, toggle } = useFavourites();
  const own = useRegistrations().filter((one) => one.eventId === event.id);
  const held = own.filter((one) => one.state !== 'cancelled' && one.state !== 'refused');
  const now = useClock();
  const way = registrationWay(event, now);
  const noted = ids.has(event.id);
  // What will not take place any more can only be taken out of the agenda.
  const notable = noted || (event.status !== 'cancelled' && !isOver(event, now));
  const another = held.length > 0 && subjectsOf(event).length > held.length;

  return (
    <section aria-label={t('event.actions')} className={styles.actions}>
      {own.map((registration) => (
        <p key={registration.id} className={styles.own}>
          <RegistrationPill stage={stageOf(registration)} status />
        </p>
      ))}
      {way.kind === 'said' && held.length === 0 ? <p className={styles.more}>{t(way.text)}</p> : null}
      {way.kind === 'external' ? <p className={styles.more}>{t('event.register.external')}</p> : null}
      {held[0] || notable || way.kind !== 'said' ? (
        <ActionBar>
          {held[0] ? (
            <LinkButton variant="primary" icon={Ticket} to={`/billets/${held[0].id}`}>
              {t(held[0].state === 'confirmed' ? 'event.ticket' : 'event.follow')}
            </LinkButton>
          ) : null}
          {way.kind === 'external' ? (
            <LinkButton variant="primary" icon={ExternalLink} href={way.url}>
              {t('event.register')}
            </LinkButton>
          ) : null}
          {way.kind === 'here' && (held.length === 0 || another) ? (
            <LinkButton
              variant={another ? 'secondary' : 'primary'}
              icon={UserRoundPlus}
              to={`/evenements/${event.slug}/inscription`}
            >
              {t(another ? 'event.register.another' : 'event.register')}
            </LinkButton>
          ) : null}
          {notable ? (
            <Button
              icon={noted ? CalendarX : CalendarHeart}
              className={(held.length > 0 && styles.note) || ''}
              onClick={() => toggle(event.id)}
            >
              {t(noted ? 'event.unnote' : 'event.note')}
            </Button>
          ) : null}
        </ActionBar>
      ) : null}
    </section>
  );
}

function isOver(event: ProgrammeEvent, now: number): boolean {
  return areOver(
    event.sessions.map((session) => session.slot),
    now,
  );
}

type Way =
  | { readonly kind: 'here' }
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'said'; readonly text: string };

/** How one registers now. The same rule decides on the server; here it only saves a request that could not succeed. */
function registrationWay(event: ProgrammeEvent, now: number): Way {
  const subjects = subjectsOf(event);
  if (subjects.length === 0) {
    if (isOver(event, now)) return { kind: 'said', text: 'event.register.over' };
    return { kind: 'said', text: event.attendanceMode === 'online' ? 'event.register.free' : 'event.register.none' };
  }
  const reasons = subjects.map((subject) => {
    const decision = decideRegistration(event, subject, 1, { confirmed: 0, waiting: 0 }, now);
    return decision.state === 'refused' ? decision.reason : undefined;
  });
  if (reasons.includes(undefined)) return { kind: 'here' };
  const external = subjects.find((subject) => subject.policy.mode === 'external' && subject.policy.url);
  if (reasons.includes('external') && external?.policy.url) return { kind: 'external', url: external.policy.url };
  if (reasons.includes('event_cancelled')) return { kind: 'said', text: 'event.register.cancelled' };
  if (reasons.every((reason) => reason === 'event_over')) return { kind: 'said', text: 'event.register.over' };
  return { kind: 'said', text: 'event.register.closed' };
}
