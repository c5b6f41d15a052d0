import type { ProposalField, ProposalState } from '#domain/proposal.ts';

export interface ProposalTable {
  id: string;
  edition_id: string;
  /** Of an edit. */
  event_id: string | null;
  author_id: string;
  /** Where it was logged for moderators last. */
  region: string | null;
  state: ProposalState;
  /** JSON of `Proposal`. */
  data: string;
  updated_at: number;
}

/** Mail about a proposal that is still to be sent. */
export interface ProposalLetterTable {
  id: string;
  kind: ProposalLetterKind;
  proposal_id: string;
  /** Who is written to. */
  account_id: string;
  /** JSON of `LetterData`. */
  data: string;
  created_at: number;
  due_at: number;
  tries: number;
}

/** `resubmitted` and `answered` go to moderators, the others to the author. */
export type ProposalLetterKind =
  | 'changes_requested'
  | 'refused'
  | 'published'
  | 'commented'
  | 'corrected'
  | 'resubmitted'
  | 'answered';

export interface LetterData {
  /** What was asked for, or said. */
  readonly text?: string;
  /** Of corrected words: which, and of short ones what they were and are. */
  readonly corrections?: readonly Correction[];
}

export interface Correction {
  readonly field: ProposalField;
  readonly from?: string;
  readonly to?: string;
}
