import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProposalContent } from '#domain/proposal.ts';
import { contentOf } from '#domain/proposal.ts';
import { deskScope, moderationScope, programmeScope } from '#protocol/scope.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { grantEvents } from '#server/services/people/accounts.ts';
import type { Context } from '#server/services/context.ts';
import { mayRead } from '#server/services/people/identity.ts';
import { push } from '#server/services/sync/push.ts';
import { EDITION, engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Chain, COMPLETE } from '../support/proposing.ts';
import { itemsOf } from '../support/scopes.ts';

describe.each(engines)('proposing and moderating on %s', (engine) => {
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

  it('goes from a draft through both moderators into the programme, with its history', async () => {
    const id = await chain.submitted();
    expect(await chain.shown(moderationScope('53'), id)).toMatchObject({ state: 'submitted', step: 'region' });
    expect(await chain.published(id)).toBeUndefined();
    expect(await chain.decide(chain.who.regional, id, 'approve')).toBe('applied');
    expect(await chain.stored(id)).toMatchObject({ state: 'submitted', step: 'nation' });
    expect(await chain.published(id)).toBeUndefined();
    expect(await chain.decide(chain.who.national, id, 'approve')).toBe('applied');
    expect(await chain.stored(id)).toMatchObject({ state: 'approved' });
    expect((await chain.stored(id))!.history.map((one) => one.kind)).toEqual([
      'created',
      'submitted',
      'approved',
      'published',
    ]);
    const event = await chain.published(id);
    expect(event).toMatchObject({ title: COMPLETE.title, region: '53', slug: 'ouvrir-les-donnees-d-une-commune' });
    expect(JSON.stringify(event)).not.toContain('anne@rennes.example');
    const scope = await itemsOf(ctx, programmeScope(EDITION.id, '53'));
    expect(scope.some((item) => item.kind === 'event' && item.id === id)).toBe(true);
    // Whoever proposed it runs it.
    const runs = await ctx.db.read.selectFrom('event_organiser').selectAll().where('event_id', '=', id).execute();
    expect(runs.map((one) => one.account_id)).toEqual([chain.who.organiser.id]);
    expect(await chain.letters(id)).toEqual(['published organiser']);
  });

  it('a draft is its author’s alone, half typed as it may be', async () => {
    const { proposalId } = await chain.draft(chain.who.organiser, {
      title: { fr: 'À' },
      onlineUrl: 'htt',
      sessions: [],
    });
    expect(await chain.shown(deskScope(chain.who.organiser.id), proposalId)).toMatchObject({ state: 'draft' });
    expect(await chain.shown(moderationScope('53'), proposalId)).toBeUndefined();
    const version = (await chain.stored(proposalId))!.version;
    expect(await chain.ask(chain.who.organiser, 'submit-proposal', { proposalId, version })).toBe('incomplete');
    expect(await chain.stored(proposalId)).toMatchObject({ state: 'draft' });
  });

  it('every role is refused what is not its own', async () => {
    const { proposalId, version } = await chain.draft();
    const save = { proposalId, base: version, version: randomUUID(), content: COMPLETE };
    const comment = { proposalId, commentId: randomUUID(), text: 'Bonjour' };
    const others = [chain.who.other, chain.who.regional, chain.who.elsewhere, chain.who.national];
    // A draft is nobody else's business.
    for (const account of others) {
      expect(await chain.ask(account, 'save-proposal', save)).toBe('forbidden');
      expect(await chain.ask(account, 'submit-proposal', { proposalId, version })).toBe('forbidden');
      expect(await chain.ask(account, 'withdraw-proposal', { proposalId })).toBe('forbidden');
      expect(await chain.ask(account, 'comment-proposal', comment)).toBe('forbidden');
      expect(await chain.decide(account, proposalId, 'approve')).toBe('forbidden');
    }
    expect(await chain.ask(chain.who.organiser, 'submit-proposal', { proposalId, version })).toBe('applied');
    // Handed in: those of another region and other organisers still have no part in it.
    for (const account of [chain.who.other, chain.who.elsewhere]) {
      expect(await chain.ask(account, 'save-proposal', save)).toBe('forbidden');
      expect(await chain.ask(account, 'comment-proposal', comment)).toBe('forbidden');
      expect(await chain.ask(account, 'withdraw-proposal', { proposalId })).toBe('forbidden');
      for (const decision of ['approve', 'request_changes', 'refuse'])
        expect(await chain.decide(account, proposalId, decision, 'Parce que.')).toBe('forbidden');
    }
    // Its author decides nothing, and moderators neither hand in nor withdraw.
    expect(await chain.decide(chain.who.organiser, proposalId, 'approve')).toBe('forbidden');
    for (const account of [chain.who.regional, chain.who.national]) {
      expect(await chain.ask(account, 'withdraw-proposal', { proposalId })).toBe('forbidden');
      expect(await chain.ask(account, 'submit-proposal', { proposalId, version })).toBe('forbidden');
    }
    // At the nation's step the region has had its say.
    expect(await chain.decide(chain.who.regional, proposalId, 'approve')).toBe('applied');
    expect(await chain.decide(chain.who.colleague, proposalId, 'refuse', 'Non.')).toBe('forbidden');
    // An attendee and a door never.
    const attendee = new Phone();
    expect(await chain.act(attendee, 'comment-proposal', comment)).toBe('forbidden');
    expect((await chain.stored(proposalId))!.comments).toEqual([]);
  });

  it('an auditor reads what the national team reads, and changes nothing', async () => {
    const auditor = { ...chain.who.national, id: randomUUID(), role: 'auditor' } as unknown as Account;
    const id = await chain.submitted();
    const proposal = (await chain.stored(id))!;
    const calls: [string, object][] = [
      ['comment-proposal', { proposalId: id, commentId: randomUUID(), text: 'Bonjour' }],
      ['decide-proposal', { proposalId: id, base: proposal.revision, decision: 'approve' }],
      ['save-proposal', { proposalId: id, base: proposal.version, version: randomUUID(), content: COMPLETE }],
      ['submit-proposal', { proposalId: id, version: proposal.version }],
      ['withdraw-proposal', { proposalId: id }],
      [
        'save-proposal',
        { proposalId: randomUUID(), origin: { editionId: EDITION.id }, version: randomUUID(), content: {} },
      ],
    ];
    for (const [name, args] of calls) expect(await chain.ask(auditor, name, args)).toBe('forbidden');
    expect(await chain.stored(id)).toEqual(proposal);
    expect(mayRead({ kind: 'account', account: auditor }, moderationScope('53'))).toBe(true);
  });

  it('each reads their own scope and what they moderate, nothing else', () => {
    const reads = (account: Account, scope: string): boolean => mayRead({ kind: 'account', account }, scope);
    expect(reads(chain.who.organiser, deskScope(chain.who.organiser.id))).toBe(true);
    expect(reads(chain.who.organiser, deskScope(chain.who.other.id))).toBe(false);
    expect(reads(chain.who.national, deskScope(chain.who.organiser.id))).toBe(false);
    expect(reads(chain.who.organiser, moderationScope('53'))).toBe(false);
    expect(reads(chain.who.regional, moderationScope('53'))).toBe(true);
    expect(reads(chain.who.regional, moderationScope('76'))).toBe(false);
    expect(reads(chain.who.national, moderationScope('FR'))).toBe(true);
    expect(mayRead({ kind: 'anonymous' }, moderationScope('53'))).toBe(false);
    expect(mayRead(new Phone().who, moderationScope('53'))).toBe(false);
  });

  it('of two moderators at once one decides, and the other is told', async () => {
    const id = await chain.submitted();
    const { revision: base } = (await chain.stored(id))!;
    const other = await server.another();
    const one = chain.phoneOf(chain.who.regional);
    const two = chain.phoneOf(chain.who.colleague);
    const args = { proposalId: id, base };
    const [first, second] = await Promise.all([
      push(ctx, one.who, one.request(one.make('decide-proposal', { ...args, decision: 'approve' }))),
      push(
        other,
        two.who,
        two.request(two.make('decide-proposal', { ...args, decision: 'request_changes', text: 'Le lieu ?' })),
      ),
    ]);
    const outcomes = [first.results[0]!, second.results[0]!].map((one) => one.reason ?? one.outcome);
    expect(outcomes.toSorted()).toEqual(['applied', 'stale']);
    const after = (await chain.stored(id))!;
    expect(after.revision).toBe(base + 1);
    expect(after.history).toHaveLength(3);
  });

  it('P2 a repeated push has its effect once, and the same answer', async () => {
    const phone = chain.phoneOf(chain.who.organiser);
    const [proposalId, version] = [randomUUID(), randomUUID()];
    const save = phone.make('save-proposal', {
      proposalId,
      origin: { editionId: EDITION.id },
      version,
      content: COMPLETE,
    });
    const submit = phone.make('submit-proposal', { proposalId, version });
    const comment = phone.make('comment-proposal', { proposalId, commentId: randomUUID(), text: 'Merci de relire.' });
    const first = await phone.send(ctx, save, submit, comment);
    const again = await phone.send(ctx, save, submit, comment);
    expect(again.results.map((one) => [one.seq, one.outcome])).toEqual(
      first.results.map((one) => [one.seq, one.outcome]),
    );
    expect(await chain.stored(proposalId)).toMatchObject({ revision: 2, comments: [{ text: 'Merci de relire.' }] });
  });

  it('A1 an answer names the scopes of who asked, with the effects in them', async () => {
    const id = await chain.submitted();
    const phone = chain.phoneOf(chain.who.regional);
    const { revision: base } = (await chain.stored(id))!;
    const answer = await phone.send(
      ctx,
      phone.make('decide-proposal', { proposalId: id, base, decision: 'refuse', text: 'Hors sujet.' }),
    );
    expect(Object.keys(answer.results[0]!.reached)).toEqual([moderationScope('53')]);
  });

  it('A1 an answer that is given again names every log that may show what was done, whatever came with it', async () => {
    const id = await chain.submitted();
    const phone = chain.phoneOf(chain.who.regional);
    const base = (await chain.stored(id))!.revision;
    const decided = phone.make('decide-proposal', { proposalId: id, base, decision: 'approve' });
    await phone.send(ctx, decided);
    // The answer was lost; what goes up with it now shows in another log.
    const origin = { editionId: EDITION.id };
    const own = { proposalId: randomUUID(), origin, version: randomUUID(), content: COMPLETE };
    const { results } = await phone.send(ctx, decided, phone.make('save-proposal', own));
    expect(results.map((one) => one.outcome)).toEqual(['applied', 'applied']);
    expect(Object.keys(results[0]!.reached)).toContain(moderationScope('53'));
    // A copy of the phone brings it under a number of its own.
    const copy = chain.phoneOf(chain.who.regional);
    const again = copy.make(decided.name, decided.args, decided.mutationId);
    const other = { ...own, proposalId: randomUUID(), version: randomUUID() };
    const answer = await copy.send(ctx, again, copy.make('save-proposal', other));
    expect(answer.results.map((one) => one.outcome)).toEqual(['applied', 'applied']);
    expect(Object.keys(answer.results[0]!.reached)).toContain(moderationScope('53'));
  });

  it('O3 words that were written over others are refused, not lost over them', async () => {
    const { proposalId, version } = await chain.draft();
    const mine = { proposalId, base: version, version: randomUUID(), content: { ...COMPLETE, title: { fr: 'Un' } } };
    const late = { proposalId, base: version, version: randomUUID(), content: { ...COMPLETE, title: { fr: 'Deux' } } };
    expect(await chain.ask(chain.who.organiser, 'save-proposal', mine)).toBe('applied');
    expect(await chain.ask(chain.who.organiser, 'save-proposal', late)).toBe('stale');
    // What was to be handed in with them is not the words of the others.
    expect(await chain.ask(chain.who.organiser, 'submit-proposal', { proposalId, version: late.version })).toBe(
      'stale',
    );
    expect(await chain.stored(proposalId)).toMatchObject({ content: { title: { fr: 'Un' } }, state: 'draft' });
  });

  it('goes to and fro over requested changes, with mail to each side', async () => {
    const id = await chain.submitted();
    expect(await chain.decide(chain.who.regional, id, 'request_changes', 'Quelle salle ?')).toBe('applied');
    expect(await chain.shown(deskScope(chain.who.organiser.id), id)).toMatchObject({ state: 'changes_requested' });
    const seen = (await chain.shown(deskScope(chain.who.organiser.id), id))!;
    // Its author learns what a moderator is, not who.
    expect(seen.history.at(-1)).toMatchObject({ text: 'Quelle salle ?', by: { role: 'regional' } });
    expect(JSON.stringify(seen)).not.toContain('regional@etat.example');
    const comment = { proposalId: id, commentId: randomUUID(), text: 'La salle B.' };
    expect(await chain.ask(chain.who.organiser, 'comment-proposal', comment)).toBe('applied');
    const version = randomUUID();
    const content = { ...COMPLETE, conditions: { fr: 'Salle B' } };
    const save = { proposalId: id, base: (await chain.stored(id))!.version, version, content };
    expect(await chain.ask(chain.who.organiser, 'save-proposal', save)).toBe('applied');
    expect(await chain.ask(chain.who.organiser, 'submit-proposal', { proposalId: id, version })).toBe('applied');
    expect(await chain.stored(id)).toMatchObject({ state: 'submitted', step: 'region' });
    expect((await chain.letters(id)).toSorted()).toEqual([
      'answered regional',
      'changes_requested organiser',
      'resubmitted regional',
    ]);
    expect(await chain.decide(chain.who.national, id, 'refuse', 'Trop tard.')).toBe('applied');
    expect(await chain.stored(id)).toMatchObject({ state: 'refused' });
    const again = { proposalId: id, base: version, version: randomUUID(), content };
    expect(await chain.ask(chain.who.organiser, 'save-proposal', again)).toBe('wrong_state');
  });

  it('leaves the queue while its author goes on writing, and comes back', async () => {
    const id = await chain.submitted();
    const version = randomUUID();
    const save = { proposalId: id, base: (await chain.stored(id))!.version, version, content: COMPLETE };
    expect(await chain.ask(chain.who.organiser, 'save-proposal', save)).toBe('applied');
    expect(await chain.stored(id)).toMatchObject({ state: 'draft' });
    expect(await chain.shown(moderationScope('53'), id)).toBeUndefined();
    expect(await chain.decide(chain.who.regional, id, 'approve')).toBe('forbidden');
    expect(await chain.ask(chain.who.organiser, 'submit-proposal', { proposalId: id, version })).toBe('applied');
    expect(await chain.shown(moderationScope('53'), id)).toMatchObject({ state: 'submitted' });
    expect(await chain.ask(chain.who.organiser, 'withdraw-proposal', { proposalId: id })).toBe('applied');
    expect(await chain.shown(moderationScope('53'), id)).toMatchObject({ state: 'withdrawn' });
  });

  it('an edit of a published event is held until it is approved, and leaves what others changed', async () => {
    const event = eventWith({ mode: 'open', capacity: 10 }, { summary: { fr: 'Avant' } });
    await publish(ctx, event);
    await grantEvents(ctx, chain.who.organiser.id, [event.id]);
    const before = contentOf((await chain.published(event.id))!);
    const content = { ...before, title: { fr: 'Nouveau titre' } };
    const id = await chain.submitted(content, { eventId: event.id, before });
    expect(await chain.published(event.id)).toMatchObject({ title: event.title });
    expect(await chain.decide(chain.who.regional, id, 'approve')).toBe('applied');
    expect(await chain.published(event.id)).toMatchObject({ title: event.title });
    // Meanwhile somebody else changes another field.
    await publish(ctx, { ...(await chain.published(event.id))!, summary: { fr: 'Après' } });
    expect(await chain.decide(chain.who.national, id, 'approve')).toBe('applied');
    const after = await chain.published(event.id);
    expect(after).toMatchObject({ title: { fr: 'Nouveau titre' }, summary: { fr: 'Après' }, slug: event.slug });
  });

  it('who does not run an event proposes no edit of it, and a new one takes no event’s place', async () => {
    const event = eventWith({ mode: 'none' });
    await publish(ctx, event);
    const origin = { editionId: EDITION.id, eventId: event.id };
    const args = { proposalId: randomUUID(), origin, version: randomUUID(), content: COMPLETE };
    expect(await chain.ask(chain.who.other, 'save-proposal', args)).toBe('forbidden');
    expect(await chain.ask(chain.who.elsewhere, 'save-proposal', args)).toBe('forbidden');
    const unknown = { ...args, origin: { ...origin, eventId: randomUUID() } };
    expect(await chain.ask(chain.who.other, 'save-proposal', unknown)).toBe('event_unknown');
    const taken = { ...args, proposalId: event.id, origin: { editionId: EDITION.id } };
    expect(await chain.ask(chain.who.national, 'save-proposal', taken)).toBe('forbidden');
  });

  it('a correspondent’s own proposal goes to the nation, and the nation’s and what is national go there at once', async () => {
    const step = async (account: Account, content: ProposalContent): Promise<string> => {
      const made = await chain.draft(account, content);
      expect(await chain.ask(account, 'submit-proposal', made)).toBe('applied');
      return (await chain.stored(made.proposalId))!.step;
    };
    expect(await step(chain.who.regional, COMPLETE)).toBe('nation');
    expect(await step(chain.who.elsewhere, COMPLETE)).toBe('region');
    expect(await step(chain.who.national, COMPLETE)).toBe('nation');
    expect(await step(chain.who.organiser, { ...COMPLETE, region: 'FR', attendanceMode: 'online' })).toBe('nation');
  });
});
