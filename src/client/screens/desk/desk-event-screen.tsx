import { ExternalLink, Smartphone } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { isUuid } from '#domain/ids.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { DeskEventDetail } from '#protocol/desk.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ReadOnly } from '#client/components/read-only.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readDeskEvent } from '#client/platform/desk.ts';
import { recallDesk, rememberDesk } from '#client/platform/desk-memory.ts';
import { AfterPanel } from './after-panel.tsx';
import { ArrivalsPanel } from './arrivals-panel.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { ChangeButton } from './change-button.tsx';
import { daysOf } from './days-of.ts';
import styles from './desk.module.css';
import { Devices } from './devices.tsx';
import { EnrolmentDialog } from './enrolment-dialog.tsx';
import { PaperPanel } from './paper-panel.tsx';
import { PromotionPanel } from './promotion-panel.tsx';
import { QuestionPanel } from './question-panel.tsx';
import { RegistrationsPanel } from './registrations-panel.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { TourPanel } from './tour-panel.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useReadOnly } from '#client/hooks/use-read-only.ts';

const views = [
  'arrivals',
  'registrations',
  'doors',
  'audit',
  'rules',
  'paper',
  'walk',
  'question',
  'promotion',
  'after',
] as const;
type View = (typeof views)[number];
/** As they stand in the address. */
const addresses: Readonly<Record<View, string>> = {
  arrivals: '',
  registrations: 'inscriptions',
  doors: 'portes',
  audit: 'journal',
  rules: 'regles',
  paper: 'papier',
  walk: 'balade',
  question: 'question',
  promotion: 'diffusion',
  after: 'bilan',
};

/** What is filled in; the others are looked at, and leave out what changes something by themselves. */
const forms: ReadonlySet<View> = new Set(['rules', 'question', 'after']);

/** `/espace/evenements/:id`: who comes, who has come, the phones at its doors and what holds there. */
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
  const [search] = useSearchParams();
  const load = useCallback(() => readDeskEvent(id), [id]);
  const { value, failure, at, reload } = useCalled(load);
  const [enrolling, setEnrolling] = useState(false);
  const readOnly = useReadOnly();
  const view = views.find((one) => addresses[one] === (search.get('vue') ?? '')) ?? 'arrivals';

  useEffect(() => {
    if (value && at !== undefined) rememberDesk(id, at, value);
  }, [id, value, at]);

  // Without a network the page still says what it last knew, and when.
  const detail = value ?? (failure === 'offline' ? recallDesk(id)?.detail : undefined);
  const title = detail ? shownIn(detail.event.title, language) : undefined;
  const shown = views.filter((one) => one !== 'walk' || detail?.event.walk);
  return (
    <div className={styles.eventPage}>
      <PageHeader
        title={title?.text ?? t('desk.title')}
        {...(title ? { lang: title.lang, within: t('desk.title') } : {})}
        back={back}
        lead={
          detail ? [daysOf(detail.event, format, 'full'), detail.event.city].filter(Boolean).join(' · ') : undefined
        }
        actions={
          detail ? (
            <>
              {readOnly ? null : (
                <>
                  <Button variant="primary" icon={Smartphone} onClick={() => setEnrolling(true)}>
                    {t('desk.enrol')}
                  </Button>
                  <ChangeButton eventId={id} />
                </>
              )}
              <LinkButton variant="quiet" icon={ExternalLink} to={`/evenements/${detail.event.slug}`}>
                {t('desk.event.page')}
              </LinkButton>
            </>
          ) : null
        }
      />
      {failure && !(failure === 'offline' && detail) ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {!detail && !failure ? <p role="status">{t('desk.loading')}</p> : null}
      {detail ? (
        <>
          <nav ref={inView} aria-label={t('desk.views')} className={styles.views}>
            <ul className={styles.viewList}>
              {shown.map((one) => (
                <li key={one}>
                  <Link
                    to={addresses[one] ? `?vue=${addresses[one]}` : '?'}
                    preventScrollReset
                    className={styles.view ?? ''}
                    aria-current={one === view ? 'page' : undefined}
                  >
                    {t(`desk.view.${one}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <section className={styles.section} aria-labelledby="desk-view">
            <h2 id="desk-view" className={styles.viewTitle}>
              {t(`desk.view.${view}`)}
            </h2>
            <ReadOnly when={readOnly && forms.has(view)}>
              <Panel view={view} id={id} detail={detail} fresh={value !== undefined} onChanged={reload} />
            </ReadOnly>
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

interface PanelProps {
  readonly view: View;
  readonly id: string;
  readonly detail: DeskEventDetail;
  /** The server has said it, and not what this device remembers: that knows of no phone. */
  readonly fresh: boolean;
  readonly onChanged: () => void;
}

function Panel({ view, id, detail, fresh, onChanged }: PanelProps) {
  switch (view) {
    case 'arrivals':
      return <ArrivalsPanel eventId={id} detail={detail} />;
    case 'registrations':
      return <RegistrationsPanel eventId={id} detail={detail} />;
    case 'doors':
      if (!fresh) return <CallNotice reason="offline" onRetry={onChanged} />;
      return <Devices eventId={id} devices={detail.devices} onChanged={onChanged} />;
    case 'audit':
      return <AuditPanel eventId={id} detail={detail} />;
    case 'rules':
      return <RulesPanel eventId={id} detail={detail} />;
    case 'paper':
      return <PaperPanel eventId={id} />;
    case 'walk':
      return <TourPanel eventId={id} />;
    case 'question':
      return <QuestionPanel eventId={id} />;
    case 'promotion':
      return <PromotionPanel eventId={id} />;
    case 'after':
      return <AfterPanel eventId={id} />;
  }
}

/** On a phone the views stand in a line that is longer than the screen: the one that is open is brought into it. */
function inView(line: HTMLElement | null): void {
  const open = line?.querySelector<HTMLElement>('[aria-current]');
  if (line && open) line.scrollLeft = open.offsetLeft - (line.clientWidth - open.offsetWidth) / 2;
}
