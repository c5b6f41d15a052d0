import { CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { VisuallyHidden } from '#client/components/visually-hidden.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { decideProposal } from '#client/store/proposals.ts';
import styles from './moderation.module.css';

interface BulkBarProps {
  /** What the reader may decide upon, of what is listed. */
  readonly decidable: readonly ProposalView[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[]) => void;
}

/** Several approved at once. Refusing and asking for changes have a reason each, and are done one by one. */
export function BulkBar({ decidable, chosen, onChoose }: BulkBarProps) {
  const t = useT();
  const { language } = useFormat();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState('');
  const wanted = decidable.filter((one) => chosen.has(one.id));
  const approve = async (): Promise<void> => {
    for (const one of wanted) await decideProposal(one, 'approve');
    setSaid(t('moderation.bulk.done', { n: wanted.length }));
    setAsking(false);
    onChoose([]);
  };
  return (
    <>
      <VisuallyHidden live>{said}</VisuallyHidden>
      {decidable.length > 1 || wanted.length > 0 ? (
        <div className={styles.bulk}>
          <Button onClick={() => onChoose(wanted.length === decidable.length ? [] : decidable.map((one) => one.id))}>
            {wanted.length === decidable.length
              ? t('moderation.bulk.none')
              : t('moderation.bulk.all', { n: decidable.length })}
          </Button>
          {wanted.length > 0 ? (
            <Button variant="primary" icon={CheckCheck} onClick={() => setAsking(true)}>
              {t('moderation.bulk.approve', { n: wanted.length })}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('moderation.bulk.title', { n: wanted.length })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('moderation.cancel')}</Button>
            <Button variant="primary" onClick={approve}>
              {t('moderation.bulk.approve', { n: wanted.length })}
            </Button>
          </>
        }
      >
        <p>{t('moderation.bulk.text')}</p>
        <ul className={styles.bulkList}>
          {wanted.map((one) => (
            <li key={one.id}>{shownIn(one.content.title, language).text || t('moderation.untitled')}</li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
