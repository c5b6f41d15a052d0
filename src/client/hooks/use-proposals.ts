import type { Uuid } from '#domain/ids.ts';
import { proposalById, proposals } from '#client/store/proposals.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { useLive } from './use-live.ts';

/** The proposals of the signed-in person, latest first; undefined until the device's store was read. */
export function useMyProposals(): readonly ProposalView[] | undefined {
  return useLive(proposals)?.filter((one) => one.mine);
}

/** One proposal, with what was written here since; `null` when there is none here, undefined until the store was read. */
export function useProposal(id: Uuid): ProposalView | null | undefined {
  return useLive(proposalById(id));
}
