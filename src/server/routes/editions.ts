import * as v from 'valibot';
import { editionId } from '#protocol/primitives.ts';
import { proposalRulesEdit } from '#protocol/proposal.ts';
import type { Context } from '#server/services/context.ts';
import { editProposalRules } from '#server/services/programme/edition-rules.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

export function editionRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'PUT',
    url: '/editions/:id/proposals',
    schema: {
      tags: ['proposals'],
      summary: 'Set how an edition takes proposals',
      params: v.object({ id: editionId }),
      body: proposalRulesEdit,
    },
    handler: async (request, reply) => {
      await editProposalRules(ctx, (await signedIn(ctx, request)).account, request.params.id, request.body);
      return reply.code(204).send();
    },
  });
}
