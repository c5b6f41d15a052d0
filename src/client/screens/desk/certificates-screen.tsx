import { Award, Printer } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { localOf } from '#domain/dates.ts';
import { isUuid } from '#domain/ids.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { Certificate, DeskEventDetail } from '#protocol/desk.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import type { Format } from '#client/i18n/format.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readCertificates, readDeskEvent } from '#client/platform/desk.ts';
import styles from './certificates.module.css';
import deskStyles from './desk.module.css';
import { useCalled } from '#client/hooks/use-called.ts';

/** `/espace/evenements/:id/attestations`: certificates to print, of everybody who came or of one registration (`?inscription=`). */
export function CertificatesScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const one = search.get('inscription') ?? undefined;
  const load = useCallback(() => readDeskEvent(id), [id]);
  const { value, failure, reload } = useCalled(load);
  const back = { to: `/espace/evenements/${id}?vue=papier`, label: t('desk.event.back.event') };
  return (
    <div className={deskStyles.eventPage}>
      <div className={deskStyles.unprinted}>
        <PageHeader title={t('certificate.page')} back={back} lead={t('desk.certificates.what')} />
        {!isUuid(id) ? (
          <CallNotice reason="not_found" />
        ) : failure ? (
          <CallNotice reason={failure} onRetry={reload} />
        ) : null}
      </div>
      {value ? <Certificates eventId={id} detail={value} one={one} /> : null}
    </div>
  );
}

interface CertificatesProps {
  readonly eventId: string;
  readonly detail: DeskEventDetail;
  readonly one: string | undefined;
}

/** Certificates that the screen shows; the printer gets them all. */
const SEEN = 3;

function Certificates({ eventId, detail, one }: CertificatesProps) {
  const t = useT();
  const format = useFormat();
  const [place, setPlace] = useState(detail.event.city ?? '');
  const load = useCallback(() => readCertificates(eventId, one), [eventId, one]);
  const { value, failure, reload } = useCalled(load);
  const sorted = useMemo(() => value?.toSorted((a, b) => format.compare(a.name, b.name)) ?? [], [value, format]);
  if (failure) return <CallNotice reason={failure} onRetry={reload} />;
  if (!value) return <p role="status">{t('desk.loading')}</p>;
  if (sorted.length === 0) return <EmptyState icon={Award} text={t('certificate.none')} />;
  return (
    <>
      <div className={`${deskStyles.filters} ${deskStyles.unprinted}`}>
        <Field
          label={t('certificate.place')}
          value={place}
          maxLength={80}
          onChange={(event) => setPlace(event.target.value)}
        />
        <Button variant="primary" icon={Printer} className={deskStyles.filterEnd ?? ''} onClick={() => window.print()}>
          {t('certificate.print', { n: sorted.length })}
        </Button>
        <p className={deskStyles.count}>{t('certificate.pdf')}</p>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- paper is wider than a phone: who scrolls by keyboard scrolls it */}
      <div className={styles.pages} role="region" aria-label={t('certificate.preview')} tabIndex={0}>
        {sorted.map((certificate, i) => (
          <Page
            key={certificate.ticketId}
            certificate={certificate}
            detail={detail}
            place={place.trim()}
            unseen={i >= SEEN}
          />
        ))}
      </div>
      {sorted.length > SEEN ? (
        <p className={`${deskStyles.count} ${deskStyles.unprinted}`}>
          {t('certificate.more', { n: sorted.length - SEEN })}
        </p>
      ) : null}
    </>
  );
}

interface PageProps {
  readonly certificate: Certificate;
  readonly detail: DeskEventDetail;
  readonly place: string;
  readonly unseen: boolean;
}

/** One certificate, an A4 page. */
function Page({ certificate, detail, place, unseen }: PageProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { event, organisers, subjects } = detail;
  const title = shownIn(event.title, language);
  const subject = subjects.find((s) => s.id === certificate.subjectId);
  const zone = subjects[0]?.slots[0]?.zone ?? 'Europe/Paris';
  const session = subject ? shownIn(subject.title, language) : undefined;
  const days = certificate.arrivals.map((at) => localOf(Date.parse(at), zone).date);
  const when = days.map((day) => dayText(day, subject?.slots ?? subjects[0]?.slots ?? [], format));
  const arrivals = certificate.arrivals.map((at) => format.moment(Date.parse(at), zone));
  return (
    <article className={unseen ? `${styles.page} ${styles.unseen}` : styles.page}>
      <p className={styles.organiser}>{format.list(organisers)}</p>
      <h2 className={styles.heading}>{t('certificate.title')}</h2>
      <p>{t('certificate.certifies', { organisers: format.list(organisers) || title.text })}</p>
      <p className={styles.name}>{certificate.name}</p>
      <p>{t('certificate.took')}</p>
      <p className={styles.event} lang={title.lang}>
        {title.text}
      </p>
      {session?.text ? (
        <p className={styles.session} lang={session.lang}>
          {session.text}
        </p>
      ) : null}
      <p className={styles.when}>{when.join(' ; ')}</p>
      {event.city ? <p>{event.city}</p> : null}
      <p className={styles.arrival}>{t('certificate.arrival', { n: arrivals.length, when: format.list(arrivals) })}</p>
      <div className={styles.sign}>
        <p>
          {place
            ? t('certificate.done.at', { place, day: format.day(localOf(Date.now(), zone).date, 'full') })
            : t('certificate.done', { day: format.day(localOf(Date.now(), zone).date, 'full') })}
        </p>
        <p>{t('certificate.signature')}</p>
      </div>
      <p className={styles.code}>{t('certificate.code', { code: certificate.code })}</p>
    </article>
  );
}

/** A day on which they came, with the hours from the first to the last of what took place. */
function dayText(day: string, slots: DeskEventDetail['subjects'][number]['slots'], format: Format): string {
  const starts = slots.flatMap((slot) => (slot.date === day && slot.start ? [slot.start] : [])).toSorted();
  const ends = slots.flatMap((slot) => (slot.date === day && slot.end ? [slot.end] : [])).toSorted();
  const [start, end] = [starts[0], ends.at(-1)];
  const hours = start && end ? `${start}–${end}` : (start ?? '');
  return [format.day(day, 'full'), hours].filter(Boolean).join(', ');
}
