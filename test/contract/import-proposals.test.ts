import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Proposal, ProposalContent } from '#domain/proposal.ts';
import type { ImportFormat } from '#interop/formats.ts';
import type { ImportAnswer } from '#protocol/exchange.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { editProposalRules } from '#server/services/programme/edition-rules.ts';
import { importFromDesk } from '#server/services/exchange/exchange.ts';
import { EDITION, engines, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Chain, COMPLETE } from '../support/proposing.ts';

/** What the form asks for and a calendar does not have. */
const { summary, format, audiences, organisers, venues, privateContact } = COMPLETE;
const WANTING = { summary, format, audiences, organisers, venues, privateContact } as ProposalContent;

const HEAD = 'id;titre;resume;format;publics;mode;organisateur;date;debut;fin;lieu;ville\n';
const row = (id: string, title: string, summary = 'Un atelier.'): string =>
  `${id};${title};${summary};atelier;agents;sur place;Ville de Rennes;2026-11-18;10:00;12:00;Hôtel de ville;Rennes\n`;

describe.each(engines)("a correspondent's import on %s", (engine) => {
  let server: Server;
  let chain: Chain;
  beforeAll(async () => {
    server = await startServer(engine);
    await publish(server.ctx);
    chain = await Chain.open(server.ctx);
  });
  afterAll(() => server.close());

  const take = async (who: Account, text: string, dryRun = false, format: ImportFormat = 'csv') => {
    const answer: ImportAnswer = await importFromDesk(server.ctx, who, pieces(text), {
      format,
      editionId: EDITION.id,
      origin: 'http://localhost:3000',
      region: '53',
      dryRun,
    });
    if (answer.kind === 'refused') throw new Error(answer.problem.message);
    const { added, changed, unchanged, refused, proposed } = answer;
    return { counts: [added, changed, unchanged, refused], proposed };
  };
  const proposals = async (): Promise<Proposal[]> => {
    const rows = await server.ctx.db.read.selectFrom('proposal').select('data').orderBy('id').execute();
    return rows.map((one) => JSON.parse(one.data) as Proposal);
  };
  const events = () =>
    server.ctx.db.read.selectFrom('event').select(['id', 'data']).where('withdrawn_at', 'is', null).execute();
  const file = HEAD + row('un', 'Premier') + row('deux', 'Deuxième', '');

  it('is looked at without a trace', async () => {
    expect(await take(chain.who.regional, file, true)).toEqual({
      counts: [2, 0, 0, 0],
      proposed: { submitted: 1, drafts: 1 },
    });
    expect([await proposals(), await events()]).toEqual([[], []]);
  });

  it('publishes nothing: what is whole waits for the nation, what lacks something is a draft', async () => {
    expect(await take(chain.who.regional, file)).toMatchObject({ proposed: { submitted: 1, drafts: 1 } });
    expect(await events()).toEqual([]);
    const made = await proposals();
    const [first] = made.filter((one) => one.state === 'submitted');
    expect(first).toMatchObject({
      step: 'nation',
      author: { role: 'regional' },
      content: { title: { fr: 'Premier' } },
    });
    expect(made.map((one) => one.state).toSorted()).toEqual(['draft', 'submitted']);
  });

  it('a second time finds what waits, and takes what the file says otherwise into the same proposal', async () => {
    expect(await take(chain.who.regional, file)).toEqual({
      counts: [0, 0, 2, 0],
      proposed: { submitted: 0, drafts: 0 },
    });
    const completed = HEAD + row('un', 'Premier') + row('deux', 'Deuxième', 'Enfin un résumé.');
    expect(await take(chain.who.regional, completed)).toEqual({
      counts: [1, 0, 1, 0],
      proposed: { submitted: 1, drafts: 0 },
    });
    expect((await proposals()).map((one) => one.state)).toEqual(['submitted', 'submitted']);
  });

  it('once published is an event like any other; a change in the file is proposed as a change, once', async () => {
    const [first] = (await proposals()).filter((one) => one.content.title?.['fr'] === 'Premier');
    expect(await chain.decide(chain.who.national, first!.id, 'approve')).toBe('applied');
    const changed = HEAD + row('un', 'Premier') + row('deux', 'Deuxième', 'Enfin un résumé.');
    expect((await take(chain.who.regional, changed)).counts).toEqual([0, 0, 2, 0]);
    const other = HEAD + row('un', 'Premier, en mieux') + row('deux', 'Deuxième', 'Enfin un résumé.');
    expect(await take(chain.who.regional, other)).toEqual({
      counts: [0, 1, 1, 0],
      proposed: { submitted: 1, drafts: 0 },
    });
    expect((await take(chain.who.regional, other)).counts).toEqual([0, 0, 2, 0]);
    const [edit] = (await proposals()).filter((one) => one.eventId === first!.id);
    expect(await chain.decide(chain.who.national, edit!.id, 'approve')).toBe('applied');
    expect(await chain.published(first!.id)).toMatchObject({ title: { fr: 'Premier, en mieux' } });
    expect((await take(chain.who.regional, other)).counts).toEqual([0, 0, 2, 0]);
  });

  it('keeps the name of who wrote it first, through its author and the moderators, and takes none from a device', async () => {
    const calendar = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'X-WR-CALNAME:Agenda du pôle',
      'BEGIN:VEVENT',
      'UID:pole-1',
      'SUMMARY:Vu ailleurs',
      'DTSTART:20261118T100000Z',
      'URL:https://pole.example/1',
      'END:VEVENT',
      'END:VCALENDAR',
    ];
    await take(chain.who.regional, calendar.join('\r\n'), false, 'ics');
    const [made] = (await proposals()).filter((one) => one.source);
    const source = { name: 'Agenda du pôle', url: 'https://pole.example/1' };
    expect(made).toMatchObject({ state: 'draft', source });
    expect(await chain.shown(`desk/${chain.who.regional.id}`, made!.id)).toMatchObject({ source });
    const words = { version: randomUUID(), content: { ...COMPLETE, ...made!.content, ...WANTING } };
    const [proposalId, base] = [made!.id, made!.version];
    expect(await chain.ask(chain.who.regional, 'save-proposal', { proposalId, base, ...words })).toBe('applied');
    const { version } = words;
    expect(await chain.ask(chain.who.regional, 'submit-proposal', { proposalId, version })).toBe('applied');
    expect(await chain.decide(chain.who.national, proposalId, 'approve')).toBe('applied');
    expect((await chain.published(proposalId))!.source).toEqual(source);

    const device = await chain.draft(chain.who.organiser, COMPLETE, { source: { name: 'Un autre' } });
    expect(await chain.stored(device.proposalId)).not.toHaveProperty('source');
  });

  it('is published at once by the national team, and where the region has the last word', async () => {
    const mine = await take(chain.who.national, HEAD + row('trois', 'Troisième'));
    expect(mine).toEqual({ counts: [1, 0, 0, 0], proposed: undefined });
    await editProposalRules(server.ctx, chain.who.national, EDITION.id, { before: null, rules: { steps: ['region'] } });
    const theirs = await take(chain.who.regional, HEAD + row('quatre', 'Quatrième'));
    expect(theirs).toEqual({ counts: [1, 0, 0, 0], proposed: undefined });
    expect(await events()).toHaveLength(4);
  });
});

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
