import { PackList } from '#client/components/maps/pack-list.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { dropPackHere, keepPackHere, usePacks } from '#client/hooks/use-packs.ts';
import { useT } from '#client/i18n/i18n.ts';
import { keptUntil, pointsOf } from '#domain/map-pack.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { isInside } from '#domain/bounds.ts';
import styles from './event-screen.module.css';

/** The street-level maps in which the event takes place, to be kept until it is over. */
export function EventStreets({ event }: { readonly event: ProgrammeEvent }) {
  const t = useT();
  const now = useClock();
  const { packs } = usePacks();
  const points = event.attendanceMode === 'online' ? [] : pointsOf(event);
  const around = packs.filter(({ pack }) => points.some((point) => isInside(pack.bounds, point)));
  if (around.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{t('pack.here')}</h2>
      <PackList packs={around} onKeep={(wanted) => keepPackHere(wanted, keptUntil(event, now))} onDrop={dropPackHere} />
    </section>
  );
}
