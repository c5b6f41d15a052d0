import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal, ProposalContent } from '#domain/proposal.ts';
import { contentOf } from '#domain/proposal.ts';
import { deskScope, moderationScope, programmeScope } from '#protocol/scope.ts';
import type { Account } from '#server/services/accounts.ts';
import { ensureAccount, grantEvents } from '#server/services/accounts.ts';
import type { Context } from '#server/services/context.ts';
import { mayRead } from '#server/services/identity.ts';
import { purge } from '#server/services/purge.ts';
import { push } from '#server/services/push.ts';
import { removeColleague } from '#server/services/team.ts';
import { EDITION, engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';

const COMPLETE: ProposalContent = {
  region: '53',
  title: { fr: 'Ouvrir les données d’une commune' },
  summary: { fr: 'Un atelier pour commencer.' },
  format: 'workshop',
  audiences: ['agents'],
  attendanceMode: 'on_site',
  organisers: [{ name: 'Ville de Rennes' }],
  venues: [{ id: '00000000-0000-4000-8000-000000000001', name: 'Hôtel de ville', city: 'Rennes' }],
  sessions: [
    {
      id: '00000000-0000-4000-8000-000000000002',
      slot: { date: '2026-11-18', start: '14:00', end: '16:00', zone: 'Europe/Paris' },
    },
  ],
  registration: { mode: 'open', capacity: 20 },
  privateContact: { email: 'anne@rennes.example', phone: '02 99 00 00 00' },
};

describe.each(engines)('proposing and moderating on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  const who = {} as Record<'organiser' | 'other' | 'regional' | 'colleague' | 'elsewhere' | 'national', Account>;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    await publish(ctx);
    const wanted = {
      organiser: { role: 'organiser' },
      other: { role: 'organiser' },
      regional: { role: 'regional', regions: ['53'] },
      colleague: { role: 'regional', regions: ['53'] },
      elsewhere: { role: 'regional', regions: ['76'] },
      national: { role: 'national' },
    } as const;
    for (const [name, account] of Object.entries(wanted)) {
      const email = `${name}@etat.example`;
      const { id } = await ensureAccount(ctx, { email, ...account });
      who[name as keyof typeof who] = { id, email, demo: false, regions: [], bodies: [], ...account };
    }
  });
  afterAll(() => server.close());

  const phoneOf = (account: Account): Phone => new Phone({ kind: 'account', account });
  /** One mutation by itself; gives `applied` or why not. */
  const act = async (phone: Phone, name: string, args: object): Promise<string> => {
    const { results } = await phone.send(ctx, phone.make(name, args));
    return results[0]!.reason ?? results[0]!.outcome;
  };
  const ask = (account: Account, name: string, args: object): Promise<string> => act(phoneOf(account), name, args);
  const stored = async (id: string): Promise<Proposal | undefined> => {
    const row = await ctx.db.read.selectFrom('proposal').select('data').where('id', '=', id).executeTakeFirst();
    return row && (JSON.parse(row.data) as Proposal);
  };
  const shown = async (scope: string, id: string): Promise<Proposal | undefined> =>
    (await itemsOf(ctx, scope)).find((item) => item.kind === 'proposal' && item.id === id)?.value as
      | Proposal
      | undefined;
  const draft = async (
    account: Account = who.organiser,
    content: ProposalContent = COMPLETE,
    more: object = {},
  ): Promise<{ proposalId: string; version: string }> => {
    const [proposalId, version] = [randomUUID(), randomUUID()];
    const args = { proposalId, origin: { editionId: EDITION.id, ...more }, version, content };
    expect(await ask(account, 'save-proposal', args)).toBe('applied');
    return { proposalId, version };
  };
  const submitted = async (content: ProposalContent = COMPLETE, more: object = {}): Promise<string> => {
    const made = await draft(who.organiser, content, more);
    expect(await ask(who.organiser, 'submit-proposal', made)).toBe('applied');
    return made.proposalId;
  };
  const decide = async (account: Account, proposalId: string, decision: string, text?: string): Promise<string> => {
    const base = (await stored(proposalId))!.revision;
    return ask(account, 'decide-proposal', { proposalId, base, decision, ...(text ? { text } : {}) });
  };
  const published = async (id: string): Promise<ProgrammeEvent | undefined> => {
    const row = await ctx.db.read.selectFrom('event').select('data').where('id', '=', id).executeTakeFirst();
    return row && (JSON.parse(row.data) as ProgrammeEvent);
  };
  const letters = async (id: string) =>
    (
      await ctx.db.read
        .selectFrom('proposal_letter')
        .select(['kind', 'account_id'])
        .where('proposal_id', '=', id)
        .orderBy('created_at')
        .execute()
    ).map((one) => `${one.kind} ${Object.entries(who).find(([, a]) => a.id === one.account_id)?.[0]}`);

  it('goes from a draft through both moderators into the programme, with its history', async () => {
    const id = await submitted();
    expect(await shown(moderationScope('53'), id)).toMatchObject({ state: 'submitted', step: 'region' });
    expect(await published(id)).toBeUndefined();
    expect(await decide(who.regional, id, 'approve')).toBe('applied');
    expect(await stored(id)).toMatchObject({ state: 'submitted', step: 'nation' });
    expect(await published(id)).toBeUndefined();
    expect(await decide(who.national, id, 'approve')).toBe('applied');
    expect(await stored(id)).toMatchObject({ state: 'approved' });
    expect((await stored(id))!.history.map((one) => one.kind)).toEqual([
      'created',
      'submitted',
      'approved',
      'published',
    ]);
    const event = await published(id);
    expect(event).toMatchObject({ title: COMPLETE.title, region: '53', slug: 'ouvrir-les-donnees-d-une-commune' });
    expect(JSON.stringify(event)).not.toContain('anne@rennes.example');
    const scope = await itemsOf(ctx, programmeScope(EDITION.id, '53'));
    expect(scope.some((item) => item.kind === 'event' && item.id === id)).toBe(true);
    // Whoever proposed it runs it.
    const runs = await ctx.db.read.selectFrom('event_organiser').selectAll().where('event_id', '=', id).execute();
    expect(runs.map((one) => one.account_id)).toEqual([who.organiser.id]);
    expect(await letters(id)).toEqual(['published organiser']);
  });

  it('a draft is its author’s alone, half typed as it may be', async () => {
    const { proposalId } = await draft(who.organiser, { title: { fr: 'À' }, onlineUrl: 'htt', sessions: [] });
    expect(await shown(deskScope(who.organiser.id), proposalId)).toMatchObject({ state: 'draft' });
    expect(await shown(moderationScope('53'), proposalId)).toBeUndefined();
    const version = (await stored(proposalId))!.version;
    expect(await ask(who.organiser, 'submit-proposal', { proposalId, version })).toBe('incomplete');
    expect(await stored(proposalId)).toMatchObject({ state: 'draft' });
  });

  it('every role is refused what is not its own', async () => {
    const { proposalId, version } = await draft();
    const save = { proposalId, base: version, version: randomUUID(), content: COMPLETE };
    const comment = { proposalId, commentId: randomUUID(), text: 'Bonjour' };
    const others = [who.other, who.regional, who.elsewhere, who.national];
    // A draft is nobody else's business.
    for (const account of others) {
      expect(await ask(account, 'save-proposal', save)).toBe('forbidden');
      expect(await ask(account, 'submit-proposal', { proposalId, version })).toBe('forbidden');
      expect(await ask(account, 'withdraw-proposal', { proposalId })).toBe('forbidden');
      expect(await ask(account, 'comment-proposal', comment)).toBe('forbidden');
      expect(await decide(account, proposalId, 'approve')).toBe('forbidden');
    }
    expect(await ask(who.organiser, 'submit-proposal', { proposalId, version })).toBe('applied');
    // Handed in: those of another region and other organisers still have no part in it.
    for (const account of [who.other, who.elsewhere]) {
      expect(await ask(account, 'save-proposal', save)).toBe('forbidden');
      expect(await ask(account, 'comment-proposal', comment)).toBe('forbidden');
      expect(await ask(account, 'withdraw-proposal', { proposalId })).toBe('forbidden');
      for (const decision of ['approve', 'request_changes', 'refuse'])
        expect(await decide(account, proposalId, decision, 'Parce que.')).toBe('forbidden');
    }
    // Its author decides nothing, and moderators neither hand in nor withdraw.
    expect(await decide(who.organiser, proposalId, 'approve')).toBe('forbidden');
    for (const account of [who.regional, who.national]) {
      expect(await ask(account, 'withdraw-proposal', { proposalId })).toBe('forbidden');
      expect(await ask(account, 'submit-proposal', { proposalId, version })).toBe('forbidden');
    }
    // At the nation's step the region has had its say.
    expect(await decide(who.regional, proposalId, 'approve')).toBe('applied');
    expect(await decide(who.colleague, proposalId, 'refuse', 'Non.')).toBe('forbidden');
    // An attendee and a door never.
    const attendee = new Phone();
    expect(await act(attendee, 'comment-proposal', comment)).toBe('forbidden');
    expect((await stored(proposalId))!.comments).toEqual([]);
  });

  it('an auditor reads what the national team reads, and changes nothing', async () => {
    const auditor = { ...who.national, id: randomUUID(), role: 'auditor' } as unknown as Account;
    const id = await submitted();
    const proposal = (await stored(id))!;
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
    for (const [name, args] of calls) expect(await ask(auditor, name, args)).toBe('forbidden');
    expect(await stored(id)).toEqual(proposal);
    expect(mayRead({ kind: 'account', account: auditor }, moderationScope('53'))).toBe(true);
  });

  it('each reads their own scope and what they moderate, nothing else', () => {
    const reads = (account: Account, scope: string): boolean => mayRead({ kind: 'account', account }, scope);
    expect(reads(who.organiser, deskScope(who.organiser.id))).toBe(true);
    expect(reads(who.organiser, deskScope(who.other.id))).toBe(false);
    expect(reads(who.national, deskScope(who.organiser.id))).toBe(false);
    expect(reads(who.organiser, moderationScope('53'))).toBe(false);
    expect(reads(who.regional, moderationScope('53'))).toBe(true);
    expect(reads(who.regional, moderationScope('76'))).toBe(false);
    expect(reads(who.national, moderationScope('FR'))).toBe(true);
    expect(mayRead({ kind: 'anonymous' }, moderationScope('53'))).toBe(false);
    expect(mayRead(new Phone().who, moderationScope('53'))).toBe(false);
  });

  it('of two moderators at once one decides, and the other is told', async () => {
    const id = await submitted();
    const { revision: base } = (await stored(id))!;
    const other = await server.another();
    const one = phoneOf(who.regional);
    const two = phoneOf(who.colleague);
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
    const after = (await stored(id))!;
    expect(after.revision).toBe(base + 1);
    expect(after.history).toHaveLength(3);
  });

  it('P2 a repeated push has its effect once, and the same answer', async () => {
    const phone = phoneOf(who.organiser);
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
    expect(await stored(proposalId)).toMatchObject({ revision: 2, comments: [{ text: 'Merci de relire.' }] });
  });

  it('A1 an answer names the scopes of who asked, with the effects in them', async () => {
    const id = await submitted();
    const phone = phoneOf(who.regional);
    const { revision: base } = (await stored(id))!;
    const answer = await phone.send(
      ctx,
      phone.make('decide-proposal', { proposalId: id, base, decision: 'refuse', text: 'Hors sujet.' }),
    );
    expect(Object.keys(answer.results[0]!.reached)).toEqual([moderationScope('53')]);
  });

  it('O3 words that were written over others are refused, not lost over them', async () => {
    const { proposalId, version } = await draft();
    const mine = { proposalId, base: version, version: randomUUID(), content: { ...COMPLETE, title: { fr: 'Un' } } };
    const late = { proposalId, base: version, version: randomUUID(), content: { ...COMPLETE, title: { fr: 'Deux' } } };
    expect(await ask(who.organiser, 'save-proposal', mine)).toBe('applied');
    expect(await ask(who.organiser, 'save-proposal', late)).toBe('stale');
    // What was to be handed in with them is not the words of the others.
    expect(await ask(who.organiser, 'submit-proposal', { proposalId, version: late.version })).toBe('stale');
    expect(await stored(proposalId)).toMatchObject({ content: { title: { fr: 'Un' } }, state: 'draft' });
  });

  it('goes to and fro over requested changes, with mail to each side', async () => {
    const id = await submitted();
    expect(await decide(who.regional, id, 'request_changes', 'Quelle salle ?')).toBe('applied');
    expect(await shown(deskScope(who.organiser.id), id)).toMatchObject({ state: 'changes_requested' });
    const seen = (await shown(deskScope(who.organiser.id), id))!;
    // Its author learns what a moderator is, not who.
    expect(seen.history.at(-1)).toMatchObject({ text: 'Quelle salle ?', by: { role: 'regional' } });
    expect(JSON.stringify(seen)).not.toContain('regional@etat.example');
    const comment = { proposalId: id, commentId: randomUUID(), text: 'La salle B.' };
    expect(await ask(who.organiser, 'comment-proposal', comment)).toBe('applied');
    const version = randomUUID();
    const content = { ...COMPLETE, conditions: { fr: 'Salle B' } };
    const save = { proposalId: id, base: (await stored(id))!.version, version, content };
    expect(await ask(who.organiser, 'save-proposal', save)).toBe('applied');
    expect(await ask(who.organiser, 'submit-proposal', { proposalId: id, version })).toBe('applied');
    expect(await stored(id)).toMatchObject({ state: 'submitted', step: 'region' });
    expect((await letters(id)).toSorted()).toEqual([
      'answered regional',
      'changes_requested organiser',
      'resubmitted regional',
    ]);
    expect(await decide(who.national, id, 'refuse', 'Trop tard.')).toBe('applied');
    expect(await stored(id)).toMatchObject({ state: 'refused' });
    const again = { proposalId: id, base: version, version: randomUUID(), content };
    expect(await ask(who.organiser, 'save-proposal', again)).toBe('wrong_state');
  });

  it('leaves the queue while its author goes on writing, and comes back', async () => {
    const id = await submitted();
    const version = randomUUID();
    const save = { proposalId: id, base: (await stored(id))!.version, version, content: COMPLETE };
    expect(await ask(who.organiser, 'save-proposal', save)).toBe('applied');
    expect(await stored(id)).toMatchObject({ state: 'draft' });
    expect(await shown(moderationScope('53'), id)).toBeUndefined();
    expect(await decide(who.regional, id, 'approve')).toBe('forbidden');
    expect(await ask(who.organiser, 'submit-proposal', { proposalId: id, version })).toBe('applied');
    expect(await shown(moderationScope('53'), id)).toMatchObject({ state: 'submitted' });
    expect(await ask(who.organiser, 'withdraw-proposal', { proposalId: id })).toBe('applied');
    expect(await shown(moderationScope('53'), id)).toMatchObject({ state: 'withdrawn' });
  });

  it('an edit of a published event is held until it is approved, and leaves what others changed', async () => {
    const event = eventWith({ mode: 'open', capacity: 10 }, { summary: { fr: 'Avant' } });
    await publish(ctx, event);
    await grantEvents(ctx, who.organiser.id, [event.id]);
    const before = contentOf((await published(event.id))!);
    const content = { ...before, title: { fr: 'Nouveau titre' } };
    const id = await submitted(content, { eventId: event.id, before });
    expect(await published(event.id)).toMatchObject({ title: event.title });
    expect(await decide(who.regional, id, 'approve')).toBe('applied');
    expect(await published(event.id)).toMatchObject({ title: event.title });
    // Meanwhile somebody else changes another field.
    await publish(ctx, { ...(await published(event.id))!, summary: { fr: 'Après' } });
    expect(await decide(who.national, id, 'approve')).toBe('applied');
    const after = await published(event.id);
    expect(after).toMatchObject({ title: { fr: 'Nouveau titre' }, summary: { fr: 'Après' }, slug: event.slug });
  });

  it('who does not run an event proposes no edit of it, and a new one takes no event’s place', async () => {
    const event = eventWith({ mode: 'none' });
    await publish(ctx, event);
    const origin = { editionId: EDITION.id, eventId: event.id };
    const args = { proposalId: randomUUID(), origin, version: randomUUID(), content: COMPLETE };
    expect(await ask(who.other, 'save-proposal', args)).toBe('forbidden');
    expect(await ask(who.elsewhere, 'save-proposal', args)).toBe('forbidden');
    const unknown = { ...args, origin: { ...origin, eventId: randomUUID() } };
    expect(await ask(who.other, 'save-proposal', unknown)).toBe('event_unknown');
    const taken = { ...args, proposalId: event.id, origin: { editionId: EDITION.id } };
    expect(await ask(who.national, 'save-proposal', taken)).toBe('forbidden');
  });

  it('a correspondent’s own proposal goes to the nation, and the nation’s and what is national go there at once', async () => {
    const step = async (account: Account, content: ProposalContent): Promise<string> => {
      const made = await draft(account, content);
      expect(await ask(account, 'submit-proposal', made)).toBe('applied');
      return (await stored(made.proposalId))!.step;
    };
    expect(await step(who.regional, COMPLETE)).toBe('nation');
    expect(await step(who.elsewhere, COMPLETE)).toBe('region');
    expect(await step(who.national, COMPLETE)).toBe('nation');
    expect(await step(who.organiser, { ...COMPLETE, region: 'FR', attendanceMode: 'online' })).toBe('nation');
  });

  it('what is none of ours is refused by itself: no content, foreign fields, no reason, too much', async () => {
    const id = await submitted();
    const base = (await stored(id))!.revision;
    expect(await ask(who.national, 'decide-proposal', { proposalId: id, base, decision: 'refuse' })).toBe('invalid');
    const version = randomUUID();
    const origin = { editionId: EDITION.id };
    const bad = (content: unknown) =>
      ask(who.organiser, 'save-proposal', { proposalId: randomUUID(), origin, version, content });
    expect(await bad(null)).toBe('invalid');
    expect(await bad({ region: '53; drop table' })).toBe('invalid');
    expect(await bad({ description: { fr: 'é'.repeat(59_000) } })).toBe('invalid');
    expect(await ask(who.organiser, 'save-proposal', { proposalId: randomUUID(), version, content: {} })).toBe(
      'proposal_unknown',
    );
    expect(
      await ask(who.organiser, 'save-proposal', {
        proposalId: randomUUID(),
        origin: { editionId: 'nulle-part' },
        version,
        content: {},
      }),
    ).toBe('proposal_unknown');
  });

  it('leaves nothing of persons after an edition’s time, and of who ends their account no name', async () => {
    const id = await submitted();
    const say = { proposalId: id, commentId: randomUUID(), text: 'Appelez Anne au 06.' };
    expect(await ask(who.organiser, 'comment-proposal', say)).toBe('applied');
    expect(await decide(who.regional, id, 'request_changes', 'Demandez à Paul.')).toBe('applied');
    const traces = async (words: RegExp): Promise<string[]> => {
      const tables = [
        await ctx.db.read.selectFrom('proposal').select('data').where('id', '=', id).execute(),
        await ctx.db.read.selectFrom('change').select('value').where('item_id', '=', id).execute(),
      ];
      return tables.flat().flatMap((row) => JSON.stringify(row).match(words) ?? []);
    };
    expect(await traces(/regional@etat/)).not.toEqual([]);
    await removeColleague(ctx, who.national, who.regional.id);
    expect(await traces(/regional@etat/)).toEqual([]);
    expect(await traces(/anne@rennes/)).not.toEqual([]);
    server.wait(500 * 86_400_000);
    const [purged] = await purge(ctx, { editionId: EDITION.id, dryRun: false });
    expect(purged!.counts.proposals).toBeGreaterThan(0);
    expect(await traces(/anne@|organiser@|Appelez|Paul|99 00/)).toEqual([]);
    expect(await stored(id)).toMatchObject({ state: 'changes_requested', content: { title: COMPLETE.title } });
    expect(await purge(ctx, { editionId: EDITION.id, dryRun: true })).toEqual([]);
    server.wait(-500 * 86_400_000);
  });
});
