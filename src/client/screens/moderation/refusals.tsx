import { Button, LinkButton } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { discardRefused } from '#client/store/actions.ts';
import type { MutationName } from '#protocol/mutation.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import styles from './moderation.module.css';

const TITLES: Partial<Record<MutationName, string>> = {
  'decide-proposal': 'moderation.conflict.decision',
  'save-proposal': 'moderation.conflict.correction',
};

/** What was done here and the server did not take: why, what happened instead, and the words that were written. */
export function Refusals({ proposal }: { readonly proposal: ProposalView }) {
  const t = useT();
  const format = useFormat();
  const last = proposal.history.at(-1);
  return (
    <div className={styles.refusals} aria-live="polite">
      {proposal.refusals.map(({ replicaId, seq, name, reason, text, base = 0 }) => (
        <Notice
          key={`${replicaId} ${seq}`}
          tone="problem"
          title={t(TITLES[name] ?? 'moderation.conflict.other')}
          actions={
            name === 'save-proposal' && proposal.conflict ? (
              <LinkButton to={`/proposer/${proposal.id}`}>{t('moderation.correct.choose')}</LinkButton>
            ) : (
              <Button onClick={() => void discardRefused(replicaId, seq)}>{t('moderation.conflict.understood')}</Button>
            )
          }
        >
          <p>{t(name === 'save-proposal' && reason === 'stale' ? 'moderation.conflict.save' : sentenceOf(reason))}</p>
          {reason === 'stale' && last && proposal.revision > base ? (
            <p>
              {t('moderation.conflict.meanwhile', {
                who: [t(`proposal.role.${last.by.role}`), last.by.name].filter(Boolean).join(' · '),
                what: t(`proposal.deed.${last.kind}`),
                at: format.moment(Date.parse(last.at)),
              })}
            </p>
          ) : null}
          {text ? <blockquote className={styles.quote}>{text}</blockquote> : null}
        </Notice>
      ))}
    </div>
  );
}

/** What is said here has no need to lead here. */
function sentenceOf(reason: string | undefined): string {
  if (reason === 'stale' || reason === 'wrong_state') return 'moderation.conflict.stale';
  return reason === 'incomplete' ? 'moderation.conflict.incomplete' : `offline.reason.${reason ?? 'unsupported'}`;
}
