import { CircleCheck, CircleX, MessageSquareWarning } from 'lucide-react';
import { useState } from 'react';
import type { Edition } from '#domain/programme.ts';
import { localOf } from '#domain/dates.ts';
import type { ProposalField } from '#domain/proposal.ts';
import { proposalFields, rulesOf } from '#domain/proposal.ts';
import { problemsOf } from '#domain/proposal-check.ts';
import type { ProposalDecision } from '#protocol/proposal.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CheckGroup } from '#client/components/forms/check-group.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { decideProposal } from '#client/store/proposals.ts';
import styles from './moderation.module.css';

interface DecisionPanelProps {
  readonly proposal: ProposalView;
  readonly edition: Edition | undefined;
  /** It is the reader's turn. */
  readonly mine: boolean;
  /** They are of the national team, whose word publishes at whichever step. */
  readonly national: boolean;
  /** The next one that waits for them. */
  readonly next: ProposalView | undefined;
  /** What is about to be said, and of requested changes where; others than this panel begin it too. */
  readonly asking: Asking | undefined;
  readonly onAsk: (asking: Asking | undefined) => void;
}

export interface Asking {
  readonly for: 'request_changes' | 'refuse';
  readonly fields: readonly ProposalField[];
}

const ICONS = { approve: CircleCheck, request_changes: MessageSquareWarning, refuse: CircleX } as const;

/** The moderator's word, or whose turn it is. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { proposal, edition, mine, national, next, asking, onAsk } = props;
  const t = useT();
  const now = useClock();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const [failed, setFailed] = useState(false);
  const decide = async (decision: ProposalDecision): Promise<void> => {
    if (decision !== 'approve' && text.trim() === '') return setMissing(true);
    try {
      await decideProposal(proposal, decision, decision === 'approve' ? {} : { text, fields: asking?.fields ?? [] });
      onAsk(undefined);
      setText('');
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  if (!mine) {
    return (
      <section className={styles.decision} aria-label={t('moderation.decision')}>
        <p>{t(`moderation.turn.${proposal.state === 'submitted' ? `submitted.${proposal.step}` : proposal.state}`)}</p>
        {next ? <LinkButton to={`/moderation/${next.id}`}>{t('moderation.next')}</LinkButton> : null}
      </section>
    );
  }
  const today = localOf(now, 'Europe/Paris').date;
  const { content, before } = proposal;
  const publishes = national || (edition && rulesOf(edition)?.steps.at(-1)) === proposal.step;
  const problems = edition ? problemsOf(content, { edition, today, ...(before ? { before } : {}) }) : [];
  const wrong = [...new Set(problems.map((one) => one.field))];
  const fields = wrong.map((field) => t(`propose.name.${field}`));
  const kind = asking?.for;
  return (
    <section className={styles.decision} aria-labelledby="decision">
      <h2 id="decision">{t('moderation.decision')}</h2>
      {fields.length > 0 ? (
        <Notice tone="attention">{t('moderation.incomplete', { fields: fields.join(', ') })}</Notice>
      ) : null}
      {failed ? <Notice tone="problem">{t('moderation.failed')}</Notice> : null}
      <Button
        variant="primary"
        icon={ICONS.approve}
        wide
        disabled={fields.length > 0}
        onClick={() => void decide('approve')}
      >
        {t(publishes ? 'moderation.approve.nation' : 'moderation.approve.region')}
      </Button>
      <Button icon={ICONS.request_changes} wide onClick={() => onAsk({ for: 'request_changes', fields: wrong })}>
        {t('moderation.request_changes')}
      </Button>
      <Button variant="danger" icon={ICONS.refuse} wide onClick={() => onAsk({ for: 'refuse', fields: [] })}>
        {t('moderation.refuse')}
      </Button>
      <Dialog
        open={asking !== undefined}
        onClose={() => onAsk(undefined)}
        title={t(kind === 'refuse' ? 'moderation.refuse.title' : 'moderation.request_changes.title')}
        actions={
          <>
            <Button onClick={() => onAsk(undefined)}>{t('moderation.cancel')}</Button>
            <Button variant={kind === 'refuse' ? 'danger' : 'primary'} onClick={() => kind && void decide(kind)}>
              {t(kind === 'refuse' ? 'moderation.refuse.do' : 'moderation.request_changes.do')}
            </Button>
          </>
        }
      >
        <div className={styles.asking}>
          <TextAreaField
            label={t(kind === 'refuse' ? 'moderation.refuse.reason' : 'moderation.request_changes.what')}
            hint={t('moderation.mailed')}
            rows={6}
            maxLength={4000}
            value={text}
            error={missing && text.trim() === '' ? t('moderation.reason.missing') : undefined}
            onChange={(event) => setText(event.target.value)}
          />
          {kind === 'request_changes' ? (
            <CheckGroup
              label={t('moderation.request_changes.fields')}
              hint={t('moderation.request_changes.fields.hint')}
              values={asking?.fields ?? []}
              options={proposalFields
                .filter((field) => isAskable(field, proposal))
                .map((value) => ({ value, label: t(`propose.name.${value}`) }))}
              onChange={(values) => onAsk({ for: 'request_changes', fields: values })}
            />
          ) : null}
        </div>
      </Dialog>
    </section>
  );
}

/** Only what the form has for it: a new event has no status yet, and what is had at any time no days. */
function isAskable(field: ProposalField, { before, content }: ProposalView): boolean {
  if (field === 'status' || field === 'statusNote') return before !== undefined;
  if (field === 'availability') return content.availability !== undefined;
  return field !== 'sessions' || content.availability === undefined;
}
