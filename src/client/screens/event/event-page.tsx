import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { fold, textIn } from '#domain/text.ts';
import { STATUS_LOOKS } from '#client/components/event-card.tsx';
import { EventPattern } from '#client/components/event-pattern.tsx';
import { Localized } from '#client/components/localized.tsx';
import { Notice } from '#client/components/notice.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { RichText } from '#client/components/rich-text.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { BackLink } from './back-link.tsx';
import { EventActions } from './event-actions.tsx';
import { EventFacts } from './event-facts.tsx';
import { EventSchedule } from './event-schedule.tsx';
import styles from './event-screen.module.css';
import { EventStreets } from './event-streets.tsx';
import { EventTour } from './event-tour.tsx';
import { ShareButton } from './share-button.tsx';

export function EventPage({ event }: { readonly event: ProgrammeEvent }) {
  const t = useT();
  const format = useFormat();
  const { editions } = useEditions();
  const edition = editions.find((one) => one.id === event.editionId);
  const title = textIn(event.title, format.language);
  const description = textIn(event.description, format.language);
  const look = STATUS_LOOKS[event.status];
  usePageTitle(title.text);

  return (
    <article className={styles.event}>
      <div className={styles.top}>
        <BackLink />
        <ShareButton title={title.text} edition={edition} />
      </div>
      <header className={styles.head}>
        <div className={styles.picture}>
          <EventPattern id={event.id} format={event.format} />
        </div>
        <p className={styles.kind}>
          {t(`format.${event.format}`)}
          {look ? <StatusPill {...look} text={t(`status.${event.status}`)} /> : null}
        </p>
        <h1 tabIndex={-1} {...(title.lang === format.language ? {} : { lang: title.lang })}>
          {title.text}
        </h1>
        {event.summary && !isBeginning(textIn(event.summary, format.language).text, description.text) ? (
          <p className={styles.summary}>
            <Localized of={event.summary} />
          </p>
        ) : null}
        <Notices event={event} edition={edition} />
      </header>

      <aside className={styles.aside}>
        <EventActions event={event} />
        <EventFacts event={event} edition={edition} />
      </aside>

      <div className={styles.main}>
        <EventSchedule event={event} />
        {event.tour ? <EventTour tour={event.tour} /> : null}
        <EventStreets event={event} />
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
        <Origin event={event} edition={edition} />
      </div>
    </article>
  );
}

/** Imports often cut the summary out of the description: it need not be read twice. */
function isBeginning(summary: string, description: string): boolean {
  const start = fold(summary);
  return start.length > 0 && fold(description.slice(0, summary.length * 2)).startsWith(start);
}

/** What must be known before anything else: cancelled, moved, long past, not real. */
function Notices(props: { readonly event: ProgrammeEvent; readonly edition: Edition | undefined }) {
  const { event, edition } = props;
  const t = useT();
  const now = useClock();
  const { language } = useFormat();
  const changed = event.status !== 'scheduled' && event.status !== 'full';
  const past = edition?.kind === 'archive' ? new Date(now).getFullYear() - edition.year : undefined;
  return (
    <>
      {changed || event.statusNote ? (
        <Notice tone={event.status === 'cancelled' ? 'problem' : 'attention'}>
          {changed ? <p>{t(`event.status.${event.status}`)}</p> : null}
          {event.statusNote ? (
            <p>
              <Localized of={event.statusNote} />
            </p>
          ) : null}
        </Notice>
      ) : null}
      {past !== undefined && edition ? (
        <Notice>
          <p>
            {t('event.archive', { years: past })}{' '}
            {t('event.archive.edition', { edition: textIn(edition.title, language).text })}
          </p>
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
      <p>{t('event.updated', { day: format.day(event.updatedAt.slice(0, 10), 'full') })}</p>
    </footer>
  );
}
