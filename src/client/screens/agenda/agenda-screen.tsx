import { CalendarHeart, CalendarPlus, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { eventEntries, registrationEntries } from '#client/components/event/calendar-entries.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useEventsById } from '#client/hooks/use-events.ts';
import { useRegistrations, useRegistrationsLoaded } from '#client/hooks/use-registrations.ts';
import { useFavourites } from '#client/hooks/use-favourites.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import { correctedNow } from '#client/store/clock.ts';
import { writeCalendar } from '#interop/icalendar.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import type { AgendaDay } from '#domain/agenda.ts';
import { agendaOf } from '#domain/agenda.ts';
import { localOf } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { ArrivingSection } from './arriving-section.tsx';
import { ElsewhereSection } from './elsewhere-section.tsx';
import { RegistrationNewsSection } from './registration-news-section.tsx';
import { RemindersSection } from './reminders-section.tsx';
import { AgendaItem, UndatedItem } from './agenda-item.tsx';
import styles from './agenda.module.css';
import { ChangesSection } from './changes-section.tsx';
import { TakeOver } from './take-over.tsx';

/** `/agenda`: what the person noted and what they are registered for, day by day, with what overlaps. */
export function AgendaScreen() {
  const t = useT();
  const loaded = useRegistrationsLoaded();
  const language = useLanguage();
  const registrations = useRegistrations();
  const { ids: noted, toggle } = useFavourites();
  const booked = registrations.filter((r) => r.state !== 'refused' && r.state !== 'cancelled');
  const ids = [...new Set([...noted, ...booked.map((r) => r.eventId)])];
  const found = useEventsById(ids);
  const { days, undated } = useMemo(
    () =>
      agendaOf(
        [...found.values()].flatMap(({ event }): ProgrammeEvent[] => (event ? [event] : [])),
        noted,
        registrations,
      ),
    [found, noted, registrations],
  );
  const gone = ids.filter((id) => found.get(id)?.state === 'absent');
  const reading = ids.some((id) => (found.get(id)?.state ?? 'loading') === 'loading');

  const exportAll = (): void => {
    const words = { t, language, origin: location.origin };
    const entries = [...found.values()].flatMap(({ event }) => {
      if (!event) return [];
      const own = booked.filter((r) => r.eventId === event.id);
      return own.length > 0 ? own.flatMap((r) => registrationEntries(event, r, words)) : eventEntries(event, words);
    });
    saveFile('agenda-escale.ics', 'text/calendar;charset=utf-8', writeCalendar(entries, correctedNow()));
  };

  if (!loaded || (reading && days.length === 0)) return <PageHeader title={t('agenda.title')} />;
  if (ids.length === 0) {
    return (
      <>
        <PageHeader title={t('agenda.title')} />
        <ArrivingSection />
        <RegistrationNewsSection />
        <EmptyState
          icon={CalendarHeart}
          text={t('agenda.empty')}
          action={
            <LinkButton variant="primary" to="/">
              {t('agenda.empty.action')}
            </LinkButton>
          }
        />
        <div className={styles.takeOver}>
          <TakeOver />
        </div>
      </>
    );
  }
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('agenda.title')}
        actions={
          <Button icon={CalendarPlus} onClick={exportAll}>
            {t('agenda.export')}
          </Button>
        }
      />
      <ArrivingSection />
      <RegistrationNewsSection />
      <RemindersSection />
      <ChangesSection />
      <Days days={days} />
      {undated.length > 0 ? (
        <section aria-labelledby="agenda-undated" className={styles.day}>
          <h2 id="agenda-undated" className={styles.dayHead}>
            {t('agenda.undated')}
          </h2>
          <ul className={styles.list}>
            {undated.map((event) => (
              <UndatedItem
                key={event.id}
                event={event}
                registration={booked.find((r) => r.eventId === event.id)}
                {...(noted.has(event.id) ? { onRemove: () => void toggle(event.id) } : {})}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {gone.length > 0 ? (
        <section aria-labelledby="agenda-gone" className={styles.day}>
          <h2 id="agenda-gone" className={styles.dayHead}>
            {t('agenda.gone.title')}
          </h2>
          {gone.map((id) => {
            const registration = booked.find((r) => r.eventId === id);
            return (
              <Notice
                key={id}
                tone="attention"
                actions={
                  registration ? (
                    <LinkButton to={`/billets/${registration.id}`}>{t('agenda.ticket')}</LinkButton>
                  ) : (
                    <Button onClick={() => void toggle(id)}>{t('agenda.remove')}</Button>
                  )
                }
              >
                {registration ? t('agenda.gone.registered') : t('agenda.gone')}
              </Notice>
            );
          })}
        </section>
      ) : null}
      <ElsewhereSection noted={[...noted]} />
    </div>
  );
}

/** Days to come; those past are folded away, unless nothing is to come. */
function Days({ days }: { readonly days: readonly AgendaDay<RegistrationView>[] }) {
  const t = useT();
  const format = useFormat();
  const { ids: noted, toggle } = useFavourites();
  const today = localOf(useClock()).date;
  const [pastShown, setPastShown] = useState(false);
  const past = days.filter((day) => day.date < today);
  const ahead = days.filter((day) => day.date >= today);
  const folded = past.length > 0 && ahead.length > 0;
  const clashing = ahead.reduce((sum, day) => sum + day.entries.reduce((n, e) => n + e.clashes.length, 0), 0);
  const shown = folded && !pastShown ? ahead : days;
  return (
    <>
      {clashing > 0 ? (
        <div>
          <StatusPill tone="sun" icon={TriangleAlert} text={t('agenda.clashes', { n: Math.ceil(clashing / 2) })} />
        </div>
      ) : null}
      {folded ? (
        <div>
          <Button aria-expanded={pastShown} onClick={() => setPastShown(!pastShown)}>
            {t('agenda.past.show', { n: past.length })}
          </Button>
        </div>
      ) : null}
      {shown.map((day) => (
        <section key={day.date} aria-labelledby={`agenda-${day.date}`} className={styles.day}>
          <h2 id={`agenda-${day.date}`} className={styles.dayHead}>
            <span className={styles.dayName}>{format.day(day.date, 'weekday')}</span>
            {day.date === today ? <span className={styles.today}>{t('agenda.today')}</span> : null}
          </h2>
          <ul className={styles.list}>
            {day.entries.map((entry) => (
              <AgendaItem
                key={entry.key}
                entry={entry}
                {...(noted.has(entry.event.id) ? { onRemove: () => void toggle(entry.event.id) } : {})}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
