import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { readCode } from '#domain/ticket.ts';
import { verifyTicket } from '#client/platform/signatures.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { enqueue, settle, takeResults } from '#client/store/outbox.ts';
import { registrationViews } from '#client/store/registrations-view.ts';
import { ensureHolder, HOLDER } from '#client/store/replicas.ts';
import { requestCode } from '#client/store/request-code.ts';

const args = {
  registrationId: randomUUID(),
  eventId: randomUUID(),
  subjectId: randomUUID(),
  firstName: 'Hélène',
  lastName: 'Öztürk',
  email: 'helene@example.org',
  party: 3,
  needs: 'Boucle magnétique',
  language: 'fr' as const,
};

test('P5 a registration that has not left carries itself whole, and no longer once it has its answer', async () => {
  const db = new EscaleDatabase('escale-request-code');
  const holder = await ensureHolder(db);
  const row = await enqueue(db, HOLDER, 'register', args);
  const text = await requestCode(db, args.registrationId);
  const code = readCode(text ?? '');
  if (code.kind !== 'request') throw new Error(code.kind);
  const { registrationId, ...wanted } = args;
  expect(code.request).toEqual({
    ...wanted,
    registrationId,
    mutationId: row.mutationId,
    holderId: holder.holderId,
    askedAt: Math.floor(Date.parse(row.clientAt) / 1000),
  });
  expect(await verifyTicket(code.body, code.signature, code.publicKey)).toBe(true);
  expect(await requestCode(db, args.registrationId)).toBe(text);
  expect(await requestCode(db, randomUUID())).toBeUndefined();

  const [view] = registrationViews([], await db.outbox.toArray());
  expect(view).toMatchObject({ pending: 'register', unsent: true });
  const answer = { seq: row.seq, mutationId: row.mutationId, reached: {} };
  await takeResults(db, row.replicaId, [{ ...answer, outcome: 'refused', reason: 'full' }]);
  expect(await requestCode(db, args.registrationId)).toBeUndefined();
  expect(registrationViews([], await db.outbox.toArray())[0]).toMatchObject({ state: 'refused' });
});

test('P5 a request that was refused and then granted to the door that brought it shows as granted, and no refusal is left', async () => {
  const db = new EscaleDatabase('escale-request-granted');
  const holder = await ensureHolder(db);
  const row = await enqueue(db, HOLDER, 'register', args);
  const refused = {
    seq: row.seq,
    mutationId: row.mutationId,
    reached: {},
    outcome: 'refused',
    reason: 'full',
  } as const;
  await takeResults(db, row.replicaId, [refused]);
  const { language: _, registrationId: id, ...asked } = args;
  const registration = { ...asked, id, requestedAt: row.clientAt };
  const put = async (state: string): Promise<void> => {
    const item = { scope: `person/${holder.holderId}`, kind: 'registration' as const, id };
    await db.items.put({ ...item, value: { ...registration, state } });
    await db.transaction('rw', db.outbox, db.scopes, db.items, db.replicas, () => settle(db));
  };
  await put('refused');
  expect(await db.outbox.count()).toBe(1);
  await put('confirmed');
  expect(await db.outbox.count()).toBe(0);
});
