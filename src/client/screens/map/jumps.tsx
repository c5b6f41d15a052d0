import { LocateFixed } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '#client/components/button.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Place } from '#client/map/places.ts';
import type { Bounds } from '#domain/bounds.ts';
import { boundsOf, isInside } from '#domain/bounds.ts';
import type { Position, RegionCode } from '#domain/programme.ts';
import { boundsOfRegion, METROPOLITAN } from '#domain/region-bounds.ts';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import styles from './map-screen.module.css';
import type { Near } from './use-near.ts';

/** The regions that the first look at the map does not show. */
const OVERSEAS: readonly RegionCode[] = ['01', '02', '03', '04', '06'];

interface JumpsProps {
  readonly places: readonly Place[];
  readonly near: Near;
  /** Undefined: European France. */
  readonly onGo: (region: RegionCode | undefined) => void;
  readonly onGoTo: (bounds: Bounds) => void;
  readonly onNear: () => void;
}

/** Ways to the parts of the world in which the programme takes place and that no one look shows, and to what is near. */
export function Jumps({ places, near, onGo, onGoTo, onNear }: JumpsProps) {
  const t = useT();
  const format = useFormat();
  const { overseas, elsewhere } = useMemo(() => partsOf(places), [places]);
  const apart = overseas.length > 0 || elsewhere;
  return (
    <>
      <div className={styles.jumps} role="group" aria-label={t('map.jump')}>
        <Button
          className={styles.jump ?? ''}
          icon={LocateFixed}
          busy={near.asking}
          aria-pressed={near.at !== undefined}
          onClick={onNear}
        >
          {t('map.near')}
        </Button>
        {apart ? (
          <Button className={styles.jump ?? ''} onClick={() => onGo(undefined)}>
            {t('map.jump.metropolitan')}
          </Button>
        ) : null}
        {overseas.map((code) => (
          <Button key={code} className={styles.jump ?? ''} onClick={() => onGo(code)}>
            {shownIn(regionOf(code)?.name, format.language).text}
          </Button>
        ))}
        {elsewhere ? (
          <Button className={styles.jump ?? ''} onClick={() => onGoTo(elsewhere)}>
            {t('map.jump.elsewhere')}
          </Button>
        ) : null}
      </div>
      <p role="status" className={styles.located} hidden={!near.at && !near.failed}>
        {near.at
          ? t('map.near.found', { accuracy: format.distance(near.at.accuracy) })
          : near.failed
            ? t(`map.near.${near.failed}`)
            : null}
      </p>
    </>
  );
}

/** The overseas regions that have a place, and the area of what lies in none of France's parts. */
function partsOf(places: readonly Place[]): { overseas: readonly RegionCode[]; elsewhere: Bounds | undefined } {
  const found = new Set<RegionCode>();
  const abroad: Position[] = [];
  for (const { position } of places) {
    if (isInside(METROPOLITAN, position)) continue;
    const region = OVERSEAS.find((code) => isInside(boundsOfRegion(code) ?? METROPOLITAN, position));
    if (region) found.add(region);
    else abroad.push(position);
  }
  return { overseas: OVERSEAS.filter((code) => found.has(code)), elsewhere: boundsOf(abroad) };
}
