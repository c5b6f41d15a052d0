import type { MapPack } from '#domain/map-pack.ts';
import { PackCard } from './pack-card.tsx';
import type { PackStanding } from './pack-card.tsx';
import styles from './pack-card.module.css';

interface PackListProps {
  readonly packs: readonly {
    readonly pack: MapPack;
    /** Absent: only offered. */
    readonly row?: PackStanding;
    /** A newer map of the same area. */
    readonly newer?: MapPack;
  }[];
  /** Says whose maps they are, under which licence. */
  readonly origin?: boolean;
  /** False when there is no room for it. */
  readonly onKeep: (pack: MapPack) => Promise<boolean>;
  readonly onDrop: (sha256: string) => Promise<void>;
}

/** Street-level maps, each with what can be done about it. */
export function PackList({ packs, origin = false, onKeep, onDrop }: PackListProps) {
  return (
    <ul className={styles.list}>
      {packs.map(({ pack, row, newer }) => (
        <PackCard
          key={pack.sha256}
          pack={pack}
          standing={row}
          newer={newer}
          origin={origin}
          onKeep={onKeep}
          onDrop={onDrop}
        />
      ))}
    </ul>
  );
}
