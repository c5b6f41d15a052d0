import type { Uuid } from '#domain/ids.ts';
import type { Registration } from '#domain/registration.ts';
import { emailKey } from '#domain/registration.ts';
import type { MutationArgs } from '#protocol/mutation.ts';
import type { Refusal } from '#protocol/push.ts';
import type { EscaleDatabase, OutboxRow } from './database.ts';
import { database } from './database.ts';
import { live } from './live.ts';

/** A registration as the person sees it: the base with what they have done since laid over it (A1). */
export interface RegistrationView extends Omit<Registration, 'reason'> {
  readonly reason?: Refusal;
  /** What the server has not answered yet, or its answer is not in the base yet. */
  readonly pending?: 'register' | 'cancel';
  /** The server has had no word of it: a door may carry it there (P5). */
  readonly unsent?: true;
  /** The mutation that was refused, to ask again or let go. */
  readonly refused?: { readonly replicaId: string; readonly seq: number };
  /** Refused as `already_registered`: the registration of the same address for the same session, where this device holds it. */
  readonly already?: Uuid;
}

/** Latest request first. */
export function registrationViews(base: readonly Registration[], outbox: readonly OutboxRow[]): RegistrationView[] {
  const views = new Map<string, RegistrationView>(base.map((one) => [one.id, one]));
  for (const row of outbox) {
    if (row.name === 'register') {
      const args = row.args as MutationArgs<'register'>;
      if (!views.has(args.registrationId)) views.set(args.registrationId, asRequested(args, row));
    } else if (row.name === 'cancel-registration' && row.state !== 'refused') {
      const { registrationId } = row.args as MutationArgs<'cancel-registration'>;
      const one = views.get(registrationId);
      if (one && one.state !== 'cancelled')
        views.set(registrationId, { ...one, state: 'cancelled', pending: 'cancel' });
    }
  }
  for (const one of views.values()) {
    const already = one.reason === 'already_registered' ? heldInstead(one, views.values()) : undefined;
    if (already) views.set(one.id, { ...one, already: already.id });
  }
  return [...views.values()].sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
}

function heldInstead(refused: RegistrationView, all: Iterable<RegistrationView>): RegistrationView | undefined {
  const key = emailKey(refused.email);
  return [...all].find(
    (one) =>
      one.subjectId === refused.subjectId &&
      emailKey(one.email) === key &&
      !one.pending &&
      (one.state === 'confirmed' || one.state === 'waitlisted' || one.state === 'requested'),
  );
}

function asRequested(args: MutationArgs<'register'>, row: OutboxRow): RegistrationView {
  const { registrationId, language: _, ...wanted } = args;
  const view = { ...wanted, id: registrationId, requestedAt: row.clientAt };
  if (row.state === 'waiting') return { ...view, state: 'requested', pending: 'register', unsent: true };
  if (row.state !== 'refused') return { ...view, state: 'requested', pending: 'register' };
  const refused = { replicaId: row.replicaId, seq: row.seq };
  return { ...view, state: 'refused', refused, ...(row.reason ? { reason: row.reason } : {}) };
}

/** Undefined until the device's store was read. */
export const registrations = live<readonly RegistrationView[] | undefined>(async () => {
  const db = database();
  const [items, outbox, holder] = await Promise.all([
    db.items.where('[scope+kind+id]').between(['person/', '', ''], ['person0', '', '']).toArray(),
    inOrder(db),
    db.replicas.get('holder'),
  ]);
  const base = items.filter((i) => i.kind === 'registration' && i.scope === `person/${holder?.holderId}`);
  return registrationViews(
    base.map((i) => i.value as Registration),
    outbox,
  );
}, undefined);

/** What waits or was refused, in the order in which it was done. */
export const outbox = live<readonly OutboxRow[]>(
  async () => (await inOrder(database())).filter((row) => row.state !== 'answered'),
  [],
);

async function inOrder(db: EscaleDatabase): Promise<OutboxRow[]> {
  return (await db.outbox.toArray()).sort((a, b) =>
    a.replica === b.replica && a.replicaId === b.replicaId ? a.seq - b.seq : a.clientAt < b.clientAt ? -1 : 1,
  );
}
