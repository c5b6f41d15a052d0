import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Proposal, ProposalContent } from '#domain/proposal.ts';
import { forgetAccount, rememberAccount } from '#client/store/account.ts';
import { database } from '#client/store/database.ts';
import {
  commentProposal,
  dropCorrection,
  keepMine,
  keepTheirs,
  mayCorrect,
  newProposal,
  openDraft,
  proposalById,
  saveCorrection,
  saveDraft,
  sendCorrection,
  submitProposal,
  withdrawProposal,
} from '#client/store/proposals.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { Api } from '#client/sync/api.ts';
import type { Outcome } from '#client/sync/run.ts';
import { runSync } from '#client/sync/run.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { sha256Text } from '#server/services/people/secrets.ts';
import { EDITION, Phone } from '../../../support/databases.ts';
import type { Site } from './device.ts';
import { startSite } from './device.ts';

const COMPLETE: ProposalContent = {
  region: '53',
  title: { fr: 'Ouvrir les données' },
  summary: { fr: 'Un atelier.' },
  format: 'workshop',
  audiences: ['agents'],
  attendanceMode: 'online',
  organisers: [{ name: 'Ville' }],
  sessions: [{ id: randomUUID(), slot: { date: '2026-11-18', zone: 'Europe/Paris' } }],
  privateContact: { email: 'anne@ville.example' },
};

