import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#server/services/context.ts';
import { editProposalRules } from '#server/services/programme/edition-rules.ts';
import { purge } from '#server/services/operation/purge.ts';
import { removeColleague } from '#server/services/people/team.ts';
import { EDITION, engines, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Chain, COMPLETE } from '../support/proposing.ts';

describe.each(engines)('the care of proposals on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  let chain: Chain;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    await publish(ctx);
    chain = await Chain.open(ctx);
  });
  afterAll(() => server.close());

  it('what is none of ours is refused by itself: no content, foreign fields, no reason, too much', async () => {
    const id = await chain.submitted();
    const base = (await chain.stored(id))!.revision;
    expect(await chain.ask(chain.who.national, 'decide-proposal', { proposalId: id, base, decision: 'refuse' })).toBe(
      'invalid',
    );
    const version = randomUUID();
    const origin = { editionId: EDITION.id };
    const bad = (content: unknown) =>
      chain.ask(chain.who.organiser, 'save-proposal', { proposalId: randomUUID(), origin, version, content });
    expect(await bad(null)).toBe('invalid');
    expect(await bad({ region: '53; drop table' })).toBe('invalid');
    expect(await bad({ description: { fr: 'é'.repeat(59_000) } })).toBe('invalid');
    expect(
      await chain.ask(chain.who.organiser, 'save-proposal', { proposalId: randomUUID(), version, content: {} }),
    ).toBe('proposal_unknown');
    expect(
      await chain.ask(chain.who.organiser, 'save-proposal', {
        proposalId: randomUUID(),
        origin: { editionId: 'nulle-part' },
        version,
        content: {},
      }),
    ).toBe('proposal_unknown');
  });

  it('the national team alone sets how an edition takes proposals, and nobody over another', async () => {
    const rules = { steps: ['nation' as const], until: '2026-11-10' };
    for (const account of [chain.who.organiser, chain.who.regional])
      await expect(editProposalRules(ctx, account, EDITION.id, { before: null, rules })).rejects.toThrow('national');
    await expect(editProposalRules(ctx, chain.who.national, 'nulle-part', { before: null, rules })).rejects.toThrow();
    expect((await editProposalRules(ctx, chain.who.national, EDITION.id, { before: null, rules })).proposals).toEqual(
      rules,
    );
    const late = editProposalRules(ctx, chain.who.national, EDITION.id, { before: null, rules: { steps: ['region'] } });
    await expect(late).rejects.toMatchObject({ code: 'edited_elsewhere' });
    const { proposalId, version } = await chain.draft();
    expect(await chain.ask(chain.who.organiser, 'submit-proposal', { proposalId, version })).toBe('applied');
    expect(await chain.stored(proposalId)).toMatchObject({ step: 'nation' });
    expect(await chain.decide(chain.who.regional, proposalId, 'approve')).toBe('forbidden');
    await publish(ctx);
  });

  it('leaves nothing of persons after an edition’s time, and of who ends their account no name', async () => {
    const id = await chain.submitted();
    const say = { proposalId: id, commentId: randomUUID(), text: 'Appelez Anne au 06.' };
    expect(await chain.ask(chain.who.organiser, 'comment-proposal', say)).toBe('applied');
    expect(await chain.decide(chain.who.regional, id, 'request_changes', 'Demandez à Paul.')).toBe('applied');
    const traces = async (words: RegExp): Promise<string[]> => {
      const tables = [
        await ctx.db.read.selectFrom('proposal').select('data').where('id', '=', id).execute(),
        await ctx.db.read.selectFrom('change').select('value').where('item_id', '=', id).execute(),
      ];
      return tables.flat().flatMap((row) => JSON.stringify(row).match(words) ?? []);
    };
    expect(await traces(/regional@etat/)).not.toEqual([]);
    await removeColleague(ctx, chain.who.national, chain.who.regional.id);
    expect(await traces(/regional@etat/)).toEqual([]);
    expect(await traces(/anne@rennes/)).not.toEqual([]);
    server.wait(500 * 86_400_000);
    const [purged] = await purge(ctx, { editionId: EDITION.id, dryRun: false });
    expect(purged!.counts.proposals).toBeGreaterThan(0);
    expect(await traces(/anne@|organiser@|Appelez|Paul|99 00/)).toEqual([]);
    expect(await chain.stored(id)).toMatchObject({ state: 'changes_requested', content: { title: COMPLETE.title } });
    expect(await purge(ctx, { editionId: EDITION.id, dryRun: true })).toEqual([]);
    server.wait(-500 * 86_400_000);
  });
});
