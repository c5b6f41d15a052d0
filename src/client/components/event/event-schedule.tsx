import type { ProgrammeEvent, Session } from '#domain/programme.ts';
import { compareSlots } from '#domain/dates.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { STATUS_LOOKS } from './event-card.tsx';
import styles from './event-schedule.module.css';
import { Localized } from '../localized.tsx';
import { RichText } from '../rich-text.tsx';
import { StatusPill } from '../status-pill.tsx';

/** The sessions of an event in order, by day where there are several. Nothing when the facts say it all. */
export function EventSchedule({ event }: { readonly event: ProgrammeEvent }) {
  const t = useT();
  const format = useFormat();
  const sessions = event.sessions.toSorted((a, b) => compareSlots(a.slot, b.slot));
  const telling =
    sessions.length > 1 ||
    sessions.some(
      (s) => s.title || s.people?.length || s.room || s.summary || s.status || s.attendanceMode || s.onlineUrl,
    );
  if (!telling) return null;
  const days = Map.groupBy(sessions, (session) => session.slot.date);
  return (
    <section className={styles.schedule}>
      <h2>{t('event.schedule')}</h2>
      {[...days].map(([date, ofDay]) => (
        <div key={date} className={styles.day}>
          {days.size > 1 ? <h3 className={styles.date}>{format.day(date, 'weekday')}</h3> : null}
          <ol className={styles.sessions}>
            {ofDay.map((session) => (
              <li key={session.id} className={styles.session}>
                <SessionLine event={event} session={session} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function SessionLine({ event, session }: { readonly event: ProgrammeEvent; readonly session: Session }) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(session.title, format.language);
  const summary = shownIn(session.summary, format.language);
  const venue = event.venues.length > 1 ? event.venues.find((one) => one.id === session.venueId) : undefined;
  const place = [session.room, venue?.name].filter(Boolean).join(' · ');
  const look = session.status ? STATUS_LOOKS[session.status] : undefined;
  return (
    <>
      <div className={styles.time}>
        {session.slot.start ? <time dateTime={session.slot.start}>{session.slot.start}</time> : null}
        {session.slot.end ? <span className={styles.end}>{session.slot.end}</span> : null}
      </div>
      <div className={styles.body}>
        {title.text ? (
          <p className={styles.title} {...(title.lang === format.language ? {} : { lang: title.lang })}>
            {title.text}
          </p>
        ) : null}
        {look && session.status ? <StatusPill {...look} text={t(`status.${session.status}`)} /> : null}
        {session.people && session.people.length > 0 ? (
          <ul className={styles.people}>
            {session.people.map((person) => (
              <li key={person.name}>
                {person.name}
                {person.role ? (
                  <span className={styles.role}>
                    {', '}
                    <Localized of={person.role} />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        ) : null}
        {session.attendanceMode && session.attendanceMode !== event.attendanceMode ? (
          <p className={styles.place}>{t(`mode.${session.attendanceMode}`)}</p>
        ) : null}
        {place ? <p className={styles.place}>{place}</p> : null}
        {summary.text ? (
          <RichText source={summary.text} lang={summary.lang === format.language ? undefined : summary.lang} />
        ) : null}
        {session.onlineUrl ? (
          <a href={session.onlineUrl} rel="noreferrer">
            {t('event.online.link')}
          </a>
        ) : null}
      </div>
    </>
  );
}
