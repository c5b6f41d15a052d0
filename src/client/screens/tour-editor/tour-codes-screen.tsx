import { Footprints, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { isUuid } from '#domain/ids.ts';
import type { DeskTour } from '#protocol/desk-tour.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Localized } from '#client/components/localized.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { stopCode } from '#domain/stop-code.ts';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { readDeskTour } from '#client/platform/desk-tour.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './tour-editor.module.css';

/** `/espace/evenements/:id/balade/codes`: a sheet a stop, to be hung there. Any camera opens the walk at that stop. */
export function TourCodesScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const [tour, setTour] = useState<DeskTour['tour'] | null>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  useEffect(() => {
    let left = false;
    if (!isUuid(id)) {
      setFailure('not_found');
      return undefined;
    }
    void readDeskTour(id).then((called) => {
      if (left) return;
      if (called.kind === 'failed') setFailure(called.reason);
      else setTour(called.value.tour ?? null);
    });
    return () => {
      left = true;
    };
  }, [id]);
  return (
    <div className={styles.page}>
      <div className={styles.unprinted}>
        <PageHeader
          title={t('tour-edit.codes')}
          lead={t('tour-edit.codes.text')}
          back={{ to: `/espace/evenements/${id}/balade`, label: t('tour-edit.page') }}
          actions={
            tour ? (
              <Button variant="primary" icon={Printer} onClick={() => window.print()}>
                {t('tour-edit.codes.print')}
              </Button>
            ) : null
          }
        />
        {failure ? <CallNotice reason={failure} /> : null}
      </div>
      {tour === null ? (
        <EmptyState
          icon={Footprints}
          text={t('tour-edit.codes.none')}
          action={<LinkButton to={`/espace/evenements/${id}/balade`}>{t('tour-edit.page')}</LinkButton>}
        />
      ) : null}
      <ul className={styles.codes}>
        {tour?.stops.map((stop, i) => (
          <li key={stop.id} className={styles.code}>
            <p className={styles.codeStep}>{t('tour-edit.codes.stop', { n: i + 1, total: tour.stops.length })}</p>
            <h2>
              <Localized of={stop.title} />
            </h2>
            <div className={styles.qr}>
              <QrCode
                text={stopCode(location.origin, tour.slug, stop.id)}
                label={t('tour-edit.codes.of', { n: i + 1 })}
              />
            </div>
            <p>
              <Localized of={tour.title} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
