import { Footprints, RotateCw, Star } from 'lucide-react';
import { useCallback } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useReadOnly } from '#client/hooks/use-read-only.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { readTourRatings } from '#client/platform/desk-tour.ts';
import styles from './tour-panel.module.css';
import { useCalled } from '#client/hooks/use-called.ts';

/** The walk of an event: its editor, and what people thought of it. */
export function TourPanel({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const format = useFormat();
  const load = useCallback(() => readTourRatings(eventId), [eventId]);
  const { value, failure, loading, reload } = useCalled(load);
  const readOnly = useReadOnly();
  return (
    <div className={styles.panel}>
      {readOnly ? null : (
        <div>
          <LinkButton icon={Footprints} to={`/espace/evenements/${eventId}/balade`}>
            {t('tour-edit.open')}
          </LinkButton>
        </div>
      )}
      <p className={styles.quiet}>{t('tour-edit.guide')}</p>
      <div className={styles.head}>
        <h3>{t('tour-edit.ratings')}</h3>
        <Button variant="quiet" icon={RotateCw} busy={loading} onClick={reload}>
          {t('tour-edit.ratings.refresh')}
        </Button>
      </div>
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {value && value.average === undefined ? <EmptyState icon={Star} text={t('tour-edit.ratings.none')} /> : null}
      {value?.average === undefined ? null : (
        <>
          <p className={styles.average}>
            <Icon of={Star} />{' '}
            {t('tour-edit.ratings.average', { average: format.number(value.average), n: value.count })}
          </p>
          <ul className={styles.spread} aria-label={t('tour-edit.ratings.spread')}>
            {value.spread.toReversed().map((count, i) => (
              <li key={5 - i}>
                <span>{t('walk.rating.of', { stars: 5 - i })}</span>
                <meter min={0} max={value.count} value={count} aria-hidden="true" />
                <span className="tabular">{format.number(count)}</span>
              </li>
            ))}
          </ul>
          <ul className={styles.remarks}>
            {value.remarks.map((one) => (
              <li key={`${one.at} ${one.remark}`} className={styles.remark}>
                <p className={styles.words}>{one.remark}</p>
                <p className={styles.quiet}>
                  {[
                    t('walk.rating.of', { stars: one.rating }),
                    one.seen === undefined ? undefined : t('tour-edit.ratings.seen', { n: one.seen }),
                    format.moment(Date.parse(one.at)),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
