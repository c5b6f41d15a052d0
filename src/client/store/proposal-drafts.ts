import type { Uuid } from '#domain/ids.ts';
import { MAX_PROPOSAL_BYTES, weightOf } from '#domain/proposal.ts';
import { accountReplica } from './account.ts';
import type { EscaleDatabase, OutboxRow } from './database.ts';
import { durably } from './database.ts';
import { newId } from './ids.ts';
import { append } from './outbox.ts';
import { readSetting } from './settings.ts';

/** Puts the words of every draft into the outbox whose last ones have gone. */
export async function flushDrafts(db: EscaleDatabase): Promise<void> {
  const rows = await db.proposalDrafts.toArray();
  for (const { id, sent, held } of rows) if (!sent && !held) await flushDraft(db, id);
}

/**
 * Puts the words of a draft into the outbox; false when there is nothing to put, or not yet. Not while earlier ones of the same
 * proposal wait, for a long evening of writing without a network is one mutation; not while two wrote at once, until the person
 * has chosen; and not when they are more than a message can carry: then they stay here.
 * @param anyway although earlier ones wait: it is about to be handed in
 */
export async function flushDraft(db: EscaleDatabase, id: Uuid, anyway = false): Promise<boolean> {
  const account = await readSetting(db, 'account');
  if (!account) return false;
  const [mutationId, version] = [newId(), newId()];
  return durably(() =>
    db.transaction('rw', db.proposalDrafts, db.replicas, db.outbox, async () => {
      const draft = await db.proposalDrafts.get(id);
      if (!draft || draft.sent || draft.held || draft.owner !== account.id) return false;
      if (weightOf(draft.content) > MAX_PROPOSAL_BYTES) return false;
      const rows = await db.outbox.where('state').anyOf('waiting', 'refused').toArray();
      const saves = rows.filter((row) => row.name === 'save-proposal' && isAbout(row, id));
      if (saves.some((row) => row.state === 'refused') || (saves.length > 0 && !anyway)) return false;
      const { base, content, editionId, eventId, before } = draft;
      const origin = { editionId, ...(eventId ? { eventId } : {}), ...(before ? { before } : {}) };
      const args = { proposalId: id, ...(base ? { base } : { origin }), version, content };
      await append(db, accountReplica(account.id), 'save-proposal', args, mutationId);
      // From here on these are the words that the next ones are written over.
      await db.proposalDrafts.put({ ...draft, base: version, sent: true });
      return true;
    }),
  );
}

/** Whether a mutation is about a proposal. */
export function isAbout(row: OutboxRow, id: Uuid): boolean {
  return 'proposalId' in row.args && row.args.proposalId === id;
}
