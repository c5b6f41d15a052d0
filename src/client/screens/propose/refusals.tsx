import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { discardRefused } from '#client/store/actions.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import styles from './propose.module.css';

/** What the server did not take, and why. Words that two wrote at once are chosen between elsewhere. */
export function Refusals({ view }: { readonly view: ProposalView }) {
  const t = useT();
  const shown = view.refusals.filter((one) => !(one.name === 'save-proposal' && view.conflict));
  return shown.map(({ replicaId, seq, name, reason, text }) => (
    <Notice
      key={`${replicaId} ${seq}`}
      tone="problem"
      title={t(`propose.refused.${name}`)}
      actions={<Button onClick={() => void discardRefused(replicaId, seq)}>{t('propose.refused.understood')}</Button>}
    >
      <p>{t(reasonText(reason))}</p>
      {text ? <p className={styles.words}>{text}</p> : null}
    </Notice>
  ));
}

function reasonText(reason: ProposalView['refusals'][number]['reason']): string {
  switch (reason) {
    case 'stale':
    case 'wrong_state':
    case 'incomplete':
    case 'frozen':
    case 'proposals_closed':
    case 'forbidden':
      return `propose.reason.${reason}`;
    default:
      return 'propose.reason.other';
  }
}
