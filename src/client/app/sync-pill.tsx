import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CloudDownload, CloudOff, Send, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { Tone } from '#client/components/status-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useSyncState, useSyncStateRead } from '#client/hooks/use-sync-state.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './sync-pill.module.css';

const LOOKS = {
  attention: { tone: 'brick', icon: TriangleAlert },
  waiting: { tone: 'sun', icon: Send },
  offline: { tone: 'neutral', icon: CloudOff },
  synced: { tone: 'leaf', icon: CircleCheck },
  loading: { tone: 'neutral', icon: CloudDownload },
} as const satisfies Record<string, { tone: Tone; icon: LucideIcon }>;

/** On every page: whether what the person did has arrived, and a way to the page that says more. */
export function SyncPill() {
  const t = useT();
  const state = useSyncState();
  const read = useSyncStateRead();
  if (!read) return null;
  const { tone, icon } = LOOKS[state.kind];
  return (
    <Link to="/hors-ligne" className={styles.link ?? ''}>
      <StatusPill status tone={tone} icon={icon} text={t(`shell.sync.${state.kind}`, { count: state.waiting })} />
    </Link>
  );
}
