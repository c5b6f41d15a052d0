import * as v from 'valibot';
import type { ProposalRulesEdit } from '#protocol/proposal.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

/** `edited_elsewhere` when somebody else has changed them since. */
export function saveProposalRules(editionId: string, edit: ProposalRulesEdit): Promise<Called<unknown>> {
  return call('PUT', `/editions/${editionId}/proposals`, v.unknown(), edit);
}
