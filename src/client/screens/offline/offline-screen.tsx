import { PageHeader } from '#client/components/page-header.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { AttentionSection } from './attention-section.tsx';
import { KeptSection } from './kept-section.tsx';
import styles from './offline.module.css';
import { OutboxSection } from './outbox-section.tsx';
import { PacksSection } from './packs-section.tsx';
import { PicturesSection } from './pictures-section.tsx';
import { StorageSection } from './storage-section.tsx';
import { SyncSection } from './sync-section.tsx';

/** What is on this device, and what waits to be sent: the one page that speaks of synchronisation. */
export function OfflineScreen() {
  const t = useT();
  return (
    <div className={styles.screen}>
      <PageHeader title={t('offline.title')} lead={t('offline.lead')} />
      <AttentionSection />
      <SyncSection />
      <OutboxSection />
      <KeptSection />
      <PacksSection />
      <PicturesSection />
      <StorageSection />
    </div>
  );
}
