import { CalendarPlus, CalendarX, LogOut, SearchX } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import { localOf } from '#domain/dates.ts';
import type { DeskEvent } from '#protocol/desk.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { DESK_PAGE, listDeskEvents, signOut, whoAmI } from '#client/platform/session.ts';
import { daysOf } from './days-of.ts';
import { DeskNav } from './desk-nav.tsx';
import styles from './desk.module.css';
import { OwnProposals } from './own-proposals.tsx';
import { Pager } from './pager.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useDelayed } from '#client/hooks/use-delayed.ts';

/** `/espace`: the events that the signed-in person may run, those of today first. */
export function DeskScreen() {
  const t = useT();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query.trim());
  const asked = useDelayed(wanted, 250);
  const [offset, setOffset] = useState(0);
  const load = useCallback(() => listDeskEvents(asked, offset), [asked, offset]);
  const events = useCalled(load);
  const account = useCalled(whoAmI);
  const signedOut = account.failure === 'sign_in_required' || events.failure === 'sign_in_required';

  useEffect(() => {
    if (signedOut) void navigate('/connexion', { replace: true });
  }, [signedOut, navigate]);

  const me = account.value;
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('desk.title')}
        lead={
          me
            ? [t('desk.me', { email: me.email, role: t(`desk.role.${me.role}`) }), me.demo && t('desk.demo')]
                .filter(Boolean)
                .join(' · ')
            : undefined
        }
        actions={
          me ? (
            <>
              {me.role === 'auditor' ? null : (
                <LinkButton variant="primary" to="/proposer" icon={CalendarPlus}>
                  {t('propose.title')}
                </LinkButton>
              )}
              <Button
                variant="quiet"
                icon={LogOut}
                onClick={() =>
                  void signOut().then((done) => (done.kind === 'done' ? navigate('/connexion') : account.reload()))
                }
              >
                {t('desk.signout')}
              </Button>
            </>
          ) : null
        }
      />
      {me ? <DeskNav role={me.role} /> : null}
      {events.failure && !signedOut ? <CallNotice reason={events.failure} onRetry={events.reload} /> : null}
      <OwnProposals />
      {events.value || events.loading ? (
        <>
          <Field
            label={t('desk.events.search')}
            type="search"
            value={query}
            maxLength={100}
            onChange={(event) => {
              setQuery(event.target.value);
              setOffset(0);
            }}
          />
          {events.value ? (
            <>
              <Events
                events={events.value.events}
                total={events.value.total}
                query={asked}
                onClear={() => setQuery('')}
              />
              <Pager
                offset={offset}
                page={DESK_PAGE}
                total={events.value.total}
                busy={events.loading}
                onOffset={setOffset}
              />
            </>
          ) : (
            <p role="status">{t('desk.loading')}</p>
          )}
        </>
      ) : null}
    </div>
  );
}

interface EventsProps {
  readonly events: readonly DeskEvent[];
  readonly total: number;
  readonly query: string;
  readonly onClear: () => void;
}

type Group = 'today' | 'coming' | 'undated' | 'past';
const groups: readonly Group[] = ['today', 'coming', 'undated', 'past'];

function Events({ events, total, query, onClear }: EventsProps) {
  const t = useT();
  const sorted = useMemo(() => grouped(events), [events]);
  if (events.length === 0)
    return query ? (
      <EmptyState
        icon={SearchX}
        text={t('desk.events.noMatch', { query })}
        action={<Button onClick={onClear}>{t('desk.events.clear')}</Button>}
      />
    ) : (
      <EmptyState icon={CalendarX} text={t('desk.events.none')} />
    );
  return (
    <>
      <p className={styles.count} role="status">
        {t('desk.events.count', { n: total })}
      </p>
      {groups
        .filter((group) => sorted[group].length > 0)
        .map((group) => (
          <section key={group} className={styles.group}>
            <h2>{t(`desk.events.${group}`)}</h2>
            <ul className={styles.list}>
              {sorted[group].map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

/** By the day on this device's calendar, in the server's order. */
function grouped(events: readonly DeskEvent[]): Record<Group, DeskEvent[]> {
  const today = localOf(Date.now()).date;
  const sorted: Record<Group, DeskEvent[]> = { today: [], coming: [], undated: [], past: [] };
  for (const event of events) {
    const { firstDay, lastDay = firstDay } = event;
    const undated = firstDay === undefined || lastDay === undefined;
    sorted[undated ? 'undated' : firstDay > today ? 'coming' : lastDay < today ? 'past' : 'today'].push(event);
  }
  return sorted;
}

function EventRow({ event }: { readonly event: DeskEvent }) {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const title = shownIn(event.title, language);
  const facts = [
    event.capacity === undefined
      ? t('desk.events.seats', { n: event.confirmed })
      : t('desk.events.seatsOf', { n: event.confirmed, capacity: event.capacity }),
    ...(event.waitlisted > 0 ? [t('desk.events.waiting', { n: event.waitlisted })] : []),
    ...(event.arrived > 0 ? [t('desk.events.arrived', { n: event.arrived })] : []),
  ];
  return (
    <li className={styles.event}>
      <Link to={`/espace/evenements/${event.id}`} className={styles.eventLink ?? ''}>
        <span className={styles.eventTitle} lang={title.lang}>
          {title.text}
        </span>
        <span className={styles.eventPlace}>{[daysOf(event, format), event.city].filter(Boolean).join(' · ')}</span>
        <span className={styles.eventFacts}>{facts.join(' · ')}</span>
      </Link>
    </li>
  );
}
