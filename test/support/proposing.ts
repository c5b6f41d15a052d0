import { randomUUID } from 'node:crypto';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal, ProposalContent } from '#domain/proposal.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import type { Context } from '#server/services/context.ts';
import { EDITION, Phone } from './databases.ts';
import { itemsOf } from './scopes.ts';

/** Everything that has to be there, for an event in Bretagne. */
export const COMPLETE: ProposalContent = {
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

const TEAM = {
  organiser: { role: 'organiser', regions: [] },
  other: { role: 'organiser', regions: [] },
  regional: { role: 'regional', regions: ['53'] },
  colleague: { role: 'regional', regions: ['53'] },
  elsewhere: { role: 'regional', regions: ['76'] },
  national: { role: 'national', regions: [] },
} as const;
type Member = keyof typeof TEAM;

/** People of every role around one chain of proposing, and what they do to it. */
export class Chain {
  readonly ctx: Context;
  readonly who: Readonly<Record<Member, Account>>;

  private constructor(ctx: Context, who: Record<Member, Account>) {
    this.ctx = ctx;
    this.who = who;
  }

  static async open(ctx: Context): Promise<Chain> {
    const who: Partial<Record<Member, Account>> = {};
    for (const [name, account] of Object.entries(TEAM)) {
      const email = `${name}@etat.example`;
      const { id } = await ensureAccount(ctx, { email, ...account });
      who[name as Member] = { id, email, demo: false, bodies: [], ...account };
    }
    return new Chain(ctx, who as Record<Member, Account>);
  }

  phoneOf(account: Account): Phone {
    return new Phone({ kind: 'account', account });
  }

  /** One mutation by itself; gives `applied` or why not. */
  async act(phone: Phone, name: string, args: object): Promise<string> {
    const { results } = await phone.send(this.ctx, phone.make(name, args));
    return results[0]!.reason ?? results[0]!.outcome;
  }

  ask(account: Account, name: string, args: object): Promise<string> {
    return this.act(this.phoneOf(account), name, args);
  }

  async stored(id: string): Promise<Proposal | undefined> {
    const row = await this.ctx.db.read.selectFrom('proposal').select('data').where('id', '=', id).executeTakeFirst();
    return row && (JSON.parse(row.data) as Proposal);
  }

  /** As a scope brings it. */
  async shown(scope: string, id: string): Promise<Proposal | undefined> {
    const items = await itemsOf(this.ctx, scope);
    return items.find((item) => item.kind === 'proposal' && item.id === id)?.value as Proposal | undefined;
  }

  async draft(
    account: Account = this.who.organiser,
    content: ProposalContent = COMPLETE,
    more: object = {},
  ): Promise<{ proposalId: string; version: string }> {
    const [proposalId, version] = [randomUUID(), randomUUID()];
    const args = { proposalId, origin: { editionId: EDITION.id, ...more }, version, content };
    const outcome = await this.ask(account, 'save-proposal', args);
    if (outcome !== 'applied') throw new Error(`not saved: ${outcome}`);
    return { proposalId, version };
  }

  async submitted(content: ProposalContent = COMPLETE, more: object = {}): Promise<string> {
    const made = await this.draft(this.who.organiser, content, more);
    const outcome = await this.ask(this.who.organiser, 'submit-proposal', made);
    if (outcome !== 'applied') throw new Error(`not handed in: ${outcome}`);
    return made.proposalId;
  }

  async decide(account: Account, proposalId: string, decision: string, text?: string): Promise<string> {
    const base = (await this.stored(proposalId))!.revision;
    return this.ask(account, 'decide-proposal', { proposalId, base, decision, ...(text ? { text } : {}) });
  }

  async published(id: string): Promise<ProgrammeEvent | undefined> {
    const row = await this.ctx.db.read.selectFrom('event').select('data').where('id', '=', id).executeTakeFirst();
    return row && (JSON.parse(row.data) as ProgrammeEvent);
  }

  /** What is still to be mailed about it, and to whom. */
  async letters(id: string): Promise<string[]> {
    const rows = await this.ctx.db.read
      .selectFrom('proposal_letter')
      .select(['kind', 'account_id'])
      .where('proposal_id', '=', id)
      .orderBy('created_at')
      .execute();
    const nameOf = (accountId: string) => Object.entries(this.who).find(([, one]) => one.id === accountId)?.[0];
    return rows.map((one) => `${one.kind} ${nameOf(one.account_id)}`);
  }
}
