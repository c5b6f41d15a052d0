import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CircleX, Hourglass, MessageSquareWarning, PencilLine, Undo2 } from 'lucide-react';
import type { Proposal, ProposalState } from '#domain/proposal.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Tone } from '../status-pill.tsx';
import { StatusPill } from '../status-pill.tsx';

const LOOKS: Record<ProposalState, { readonly tone: Tone; readonly icon: LucideIcon }> = {
  draft: { tone: 'neutral', icon: PencilLine },
  submitted: { tone: 'sun', icon: Hourglass },
  changes_requested: { tone: 'coral', icon: MessageSquareWarning },
  approved: { tone: 'leaf', icon: CircleCheck },
  refused: { tone: 'brick', icon: CircleX },
  withdrawn: { tone: 'neutral', icon: Undo2 },
};

interface ProposalPillProps {
  readonly proposal: Pick<Proposal, 'state' | 'step'>;
  readonly status?: boolean;
}

/** Where a proposal stands; of one that is being read, who reads it. */
export function ProposalPill({ proposal: { state, step }, status = false }: ProposalPillProps) {
  const t = useT();
  const text = state === 'submitted' ? t(`proposal.state.submitted.${step}`) : t(`proposal.state.${state}`);
  return <StatusPill {...LOOKS[state]} text={text} status={status} />;
}
