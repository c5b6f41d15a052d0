import { LocateFixed } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Located } from '#client/platform/locate.ts';
import { locateOnce } from '#client/platform/locate.ts';
import type { RegionCode } from '#domain/programme.ts';
import { regionOf } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import styles from './map-screen.module.css';

/** The regions that the first look at the map does not show. */
const OVERSEAS: readonly RegionCode[] = ['01', '02', '03', '04', '06'];

interface JumpsProps {
  /** Undefined: European France. */
  readonly onGo: (region: RegionCode | undefined) => void;
  readonly onLocated: (lat: number, lon: number, accuracy: number) => void;
}

/** Ways to the parts of the country that lie far apart, and to where the person is. */
export function Jumps({ onGo, onLocated }: JumpsProps) {
  const t = useT();
  const format = useFormat();
  const [located, setLocated] = useState<Located>();
  const [asking, setAsking] = useState(false);

  const locate = async (): Promise<void> => {
    setAsking(true);
    const answer = await locateOnce();
    setAsking(false);
    setLocated(answer);
    if (answer.kind === 'found') onLocated(answer.lat, answer.lon, answer.accuracy);
  };

  return (
    <>
      <div className={styles.jumps} role="group" aria-label={t('map.jump')}>
        <Button className={styles.jump ?? ''} onClick={() => onGo(undefined)}>
          {t('map.jump.metropolitan')}
        </Button>
        {OVERSEAS.map((code) => (
          <Button key={code} className={styles.jump ?? ''} onClick={() => onGo(code)}>
            {textIn(regionOf(code)?.name, format.language).text}
          </Button>
        ))}
        <Button className={styles.jump ?? ''} icon={LocateFixed} busy={asking} onClick={() => void locate()}>
          {t('map.locate')}
        </Button>
      </div>
      <p role="status" className={styles.located} hidden={!located}>
        {located?.kind === 'found'
          ? t('map.locate.found', { accuracy: format.distance(located.accuracy) })
          : located
            ? t(`map.locate.${located.kind}`)
            : null}
      </p>
    </>
  );
}
