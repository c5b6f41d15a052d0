import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Card } from '#client/components/card.tsx';
import { useNow } from '#client/components/use-now.ts';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { syncNow } from '#client/sync/loop.ts';
import styles from './offline.module.css';

/** Where the exchange with the server stands, and a button for who does not want to wait. */
export function SyncSection() {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const state = useSyncState();
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  // A device's clock that has been set back since would put it into the future.
  const when = state.syncedAt === undefined ? undefined : format.relative(Math.min(state.syncedAt, now), now);

  const sync = async (): Promise<void> => {
    setSaid('');
    setAsked(true);
    const { kind } = await syncNow();
    setAsked(false);
    setSaid(t(`offline.sync.${SAID[kind] ?? 'failing'}`));
  };

  return (
    <section aria-label={t('offline.state')} className={styles.part}>
      <Card className={styles.sync}>
        <div>
          <p className={styles.strong}>
            {when === undefined
              ? t(NEVER[state.kind] ?? 'offline.never')
              : t(`offline.now.${state.kind}`, { when, count: state.waiting })}
          </p>
          {state.kind === 'synced' || when === undefined ? null : (
            <p className={styles.quiet}>{t('offline.last', { when })}</p>
          )}
          <p className={styles.quiet} aria-live="polite">
            {asked || state.syncing ? t('offline.running') : said}
          </p>
        </div>
        <Button variant="primary" icon={RefreshCw} busy={asked} onClick={sync}>
          {t('offline.sync')}
        </Button>
      </Card>
    </section>
  );
}

/** What is said while not everything has come once. */
const NEVER: Partial<Record<string, string>> = { offline: 'offline.unreachable', loading: 'offline.loading' };

/** How a run ended, by what is said of it. */
const SAID: Partial<Record<string, string>> = {
  ok: 'ok',
  unreachable: 'unreachable',
  failing: 'failing',
  protocol_too_old: 'old',
  no_space: 'full',
};
