import { ExternalLink, RotateCw, Smartphone } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useParams } from 'react-router';
import { isUuid } from '#domain/ids.ts';
import { textIn } from '#domain/text.ts';
import type { DeskEvent } from '#protocol/desk.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readDeskEvent } from '#client/platform/session.ts';
import styles from './desk.module.css';
import { Devices } from './devices.tsx';
import { EnrolmentDialog } from './enrolment-dialog.tsx';
import { Registrations } from './registrations.tsx';
import { useCalled } from './use-called.ts';

/** `/espace/evenements/:id`: how full it is, who comes, and the phones at its doors. */
export function DeskEventScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const back = { to: '/espace', label: t('desk.event.back') };
  if (!isUuid(id))
    return (
      <div className={styles.page}>
        <PageHeader title={t('desk.title')} back={back} />
        <CallNotice reason="not_found" />
      </div>
    );
  return <DeskEventPage key={id} id={id} back={back} />;
}

function DeskEventPage({ id, back }: { readonly id: string; readonly back: { to: string; label: string } }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const load = useCallback(() => readDeskEvent(id), [id]);
  const { value, failure, loading, at, reload } = useCalled(load);
  const [enrolling, setEnrolling] = useState(false);
  const title = value ? textIn(value.event.title, language) : undefined;

  return (
    <div className={styles.page}>
      <PageHeader
        title={title?.text ?? t('desk.title')}
        {...(title ? { lang: title.lang, within: t('desk.title') } : {})}
        back={back}
        lead={
          value
            ? [value.event.firstDay && format.day(value.event.firstDay, 'full'), value.event.city]
                .filter(Boolean)
                .join(' · ')
            : undefined
        }
      />
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {!value && loading ? <p role="status">{t('desk.loading')}</p> : null}
      {value ? (
        <>
          <section className={styles.section} aria-labelledby="desk-counts">
            <div className={styles.sectionHead}>
              <h2 id="desk-counts">{t('desk.event.counts')}</h2>
              <div className={styles.actions}>
                <Button variant="quiet" icon={RotateCw} busy={loading} onClick={reload}>
                  {t('desk.event.refresh')}
                </Button>
                <LinkButton variant="quiet" icon={ExternalLink} to={`/evenements/${value.event.slug}`}>
                  {t('desk.event.page')}
                </LinkButton>
              </div>
            </div>
            <Counts event={value.event} />
            {at === undefined ? null : (
              <p className={styles.count}>{t('desk.event.asOf', { time: format.clock(at) })}</p>
            )}
          </section>
          <section className={styles.section} aria-labelledby="desk-devices">
            <div className={styles.sectionHead}>
              <h2 id="desk-devices">{t('desk.devices')}</h2>
              <Button variant="primary" icon={Smartphone} onClick={() => setEnrolling(true)}>
                {t('desk.enrol')}
              </Button>
            </div>
            <Devices eventId={id} devices={value.devices} onChanged={reload} />
          </section>
          <section className={styles.section} aria-labelledby="desk-registrations">
            <h2 id="desk-registrations">{t('desk.registrations')}</h2>
            <Registrations registrations={value.registrations} />
          </section>
          <EnrolmentDialog
            eventId={id}
            open={enrolling}
            onClose={() => {
              setEnrolling(false);
              reload();
            }}
          />
        </>
      ) : null}
    </div>
  );
}

function Counts({ event }: { readonly event: DeskEvent }) {
  const t = useT();
  const format = useFormat();
  const figures = [
    {
      name: 'confirmed',
      value: event.confirmed,
      note:
        event.capacity === undefined
          ? t('desk.event.confirmed.open')
          : t('desk.event.confirmed.of', { capacity: event.capacity }),
    },
    { name: 'waitlisted', value: event.waitlisted },
    { name: 'arrived', value: event.arrived },
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, note }) => (
        <div key={name} className={styles.figure}>
          <dt>
            {t(`desk.event.${name}`)}
            {note ? <span className={styles.figureNote}> {note}</span> : null}
          </dt>
          <dd className={styles.figureNumber}>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
