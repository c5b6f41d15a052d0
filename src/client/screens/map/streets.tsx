import { Notice } from '#client/components/notice.tsx';
import { PackList } from '#client/components/maps/pack-list.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { dropPackHere, keepPackHere, usePacks } from '#client/hooks/use-packs.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { View } from '#client/map/base-map.ts';
import type { Live } from '#client/store/live.ts';
import { meet } from '#domain/bounds.ts';
import styles from './map-screen.module.css';

/** Maps offered at a time. */
const OFFERED = 3;
/** From farther off one does not look for a street. */
const OFFERED_FROM = 8;

interface StreetsProps {
  readonly view: Live<View | undefined>;
  /** A kept map could not be drawn, or not all of it. */
  readonly faulty: boolean;
}

/** What the map shows of streets where one looks, and which maps of there can be kept. */
export function Streets({ view: live, faulty }: StreetsProps) {
  const t = useT();
  const view = useLive(live);
  const { packs } = usePacks();
  const offered =
    view && view.zoom >= OFFERED_FROM
      ? packs.filter(({ pack, row }) => row?.state !== 'kept' && meet(pack.bounds, view.bounds)).slice(0, OFFERED)
      : [];
  const bare = view?.near === true && view.cover === 'outline';
  return (
    <div className={styles.streets}>
      {faulty ? <Notice tone="attention">{t('map.streets.faulty')}</Notice> : null}
      <p role="status" className={styles.legend}>
        {bare ? t('map.streets.none') : null}
      </p>
      {offered.length > 0 ? (
        <PackList packs={offered} onKeep={(wanted) => keepPackHere(wanted)} onDrop={dropPackHere} />
      ) : null}
    </div>
  );
}
