import { Printer } from 'lucide-react';
import { useCallback } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { compareSlots } from '#domain/dates.ts';
import { isUuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { subjectsOf, venueOf } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import { languages } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EventPicture } from '#client/components/event/event-picture.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { formatFor } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readPublished } from '#client/platform/desk.ts';
import styles from './promotion.module.css';

/** Slots that a sheet has room for. */
const SLOTS = 5;

/** `/espace/evenements/:id/affiche`: a poster, printed by the browser on A4 or kept as a PDF. */
export function PosterScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const own = useLanguage();
  const language = languages.find((one) => one === search.get('langue')) ?? own;
  const load = useCallback(
    () => (isUuid(id) ? readPublished(id) : Promise.resolve({ kind: 'failed', reason: 'not_found' } as const)),
    [id],
  );
  const { value: event, failure, reload } = useCalled(load);
  const other = languages.find((one) => one !== language) ?? 'fr';
  return (
    <div className={styles.page}>
      <div className={styles.unprinted}>
        <PageHeader
          title={t('promotion.poster')}
          {...(event ? { within: shownIn(event.title, own).text } : {})}
          lead={t('promotion.poster.how')}
          back={{ to: `/espace/evenements/${id}?vue=diffusion`, label: t('desk.view.promotion') }}
          actions={
            <>
              <LinkButton to={`?langue=${other}`}>{t(`promotion.poster.${other}`)}</LinkButton>
              {event ? (
                <Button variant="primary" icon={Printer} onClick={() => window.print()}>
                  {t('promotion.poster.print')}
                </Button>
              ) : null}
            </>
          }
        />
        {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      </div>
      {event ? <Poster event={event} language={language} /> : failure ? null : <p role="status">{t('desk.loading')}</p>}
    </div>
  );
}

function Poster({ event, language }: { readonly event: ProgrammeEvent; readonly language: Language }) {
  const t = useT();
  const format = formatFor(language);
  const title = shownIn(event.title, language);
  const summary = shownIn(event.summary, language);
  const venue = venueOf(event);
  const slots = event.sessions.map((session) => session.slot).toSorted(compareSlots);
  const address = `${location.origin}/evenements/${event.slug}`;
  const registers = subjectsOf(event).length > 0;
  return (
    <article className={styles.poster} lang={language} aria-label={t('promotion.poster')}>
      <div className={styles.picture}>
        <EventPicture event={event} />
      </div>
      <div className={styles.words}>
        <h2 className={styles.title} lang={title.lang}>
          {title.text}
        </h2>
        {summary.text ? (
          <p className={styles.lead} lang={summary.lang}>
            {summary.text}
          </p>
        ) : null}
        <div className={styles.facts}>
          {slots.slice(0, SLOTS).map((slot) => (
            <p key={`${slot.date} ${slot.start ?? ''}`}>{format.slot(slot, 'full')}</p>
          ))}
          {slots.length > SLOTS ? <p>…</p> : null}
          {venue ? (
            <p>
              {[venue.name, venue.address, [venue.postalCode, venue.city].filter(Boolean).join(' ')]
                .filter(Boolean)
                .join(', ')}
            </p>
          ) : null}
        </div>
        {event.conditions ? <p>{shownIn(event.conditions, language).text}</p> : null}
        <p className={styles.kind}>{event.organisers.map((one) => one.name).join(' · ')}</p>
      </div>
      <div className={styles.foot}>
        <QrCode text={address} label={t('promotion.qr.label')} />
        <div>
          <p className={styles.lead}>{t(`promotion.sheet.${language}.${registers ? 'register' : 'read'}`)}</p>
          <p className={styles.address}>{address.replace(/^https?:\/\//, '')}</p>
        </div>
      </div>
    </article>
  );
}
