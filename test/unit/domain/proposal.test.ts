import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Edition } from '#domain/programme.ts';
import type { Actor, Proposal, ProposalContent, ProposalRules } from '#domain/proposal.ts';
import { contentOf, duplicateOf, weightOf } from '#domain/proposal.ts';
import { problemsOf } from '#domain/proposal-check.ts';
import { changedFields, mergeEdit } from '#domain/proposal-diff.ts';
import { likelyDoubles } from '#domain/proposal-duplicates.ts';
import { eventOf } from '#domain/proposal-event.ts';
import type { ProposalAct, ProposalSituation } from '#domain/proposal-rules.ts';
import { applyProposal } from '#domain/proposal-rules.ts';
import { cardOf } from '#domain/event-card.ts';
import { programmeEvent } from '#protocol/programme.ts';
import { proposalContent } from '#protocol/proposal.ts';
import { anEdition, anEvent } from '../../support/test-app.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const TODAY = '2026-10-20';
const edition = (proposals?: ProposalRules): Edition => ({ ...anEdition, ...(proposals ? { proposals } : {}) });
const COMPLETE: ProposalContent = {
  region: '52',
  title: { fr: 'Un formulaire que tout le monde comprend' },
  summary: { fr: 'Récrire ensemble.' },
  format: 'workshop',
  audiences: ['agents'],
  attendanceMode: 'on_site',
  organisers: [{ name: 'Ville' }],
  venues: [{ id: uuid(1), name: 'Mairie', city: 'Nantes' }],
  sessions: [{ id: uuid(2), slot: { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' } }],
  privateContact: { email: 'anne@ville.example' },
};
const problems = (
  content: ProposalContent,
  more: { rules?: ProposalRules; today?: string; before?: ProposalContent } = {},
) =>
  problemsOf(content, {
    edition: { ...edition(more.rules), from: '2026-11-01', to: '2026-11-30' },
    today: more.today ?? TODAY,
    ...(more.before ? { before: more.before } : {}),
  }).map(({ field, kind, part }) => [field, kind, part].filter(Boolean).join(' '));

describe('what keeps a proposal from being handed in', () => {
  test('nothing, when it is complete', () => expect(problems(COMPLETE)).toEqual([]));

  test('every required field, in the form’s order', () => {
    expect(problems({})).toEqual([
      'region missing',
      'title missing',
      'summary missing',
      'format missing',
      'audiences missing',
      'attendanceMode missing',
      'organisers missing name',
      'sessions missing',
      'privateContact missing email',
    ]);
    expect(problems({ ...COMPLETE, venues: [] })).toEqual(['venues place_missing']);
    expect(problems({ ...COMPLETE, venues: [], attendanceMode: 'online' })).toEqual([]);
    expect(problems({ ...COMPLETE, sessions: [], availability: { url: 'https://ville.example/podcast' } })).toEqual([]);
  });

  test.each<[string, ProposalContent, string[]]>([
    ['a title over 140', { title: { fr: 'x'.repeat(141) } }, ['title too_long']],
    ['a summary over 200', { summary: { fr: 'ok', en: 'x'.repeat(201) } }, ['summary too_long']],
    ['half an address', { onlineUrl: 'htt' }, ['onlineUrl not_a_url']],
    ['an address of another kind', { onlineUrl: 'javascript:alert(1)' }, ['onlineUrl not_a_url']],
    ['half an e-mail', { privateContact: { email: 'anne@' } }, ['privateContact not_an_email email']],
    [
      'a picture that nobody describes',
      { image: { url: 'https://ville.example/a.jpg' } },
      ['image alt_missing alt', 'image licence_missing licence'],
    ],
    ['registration elsewhere, nowhere', { registration: { mode: 'external' } }, ['registration missing url']],
  ])('%s', (_, change, expected) => expect(problems({ ...COMPLETE, ...change })).toEqual(expected));

  test.each<[string, object, string[]]>([
    ['no day', { date: '' }, ['sessions missing date']],
    ['a day that is none', { date: '2026-02-30' }, ['sessions not_a_date date']],
    ['the year 20008', { date: '20008-01-01' }, ['sessions not_a_date date']],
    ['an hour that is none', { date: '2026-11-24', start: '25:00' }, ['sessions not_a_time start']],
    ['an end before its beginning', { date: '2026-11-24', endDate: '2026-11-23' }, ['sessions ends_before_start end']],
    ['a day outside the edition', { date: '2026-12-24' }, ['sessions outside_edition date']],
  ])('a session with %s', (_, slot, expected) => {
    const sessions = [{ id: uuid(2), slot: { date: '', zone: 'Europe/Paris', ...slot } }];
    expect(problems({ ...COMPLETE, sessions })).toEqual(expected);
  });

  test('what the edition asks for from a day on, and its own fields', () => {
    const rules: ProposalRules = {
      steps: ['nation'],
      requiredFrom: [{ from: '2026-10-15', fields: ['image', 'accessibility'] }],
      customFields: [{ id: 'help', label: { fr: 'Aide' }, kind: 'text', required: true }],
    };
    expect(problems(COMPLETE, { rules, today: '2026-10-14' })).toEqual(['custom missing help']);
    const answered = { ...COMPLETE, custom: { help: 'Rien' } };
    expect(problems(answered, { rules })).toEqual(['image missing', 'accessibility missing']);
  });

  test('of an edit only what it changes: the rest is nobody’s fault of today', () => {
    const before = { ...contentOf(anEvent(1)), onlineUrl: 'pas une adresse' };
    expect(problems({ ...before, title: { fr: 'Autre titre' } }, { before })).toEqual([]);
    expect(problems({ ...before, title: { fr: '' } }, { before })).toEqual(['title missing']);
  });
});

const actor = (role: Actor['role'], n: number, regions: string[] = []): Actor => ({
  accountId: uuid(n),
  role,
  regions,
});
const ORGANISER = actor('organiser', 10);
const REGIONAL = actor('regional', 11, ['52']);
const NATIONAL = actor('national', 12);

function situation(by: Actor, rules?: ProposalRules, today = TODAY): ProposalSituation {
  return {
    id: uuid(99),
    actor: by,
    person: { accountId: by.accountId, role: by.role },
    edition: edition(rules),
    at: `${today}T10:00:00.000Z`,
    today,
    runsEvent: true,
  };
}

/** Does things one after the other; the last outcome, or the first refusal. */
function life(
  rules: ProposalRules | undefined,
  ...acts: [Actor, ProposalAct | ((p: Proposal) => ProposalAct), string?][]
) {
  let proposal: Proposal | undefined;
  let publishes = false;
  for (const [by, act, today] of acts) {
    const given = typeof act === 'function' ? act(proposal!) : act;
    const outcome = applyProposal(proposal, given, situation(by, rules, today));
    if (outcome.kind === 'refused') return { reason: outcome.reason, proposal };
    ({ proposal, publishes } = outcome);
  }
  return { proposal: proposal!, publishes };
}
const begin = (content = COMPLETE, origin = {}): ProposalAct => ({
  kind: 'save',
  origin: { editionId: anEdition.id, ...origin },
  version: uuid(1),
  content,
});
const submit: ProposalAct = { kind: 'submit', version: uuid(1) };
const approve = (p: Proposal): ProposalAct => ({ kind: 'decide', base: p.revision, decision: 'approve' });

describe('the chain', () => {
  test('an edition with one step publishes after it, whoever’s it is', () => {
    const region = life({ steps: ['region'] }, [ORGANISER, begin()], [ORGANISER, submit], [REGIONAL, approve]);
    expect(region).toMatchObject({ publishes: true, proposal: { state: 'approved' } });
    const nation = life({ steps: ['nation'] }, [ORGANISER, begin()], [ORGANISER, submit], [REGIONAL, approve]);
    expect(nation).toMatchObject({ reason: 'forbidden' });
  });

  test('the nation may decide before the region has', () => {
    expect(life(undefined, [ORGANISER, begin()], [ORGANISER, submit], [NATIONAL, approve])).toMatchObject({
      publishes: true,
    });
  });

  test('changes that the nation asked for go back to the nation', () => {
    const ask = (p: Proposal): ProposalAct => ({
      kind: 'decide',
      base: p.revision,
      decision: 'request_changes',
      text: 'Où ?',
    });
    const after = life(
      undefined,
      [ORGANISER, begin()],
      [ORGANISER, submit],
      [REGIONAL, approve],
      [NATIONAL, ask],
      [ORGANISER, submit],
    );
    expect(after).toMatchObject({ proposal: { state: 'submitted', step: 'nation' } });
  });

  test('requested changes say which fields they are about, each once; no other decision does', () => {
    const decide =
      (decision: 'approve' | 'request_changes' | 'refuse') =>
      (p: Proposal): ProposalAct => ({
        kind: 'decide',
        base: p.revision,
        decision,
        text: 'Où ?',
        fields: ['venues', 'summary', 'venues'],
      });
    const deedOf = (decision: 'approve' | 'request_changes' | 'refuse') =>
      life(undefined, [ORGANISER, begin()], [ORGANISER, submit], [REGIONAL, decide(decision)]).proposal?.history.at(-1);
    expect(deedOf('request_changes')).toMatchObject({ kind: 'changes_requested', fields: ['venues', 'summary'] });
    expect(deedOf('approve')).not.toHaveProperty('fields');
    expect(deedOf('refuse')).not.toHaveProperty('fields');
  });

  test('after its last day an edition takes no new ones of organisers, and still takes edits and the moderators’ own', () => {
    const rules: ProposalRules = { steps: ['region', 'nation'], until: '2026-10-19' };
    expect(life(rules, [ORGANISER, begin()], [ORGANISER, submit])).toMatchObject({ reason: 'proposals_closed' });
    expect(life(rules, [ORGANISER, begin(), '2026-10-18'], [ORGANISER, submit, '2026-10-19'])).toMatchObject({
      publishes: false,
    });
    expect(life(rules, [REGIONAL, begin()], [REGIONAL, submit])).toMatchObject({ proposal: { state: 'submitted' } });
    const edit = begin({ ...COMPLETE, title: { fr: 'Autre' } }, { eventId: uuid(5), before: COMPLETE });
    expect(life(rules, [ORGANISER, edit], [ORGANISER, submit])).toMatchObject({ proposal: { state: 'submitted' } });
    const past = { ...edition(), kind: 'archive' as const };
    const outcome = applyProposal(life(undefined, [ORGANISER, begin()]).proposal, submit, {
      ...situation(ORGANISER),
      edition: past,
    });
    expect(outcome).toEqual({ kind: 'refused', reason: 'proposals_closed' });
  });

  test('what is frozen organisers change no more', () => {
    const rules: ProposalRules = {
      steps: ['nation'],
      frozenFrom: [{ from: '2026-10-20', fields: ['title', 'sessions'] }],
    };
    const edit = begin({ ...COMPLETE, title: { fr: 'Autre' } }, { eventId: uuid(5), before: COMPLETE });
    expect(life(rules, [ORGANISER, edit], [ORGANISER, submit])).toMatchObject({ reason: 'frozen' });
    expect(life(rules, [ORGANISER, edit], [ORGANISER, submit, '2026-10-19'])).toMatchObject({ publishes: false });
    expect(life(rules, [REGIONAL, edit], [REGIONAL, submit])).toMatchObject({ proposal: { state: 'submitted' } });
    const summary = begin({ ...COMPLETE, summary: { fr: 'Autre' } }, { eventId: uuid(5), before: COMPLETE });
    expect(life(rules, [ORGANISER, summary], [ORGANISER, submit])).toMatchObject({ publishes: false });
  });

  test('a moderator corrects what waits for them, and must leave it complete', () => {
    const correct =
      (content: ProposalContent) =>
      (p: Proposal): ProposalAct => ({ kind: 'save', base: p.version, version: uuid(3), content });
    const good = life(
      undefined,
      [ORGANISER, begin()],
      [ORGANISER, submit],
      [REGIONAL, correct({ ...COMPLETE, format: 'visit' })],
    );
    expect(good).toMatchObject({ proposal: { state: 'submitted', content: { format: 'visit' } } });
    expect(
      life(undefined, [ORGANISER, begin()], [ORGANISER, submit], [REGIONAL, correct({ region: '52' })]),
    ).toMatchObject({ reason: 'incomplete' });
    expect(
      life(undefined, [ORGANISER, begin()], [ORGANISER, submit], [REGIONAL, correct({ ...COMPLETE, region: '53' })]),
    ).toMatchObject({ reason: 'forbidden' });
  });

  test('what was withdrawn can be taken up again, and a comment is said once', () => {
    const again = life(
      undefined,
      [ORGANISER, begin()],
      [ORGANISER, { kind: 'withdraw' }],
      [ORGANISER, (p) => ({ kind: 'save', base: p.version, version: uuid(3), content: COMPLETE })],
    );
    expect(again).toMatchObject({ proposal: { state: 'draft' } });
    const say: ProposalAct = { kind: 'comment', commentId: uuid(8), text: 'Bonjour' };
    expect(life(undefined, [ORGANISER, begin()], [ORGANISER, say], [ORGANISER, say]).proposal!.comments).toHaveLength(
      1,
    );
  });
});

describe('an edit', () => {
  test('leaves what others have changed meanwhile', () => {
    const before = contentOf(anEvent(1));
    const edited = { ...before, title: { fr: 'Nouveau' }, conditions: { fr: '' } };
    const published = { ...before, status: 'cancelled' as const, summary: { fr: 'Résumé' } };
    expect(mergeEdit(before, edited, published)).toMatchObject({
      title: { fr: 'Nouveau' },
      status: 'cancelled',
      summary: { fr: 'Résumé' },
    });
    expect(changedFields(before, edited)).toEqual(['title']);
  });

  test('of nothing changes nothing, and is the event that it was', () => {
    const event = anEvent(1);
    const before = contentOf(event);
    expect(changedFields(before, structuredClone(before))).toEqual([]);
    const merged = mergeEdit(before, before, before);
    const again = eventOf(merged, { id: event.id, editionId: event.editionId, published: event, at: event.updatedAt });
    expect(again).toEqual(event);
  });
});

describe('the event of a content', () => {
  test('is one that may be published once nothing is wrong with it', () => {
    const event = eventOf(COMPLETE, { id: uuid(9), editionId: anEdition.id, at: '2026-10-20T10:00:00.000Z' });
    expect(v.safeParse(programmeEvent, event).issues).toBeUndefined();
    expect(JSON.stringify(event)).not.toContain('anne@');
  });

  test('is made of any draft, for its preview, and never throws', () => {
    const words = fc.oneof(fc.string(), fc.constant(''), fc.constant(' '), fc.constant('https://a.example'));
    const draft = fc.record(
      {
        title: fc.dictionary(fc.constantFrom('fr', 'en'), words),
        onlineUrl: words,
        organisers: fc.array(fc.record({ name: words, url: words })),
        sessions: fc.array(
          fc.record({
            id: fc.uuid(),
            slot: fc.record({
              date: fc.oneof(words, fc.constant('2026-11-24')),
              start: words,
              end: words,
              zone: fc.oneof(words, fc.constant('Europe/Paris')),
            }),
          }),
        ),
        links: fc.array(fc.record({ label: words, url: words })),
        registration: fc.record(
          { mode: fc.constantFrom('none', 'open', 'approval', 'external'), url: words, closesAt: words },
          { requiredKeys: ['mode'] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(draft, (content) => {
        const given = content as ProposalContent;
        const event = eventOf(given, { id: uuid(9), editionId: anEdition.id, at: '2026-10-20T10:00:00.000Z' });
        expect(event.sessions.every((one) => one.slot.date)).toBe(true);
        problems(given);
        expect(weightOf(given)).toBe(new TextEncoder().encode(JSON.stringify(given)).length);
      }),
    );
  });

  test('what has no problem is always an event', () => {
    const text = fc.string({ minLength: 1, maxLength: 140 });
    const draft = fc.record({
      title: fc.record({ fr: text }),
      summary: fc.record({ fr: fc.string({ minLength: 1, maxLength: 200 }) }),
      conditions: fc.record({ fr: fc.string({ maxLength: 255 }) }),
      organisers: fc.array(fc.record({ name: fc.string({ maxLength: 300 }) }), { minLength: 1 }),
      onlineUrl: fc.webUrl(),
      links: fc.array(fc.record({ label: fc.string({ maxLength: 300 }), url: fc.webUrl() })),
      contacts: fc.array(fc.record({ kind: fc.constant('email' as const), value: fc.emailAddress() })),
    });
    fc.assert(
      fc.property(draft, (more) => {
        const content = v.parse(proposalContent, { ...COMPLETE, ...more });
        if (problems(content).length > 0) return;
        const event = eventOf(content, { id: uuid(9), editionId: anEdition.id, at: '2026-10-20T10:00:00.000Z' });
        expect(
          v.safeParse(programmeEvent, event).issues?.map((one) => `${v.getDotPath(one)}: ${one.message}`),
        ).toBeUndefined();
      }),
    );
  });

  test('last year’s begins anew without its days', () => {
    const last = contentOf(anEvent(1));
    const copy = duplicateOf({
      ...last,
      status: 'cancelled',
      registration: { mode: 'open', capacity: 9, closesAt: '2025-11-01T00:00:00Z' },
    });
    expect(copy).toMatchObject({ title: last.title, registration: { mode: 'open', capacity: 9 } });
    expect(copy).not.toHaveProperty('sessions');
    expect(copy).not.toHaveProperty('status');
    expect(copy.registration).not.toHaveProperty('closesAt');
  });
});

describe('likely doubles', () => {
  const proposal = (n: number, more: ProposalContent = {}): Proposal => ({
    ...life(undefined, [ORGANISER, begin({ ...COMPLETE, ...more })], [ORGANISER, submit]).proposal!,
    id: uuid(n),
  });
  test('a near title on the same day, in the same town; not a series, not another talk of the day', () => {
    const one = proposal(1);
    const near = proposal(2, { title: { fr: 'Un formulaire que tout le monde comprenne' } });
    const other = proposal(3, { title: { fr: 'Visite du tribunal' } });
    const later = proposal(4, {
      organisers: [{ name: 'Autre' }],
      sessions: [{ id: uuid(2), slot: { date: '2026-11-25', zone: 'Europe/Paris' } }],
    });
    expect(likelyDoubles(one, [one, near, other, later], []).proposals.map((p) => p.id)).toEqual([near.id]);
  });
  test('what is in the programme, but never the event that it edits', () => {
    const event = { ...anEvent(7), ...COMPLETE, tour: undefined };
    const { tour: _, ...published } = event;
    const card = cardOf(
      eventOf(COMPLETE, { id: published.id, editionId: anEdition.id, at: '2026-10-20T10:00:00.000Z' }),
    );
    expect(likelyDoubles(proposal(1), [], [card]).cards).toEqual([card]);
    expect(likelyDoubles({ ...proposal(1), eventId: card.id }, [], [card]).cards).toEqual([]);
  });
});
