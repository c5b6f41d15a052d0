import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskScope } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { createLog } from '#server/log.ts';
import { createMailer } from '#server/services/mail/mail.ts';
import { editProposalRules } from '#server/services/programme/edition-rules.ts';
import { sendProposalLetters } from '#server/services/proposing/proposal-letters.ts';
import { purge } from '#server/services/operation/purge.ts';
import { removeColleague } from '#server/services/people/team.ts';
import { EDITION, engines, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { postOffice, readable } from '../support/post-office.ts';
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

  it('a moderator puts words right while they wait: under their name, told to the author, over nobody’s newer words', async () => {
    const id = await chain.submitted({ ...COMPLETE, title: { fr: 'Ouvir les donées' } });
    const { version: base, revision } = (await chain.stored(id))!;
    const content = { ...COMPLETE, title: { fr: 'Ouvrir les données' }, keywords: { fr: ['données'] } };
    const save = { proposalId: id, base, version: randomUUID(), content };
    expect(await chain.ask(chain.who.elsewhere, 'save-proposal', save)).toBe('forbidden');
    expect(await chain.ask(chain.who.regional, 'save-proposal', save)).toBe('applied');
    const fields = ['title', 'keywords'];
    expect(await chain.stored(id)).toMatchObject({
      state: 'submitted',
      step: 'region',
      revision: revision + 1,
      content,
    });
    const seen = (await chain.shown(deskScope(chain.who.organiser.id), id))!;
    expect(seen.history.at(-1)).toMatchObject({ kind: 'edited', fields, by: { role: 'regional' } });
    expect(await chain.letters(id)).toEqual(['corrected organiser']);
    const office = await postOffice();
    try {
      await sendProposalLetters(ctx, createMailer({ ...ctx.config, smtpUrl: office.url }, createLog('silent')));
    } finally {
      await office.close();
    }
    const told = office.received.filter(({ to }) => to === 'organiser@etat.example').map(({ raw }) => readable(raw));
    const letter = told.find((mail) => mail.includes(id))!.replaceAll('\r\n', '\n');
    expect(letter).toContain('Subject: Votre proposition a été corrigée : Ouvrir les données');
    expect(letter).toContain('- Titre : « Ouvir les donées » devient « Ouvrir les données »\n- Mots-clés\n');

    // Two at once, and one whose words are not whole; the same words again are no correction.
    expect(await chain.ask(chain.who.colleague, 'save-proposal', { ...save, version: randomUUID() })).toBe('stale');
    const { title: _, ...untitled } = content;
    const empty = { proposalId: id, base: save.version, version: randomUUID(), content: untitled };
    expect(await chain.ask(chain.who.national, 'save-proposal', empty)).toBe('incomplete');
    const same = { proposalId: id, base: save.version, version: randomUUID(), content };
    expect(await chain.ask(chain.who.national, 'save-proposal', same)).toBe('applied');
    expect(await chain.letters(id)).toEqual([]);
    // Who decides has not seen them yet.
    const stale = { proposalId: id, base: revision, decision: 'approve' };
    expect(await chain.ask(chain.who.colleague, 'decide-proposal', stale)).toBe('stale');
    expect(await chain.decide(chain.who.national, id, 'approve')).toBe('applied');
    expect((await chain.published(id))!.title).toEqual(content.title);
    const late = { proposalId: id, base: same.version, version: randomUUID(), content: COMPLETE };
    expect(await chain.ask(chain.who.regional, 'save-proposal', late)).toBe('wrong_state');
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
