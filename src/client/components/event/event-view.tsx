import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Instant } from '#domain/dates.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { fold } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { classNames } from '../class-names.ts';
import { STATUS_LOOKS } from './event-card.tsx';
import { EventFacts } from './event-facts.tsx';
import { EventOutcome } from './event-outcome.tsx';
import { EventPicture } from './event-picture.tsx';
import { EventSchedule } from './event-schedule.tsx';
import { EventTour } from './event-tour.tsx';
import styles from './event-view.module.css';
import { Localized } from '../localized.tsx';
import { Notice } from '../notice.tsx';
import { RichText } from '../rich-text.tsx';
import { StatusPill } from '../status-pill.tsx';

interface EventViewProps {
  readonly event: ProgrammeEvent;
  readonly edition: Edition | undefined;
  /** The edition under way, offered where the event is of one that is over. */
  readonly present?: Edition | undefined;
  /** By the server's clock. */
  readonly now: Instant;
  /** Above it all: the way back, sharing. */
  readonly top?: ReactNode;
  /** What can be done about it, beside or below its facts. */
  readonly actions?: ReactNode;
  /** Between its schedule and its description. */
  readonly more?: ReactNode;
  /** A picture that this device has and the server has not yet. */
  readonly picture?: string | undefined;
  /** Looked at before it is published: under another page's heading, and without what publishing adds. */
  readonly preview?: boolean;
  /** In a column of a page: as on a phone, however wide the screen is. */
  readonly narrow?: boolean;
}

/** An event as attendees read it. */
export function EventView({
  event,
  edition,
  present,
  now,
  top,
  actions,
  more,
  picture,
  preview = false,
  narrow = false,
}: EventViewProps) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(event.title, format.language);
  const description = shownIn(event.description, format.language);
  const look = STATUS_LOOKS[event.status];
  const Title = preview ? 'h2' : 'h1';

  return (
    <article className={classNames(styles.event, !narrow && styles.wide)}>
      {top ? <div className={styles.top}>{top}</div> : null}
      <header className={styles.head}>
        <div className={styles.picture}>
          <EventPicture event={event} source={picture} awaited={preview} />
        </div>
        <p className={styles.kind}>
          {t(`format.${event.format}`)}
          {look ? <StatusPill {...look} text={t(`status.${event.status}`)} /> : null}
        </p>
        <Title className={styles.title} tabIndex={-1} {...(title.lang === format.language ? {} : { lang: title.lang })}>
          {title.text}
        </Title>
        {event.summary && !isBeginning(shownIn(event.summary, format.language).text, description.text) ? (
          <p className={styles.summary}>
            <Localized prose of={event.summary} />
          </p>
        ) : null}
        <Notices event={event} edition={edition} present={present} now={now} />
      </header>

      <aside className={styles.aside}>
        {actions}
        <EventFacts event={event} edition={edition} now={now} />
      </aside>

      <div className={styles.main}>
        <EventOutcome event={event} />
        <EventSchedule event={event} />
        {event.tour ? <EventTour tour={event.tour} /> : null}
        {more}
        {description.text ? (
          <section className={styles.part}>
            <h2>{t('event.about')}</h2>
            <RichText
              source={description.text}
              lang={description.lang === format.language ? undefined : description.lang}
            />
          </section>
        ) : null}
        {event.bodies && event.bodies.length > 0 ? (
          <section className={styles.part}>
            <h2>{t('event.bodies')}</h2>
            <ul className={styles.plain}>
              {event.bodies.map((body) => (
                <li key={body.name}>{body.url ? <a href={body.url}>{body.name}</a> : body.name}</li>
              ))}
            </ul>
          </section>
        ) : null}
        {event.links && event.links.length > 0 ? (
          <section className={styles.part}>
            <h2>{t('event.links')}</h2>
            <ul className={styles.plain}>
              {event.links.map((link) => (
                <li key={link.url}>
                  <a href={link.url} rel="noreferrer">
                    {link.label}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {preview ? null : <Origin event={event} edition={edition} />}
      </div>
    </article>
  );
}

/** Imports often cut the summary out of the description: it need not be read twice. */
function isBeginning(summary: string, description: string): boolean {
  const start = fold(summary);
  return start.length > 0 && fold(description.slice(0, summary.length * 2)).startsWith(start);
}

/** An archive, or what was brought in from elsewhere and has had its last day. */
function isPast(edition: Edition, now: Instant): boolean {
  if (edition.kind === 'archive') return true;
  return !edition.current && edition.to !== undefined && Date.parse(`${edition.to}T23:59:59Z`) < now;
}

/** What must be known before anything else: cancelled, moved, long past, not real. */
function Notices({ event, edition, present, now }: Pick<EventViewProps, 'event' | 'edition' | 'present' | 'now'>) {
  const t = useT();
  const { language } = useFormat();
  const changed = event.status !== 'scheduled' && event.status !== 'full';
  const years = edition && isPast(edition, now) ? new Date(now).getFullYear() - edition.year : undefined;
  return (
    <>
      {changed || event.statusNote ? (
        <Notice tone={event.status === 'cancelled' ? 'problem' : 'attention'}>
          {changed ? <p>{t(`event.status.${event.status}`)}</p> : null}
          {event.statusNote ? (
            <p>
              <Localized prose of={event.statusNote} />
            </p>
          ) : null}
        </Notice>
      ) : null}
      {years !== undefined && edition ? (
        <Notice>
          <p>
            {t('event.archive', { years })}{' '}
            {t('event.archive.edition', { edition: shownIn(edition.title, language).text })}
          </p>
          {present && present.id !== edition.id ? (
            <Link to={`/?edition=${present.id}`}>
              {t('event.archive.present', { edition: shownIn(present.title, language).text })}
            </Link>
          ) : null}
        </Notice>
      ) : null}
    </>
  );
}

/** Where the page's facts come from, and under which licence. */
function Origin({ event, edition }: { readonly event: ProgrammeEvent; readonly edition: Edition | undefined }) {
  const t = useT();
  const format = useFormat();
  const source = event.source ?? edition?.source;
  return (
    <footer className={styles.origin}>
      {source ? (
        <p>
          {source.url ? (
            <a href={source.url} rel="noreferrer">
              {t('event.source', { name: source.name })}
            </a>
          ) : (
            t('event.source', { name: source.name })
          )}
          {source.licence ? ` · ${t('event.licence', { licence: source.licence })}` : null}
        </p>
      ) : null}
      <p>
        {[
          t('event.published', { day: format.partOfDate(event.publishedAt.slice(0, 10)) }),
          ...(event.updatedAt.slice(0, 10) === event.publishedAt.slice(0, 10)
            ? []
            : [t('event.updated', { day: format.partOfDate(event.updatedAt.slice(0, 10)) })]),
        ].join(' · ')}
      </p>
    </footer>
  );
}