describe('proposals on a device', () => {
  let site: Site;
  let api: Api;
  let cookie: string | undefined;
  const people = {} as Record<'anne' | 'bruno' | 'regional' | 'national', Account>;
  const plain = globalThis.fetch;

  beforeAll(async () => {
    site = await startSite();
    api = new Api(site.gate.url);
    for (const [name, role] of [
      ['anne', 'organiser'],
      ['bruno', 'organiser'],
      ['regional', 'regional'],
      ['national', 'national'],
    ] as const) {
      const email = `${name}@ville.example`;
      const regions = role === 'regional' ? ['53'] : [];
      const { id } = await ensureAccount(site.ctx, { email, role, regions });
      people[name] = { id, email, role, regions, bodies: [], demo: false };
    }
    // What a browser does with the cookie of its own origin.
    globalThis.fetch = (input, init) =>
      init?.credentials === 'same-origin' && cookie
        ? plain(input, { ...init, headers: { ...init.headers, cookie: `escale-session=${cookie}` } })
        : plain(input, init);
  });
  afterAll(async () => {
    globalThis.fetch = plain;
    await site.close();
  });
  beforeEach(() => signIn('anne'));
  afterEach(async () => {
    await database().delete();
    await database().open();
  });

  async function signIn(name: keyof typeof people): Promise<void> {
    const { id, email, role, regions } = people[name];
    cookie = randomUUID();
    await site.ctx.db.units.one((tx) =>
      tx.db
        .insertInto('session')
        .values({
          id: randomUUID(),
          token_hash: sha256Text(cookie!),
          account_id: id,
          created_at: site.ctx.clock(),
          expires_at: site.ctx.clock() + 3_600_000,
        } as never)
        .execute(),
    );
    await rememberAccount({
      id,
      email,
      role,
      regions,
      bodies: [],
      demo: false,
      sessionExpiresAt: new Date().toISOString(),
    } as never);
  }
  const signedIn = (name: keyof typeof people) => {
    const { id, email, role, regions } = people[name];
    return { id, email, role, regions };
  };
  const sync = (): Promise<Outcome> => runSync(database(), api);
  const outbox = () => database().outbox.toArray();
  const stored = async (id: string): Promise<Proposal | undefined> => {
    const row = await site.ctx.db.read.selectFrom('proposal').select('data').where('id', '=', id).executeTakeFirst();
    return row && (JSON.parse(row.data) as Proposal);
  };
  /** Waits until what the person sees is so. */
  const until = async (id: string, check: (view: ProposalView) => void): Promise<void> => {
    const live = proposalById(id);
    const stop = live.subscribe(() => undefined);
    await vi.waitFor(() => check(live.get()!), { timeout: 5000, interval: 20 });
    stop();
  };
  const elsewhere = async (id: string, content: ProposalContent, who: keyof typeof people = 'anne'): Promise<void> => {
    const phone = new Phone({ kind: 'account', account: people[who] });
    const { version } = (await stored(id))!;
    const args = { proposalId: id, base: version, version: randomUUID(), content };
    const { results } = await phone.send(site.ctx, phone.make('save-proposal', args));
    expect(results[0]!.outcome).toBe('applied');
  };

  test('O1 an evening of writing without a network is one mutation, and all of its words arrive', async () => {
    const id = await newProposal(EDITION.id);
    expect(await outbox()).toEqual([]);
    for (const title of ['O', 'Ou', 'Ouv', 'Ouvrir']) await saveDraft(id, { title: { fr: title } });
    expect((await outbox()).map((row) => row.name)).toEqual(['save-proposal']);
    await until(id, (view) =>
      expect(view).toMatchObject({ content: { title: { fr: 'Ouvrir' } }, pending: true, mine: true }),
    );
    expect(await sync()).toEqual({ kind: 'ok' });
    expect(await sync()).toEqual({ kind: 'ok' });
    expect((await stored(id))!.content.title).toEqual({ fr: 'Ouvrir' });
    expect(await outbox()).toEqual([]);
    await until(id, (view) => expect(view).toMatchObject({ content: { title: { fr: 'Ouvrir' } }, pending: false }));
  });

  test('A1 a draft handed in without a network is shown so, and goes up with its last words', async () => {
    const id = await newProposal(EDITION.id);
    await saveDraft(id, { title: { fr: 'Un' } });
    await saveDraft(id, COMPLETE);
    expect(await submitProposal(id)).toBe(true);
    await commentProposal(id, 'Merci de relire.');
    await until(id, (view) =>
      expect(view).toMatchObject({ state: 'submitted', content: COMPLETE, comments: [{ text: 'Merci de relire.' }] }),
    );
    expect((await outbox()).map((row) => row.name)).toEqual([
      'save-proposal',
      'save-proposal',
      'submit-proposal',
      'comment-proposal',
    ]);
    await sync();
    expect(await stored(id)).toMatchObject({ state: 'submitted', content: COMPLETE, comments: [{}] });
    await until(id, (view) => expect(view).toMatchObject({ state: 'submitted', pending: false, refusals: [] }));
  });

  test('O3 of two who wrote at once neither loses a word: the person chooses', async () => {
    const id = await newProposal(EDITION.id);
    await saveDraft(id, { title: { fr: 'Au début' } });
    await sync();
    await openDraft(id);
    await saveDraft(id, { title: { fr: 'Ici' } });
    await elsewhere(id, { title: { fr: 'Là-bas' } });
    await sync();
    await until(id, (view) =>
      expect(view.conflict).toEqual({ mine: { title: { fr: 'Ici' } }, theirs: { title: { fr: 'Là-bas' } } }),
    );
    // What is typed on top of it stays here until they have chosen.
    await saveDraft(id, { title: { fr: 'Ici encore' } });
    await sync();
    expect((await stored(id))!.content.title).toEqual({ fr: 'Là-bas' });
    await keepMine(id);
    await sync();
    expect((await stored(id))!.content.title).toEqual({ fr: 'Ici encore' });
    await until(id, (view) => {
      expect(view).toMatchObject({ content: { title: { fr: 'Ici encore' } }, pending: false, refusals: [] });
      expect(view).not.toHaveProperty('conflict');
    });

    await openDraft(id);
    await saveDraft(id, { title: { fr: 'Encore ici' } });
    await elsewhere(id, { title: { fr: 'Encore là-bas' } });
    await sync();
    await keepTheirs(id);
    await until(id, (view) =>
      expect(view).toMatchObject({ content: { title: { fr: 'Encore là-bas' } }, pending: false }),
    );
    expect(await outbox()).toEqual([]);
  });

  test('O4 what one person wrote waits for them while another is signed in, and is not seen by them', async () => {
    const id = await newProposal(EDITION.id);
    await saveDraft(id, COMPLETE);
    await signIn('bruno');
    expect(await sync()).toEqual({ kind: 'ok' });
    expect(await stored(id)).toBeUndefined();
    expect((await database().outbox.toArray()).map((row) => row.state)).toEqual(['waiting']);
    await signIn('anne');
    await sync();
    expect(await stored(id)).toMatchObject({ author: { accountId: people.anne.id } });
  });

  test('O4 a session of somebody else is not taken for theirs', async () => {
    const id = await newProposal(EDITION.id);
    await saveDraft(id, COMPLETE);
    const mine = cookie;
    await signIn('bruno');
    const other = cookie;
    await signIn('anne');
    cookie = other;
    await sync();
    expect(await stored(id)).toBeUndefined();
    expect((await database().replicas.toArray()).find((row) => row.accountId === people.anne.id)?.attention).toBe(
      'sign_in_required',
    );
    cookie = mine;
    await signIn('anne');
    await sync();
    expect(await stored(id)).toBeDefined();
  });

  test('D5 a session that has ended leaves what waits, and signing out what was written', async () => {
    const id = await newProposal(EDITION.id);
    await saveDraft(id, COMPLETE);
    await sync();
    cookie = undefined;
    await openDraft(id);
    await saveDraft(id, { ...COMPLETE, title: { fr: 'Après' } });
    await sync();
    const stuck = (await database().replicas.toArray()).find((row) => row.kind === 'account');
    expect(stuck?.attention).toBe('sign_in_required');
    await forgetAccount();
    expect(
      await database()
        .items.filter((item) => item.kind === 'proposal')
        .count(),
    ).toBe(0);
    expect(await outbox()).toHaveLength(1);
    await signIn('anne');
    await sync();
    expect((await stored(id))!.content.title).toEqual({ fr: 'Après' });
  });

  test('a draft begun before anybody has signed in becomes theirs', async () => {
    await forgetAccount();
    cookie = undefined;
    const id = await newProposal(EDITION.id);
    await saveDraft(id, COMPLETE);
    await until(id, (view) => expect(view).toMatchObject({ unsigned: true, content: COMPLETE }));
    expect(await submitProposal(id)).toBe(false);
    await sync();
    expect(await stored(id)).toBeUndefined();
    await signIn('anne');
    await sync();
    expect(await stored(id)).toMatchObject({ state: 'draft', author: { accountId: people.anne.id } });
  });

  test('what the server has never heard of is gone once it is given up; the rest says so', async () => {
    const id = await newProposal(EDITION.id);
    await withdrawProposal(id);
    expect(await database().proposalDrafts.count()).toBe(0);
    expect(await outbox()).toEqual([]);
    const other = await newProposal(EDITION.id);
    await saveDraft(other, COMPLETE);
    await sync();
    await withdrawProposal(other);
    await sync();
    expect(await stored(other)).toMatchObject({ state: 'withdrawn' });
  });

  test('what a moderator puts right stays here until they send it, and is chosen between when the author wrote meanwhile', async () => {
    const id = await newProposal(EDITION.id);
    await saveDraft(id, COMPLETE);
    await submitProposal(id);
    await sync();
    await signIn('regional');
    await sync();
    const right = (title: string) => ({ ...COMPLETE, title: { fr: title } });
    await saveCorrection(id, right('Ouvrir'));
    await saveCorrection(id, right('Ouvrir les données publiques'));
    await sync();
    expect((await stored(id))!.content.title).toEqual(COMPLETE.title);
    // What is decided upon is what stands there.
    await until(id, (view) => {
      expect(view).toMatchObject({
        content: COMPLETE,
        correction: right('Ouvrir les données publiques'),
        pending: false,
      });
      expect(mayCorrect(signedIn('regional'), view)).toBe(true);
      expect(mayCorrect(signedIn('anne'), view)).toBe(false);
    });
    expect(await sendCorrection(id)).toBe(true);
    expect(await sendCorrection(id)).toBe(false);
    await until(id, (view) => {
      expect(view).toMatchObject({ content: right('Ouvrir les données publiques'), state: 'submitted', pending: true });
      expect(view).not.toHaveProperty('correction');
    });
    await sync();
    expect(await stored(id)).toMatchObject({ content: right('Ouvrir les données publiques'), state: 'submitted' });

    // O3: another moderator was first, on another phone.
    await saveCorrection(id, right('Ici'));
    await sendCorrection(id);
    await elsewhere(id, right('Là-bas'), 'national');
    await sync();
    await until(id, (view) => {
      expect(view.content).toEqual(right('Là-bas'));
      expect(view.conflict).toEqual({ mine: right('Ici'), theirs: right('Là-bas') });
    });
    await keepMine(id);
    await sync();
    expect((await stored(id))!.content).toEqual(right('Là-bas'));
    await until(id, (view) => expect(view).toMatchObject({ correction: right('Ici'), refusals: [] }));
    expect(await sendCorrection(id)).toBe(true);
    await sync();
    expect((await stored(id))!.content).toEqual(right('Ici'));

    // Written over while it is still being written here, and let go.
    await saveCorrection(id, right('Encore ici'));
    await elsewhere(id, right('Encore là-bas'), 'national');
    await sync();
    await until(id, (view) => expect(view.conflict?.theirs).toEqual(right('Encore là-bas')));
    expect(await sendCorrection(id)).toBe(false);
    await keepTheirs(id);
    await saveCorrection(id, right('Plus rien'));
    await dropCorrection(id);
    expect(await database().proposalDrafts.count()).toBe(0);
    await until(id, (view) => {
      expect(view.content).toEqual(right('Encore là-bas'));
      expect(view).not.toHaveProperty('correction');
    });
    expect(await outbox()).toEqual([]);
  });

  test('a moderator receives what is handed in, and no draft', async () => {
    const [handedIn, draft] = [await newProposal(EDITION.id), await newProposal(EDITION.id)];
    await saveDraft(draft, COMPLETE);
    await saveDraft(handedIn, COMPLETE);
    await submitProposal(handedIn);
    await sync();
    await sync();
    await signIn('regional');
    await sync();
    const items = await database()
      .items.filter((item) => item.kind === 'proposal')
      .toArray();
    expect(items.map((item) => item.id)).toContain(handedIn);
    expect(items.map((item) => item.id)).not.toContain(draft);
    expect(items.every((item) => item.scope === 'moderation/53')).toBe(true);
  });
});
