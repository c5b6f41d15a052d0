import { Download, Map as MapIcon, RotateCw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { MapPack } from '#domain/map-pack.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { Button } from '../button.tsx';
import { Card } from '../card.tsx';
import { Icon } from '../icon.tsx';
import styles from './pack-card.module.css';

/** How a map stands on this device. */
export interface PackStanding {
  readonly state: 'loading' | 'kept' | 'refused';
  /** Bytes. */
  readonly received: number;
  /** Milliseconds. */
  readonly keepUntil?: number;
  readonly trouble?: string;
}

interface PackCardProps {
  readonly pack: MapPack;
  /** Absent: only offered. */
  readonly standing?: PackStanding | undefined;
  /** A newer map of the same area. */
  readonly newer?: MapPack | undefined;
  /** Says whose map it is, under which licence. */
  readonly origin: boolean;
  /** False when there is no room for it. */
  readonly onKeep: (pack: MapPack) => Promise<boolean>;
  readonly onDrop: (sha256: string) => Promise<void>;
}

/** A street-level map: how large it is before anything is fetched, how far it has come, and how to take it away. */
export function PackCard({ pack, standing, newer, origin, onKeep, onDrop }: PackCardProps) {
  const t = useT();
  const format = useFormat();
  const [full, setFull] = useState(false);
  const keep = async (wanted: MapPack): Promise<void> => setFull(!(await onKeep(wanted)));
  const { state, received = 0, keepUntil, trouble } = standing ?? {};
  const size = format.bytes(pack.bytes);
  const about = [
    state === 'loading' ? undefined : size,
    pack.dataDate
      ? t(isDay(pack.dataDate) ? 'pack.date.day' : 'pack.date', { date: format.partOfDate(pack.dataDate) })
      : undefined,
    state === 'kept' && keepUntil !== undefined
      ? t('pack.until', { day: format.day(new Date(keepUntil).toISOString().slice(0, 10), 'weekday') })
      : undefined,
    origin ? `${pack.attribution}, ${pack.licence}` : undefined,
  ].filter((part) => part !== undefined);
  return (
    <Card as="li" className={styles.pack}>
      <Icon of={MapIcon} className={styles.mark} />
      <div className={styles.body}>
        <p className={styles.name}>{t('pack.name', { name: pack.name })}</p>
        {about.length > 0 ? <p className={styles.about}>{about.join(' · ')}</p> : null}
        {state === 'loading' ? <Coming received={received} total={pack.bytes} /> : null}
        <div role="status">
          {state === 'kept' ? <p className={styles.about}>{t('pack.kept')}</p> : null}
          {trouble ? <p className={styles.trouble}>{t(`pack.trouble.${trouble}`)}</p> : null}
          {full ? <p className={styles.trouble}>{t('pack.trouble.no_space')}</p> : null}
        </div>
        <div className={styles.buttons}>
          {state === undefined ? (
            <Button icon={Download} onClick={() => keep(pack)}>
              {t('pack.keep')}
            </Button>
          ) : null}
          {newer ? (
            <Button icon={Download} onClick={() => keep(newer)}>
              {t('pack.newer', { size: format.bytes(newer.bytes) })}
            </Button>
          ) : null}
          {state === 'refused' && trouble !== 'gone' ? (
            <Button icon={RotateCw} onClick={() => keep(pack)}>
              {t('pack.retry')}
            </Button>
          ) : null}
          {state === 'loading' ? (
            <Button icon={X} onClick={() => onDrop(pack.sha256)} aria-label={t('pack.cancel.of', { name: pack.name })}>
              {t('pack.cancel')}
            </Button>
          ) : null}
          {state === 'kept' || state === 'refused' ? (
            <Button
              icon={Trash2}
              onClick={() => onDrop(pack.sha256)}
              aria-label={t('pack.drop.of', { name: pack.name })}
            >
              {t('pack.drop')}
            </Button>
          ) : null}
        </div>
      </div>
    </Card>
  );
}

const isDay = (date: string): boolean => date.length === 'YYYY-MM-DD'.length;

function Coming({ received, total }: { readonly received: number; readonly total: number }) {
  const t = useT();
  const format = useFormat();
  const said = t('pack.coming', { received: format.bytes(received), total: format.bytes(total) });
  return (
    <div>
      <progress className={styles.bar} value={received} max={total} aria-label={said} />
      <p className={styles.about}>{said}</p>
    </div>
  );
}
