import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useOutbox } from '#client/hooks/use-outbox.ts';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useT } from '#client/i18n/i18n.ts';
import { exportOutbox } from '#client/platform/export-outbox.ts';
import { updateApp } from '#client/platform/service-worker.ts';
import { discardAllBlocked } from '#client/store/actions.ts';
import type { Blocked } from './blocked.ts';
import { blocked } from './blocked.ts';
import styles from './offline.module.css';

/** What goes on by itself no more: why, and what the person can do about it. Empty when nothing is wrong. */
export function AttentionSection() {
  const t = useT();
  const { trouble } = useSyncState();
  const stuck = useLive(blocked);
  const [updating, setUpdating] = useState(false);
  const update = async (): Promise<void> => {
    setUpdating(true);
    await updateApp();
    setUpdating(false);
  };
  return (
    <div className={styles.notices} aria-live="polite">
      {trouble === 'protocol_too_old' ? (
        <Notice
          tone="problem"
          title={t('offline.old.title')}
          actions={
            <Button variant="primary" busy={updating} onClick={update}>
              {t('offline.old.action')}
            </Button>
          }
        >
          {t('offline.old.text')}
        </Notice>
      ) : null}
      {trouble === 'no_space' ? (
        <Notice
          tone="problem"
          title={t('offline.full.title')}
          actions={<LinkButton to="/reglages#regions">{t('offline.kept.choose')}</LinkButton>}
        >
          {t('offline.full.text')}
        </Notice>
      ) : null}
      {stuck.map((one) => (
        <BlockedNotice key={one.replica} {...one} />
      ))}
    </div>
  );
}

function BlockedNotice({ replica, reason, waiting }: Blocked) {
  const t = useT();
  const items = useOutbox().filter((item) => item.replica === replica && item.state === 'waiting');
  const [asking, setAsking] = useState(false);
  return (
    <Notice
      tone="problem"
      title={t('offline.attention.title', { count: waiting })}
      actions={
        <>
          {reason === 'sign_in_required' ? (
            <LinkButton variant="primary" to="/connexion">
              {t('offline.attention.sign_in')}
            </LinkButton>
          ) : null}
          <Button icon={Download} onClick={() => exportOutbox(items)}>
            {t('offline.attention.export')}
          </Button>
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t('offline.discard')}
          </Button>
        </>
      }
    >
      {t(`offline.attention.${reason}`)}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('offline.attention.discard', { count: waiting })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('offline.discard.keep')}</Button>
            <Button
              variant="danger"
              onClick={async () => {
                await discardAllBlocked(replica);
                setAsking(false);
              }}
            >
              {t('offline.discard')}
            </Button>
          </>
        }
      >
        <p>{t('offline.attention.discard.text', { count: waiting })}</p>
      </Dialog>
    </Notice>
  );
}
