import { describe, expect, test } from 'vitest';
import type { Registration } from '#domain/registration.ts';
import type { OutboxRow } from '#client/store/database.ts';
import { registrationViews } from '#client/store/registrations-view.ts';

const wanted = { eventId: 'e', subjectId: 's', firstName: 'Ana', lastName: 'Roux', email: 'ana@example.org', party: 1 };
const held: Registration = { ...wanted, id: 'held', state: 'confirmed', requestedAt: '2026-11-01T08:00:00.000Z' };

function asked(more: Partial<OutboxRow>, args: Partial<typeof wanted> = {}): OutboxRow {
  return {
    replicaId: 'r',
    seq: 1,
    replica: 'holder',
    mutationId: 'm',
    name: 'register',
    version: 1,
    args: { ...wanted, ...args, registrationId: 'again', language: 'fr' },
    clientAt: '2026-11-02T08:00:00.000Z',
    state: 'refused',
    reason: 'already_registered',
    ...more,
  };
}

describe('a registration that was refused as a second one', () => {
  const already = (base: readonly Registration[], ...outbox: OutboxRow[]): string | undefined =>
    registrationViews(base, outbox).find((one) => one.id === 'again')?.already;

  test('leads to the first where this device holds it, however the address was typed', () => {
    expect(already([held], asked({}))).toBe('held');
    expect(already([{ ...held, state: 'waitlisted' }], asked({}, { email: ' Ana@Example.org' }))).toBe('held');
  });

  test('leads nowhere where the first is on another device, for another session, given back, or not yet sent', () => {
    expect(already([], asked({}))).toBeUndefined();
    expect(already([{ ...held, subjectId: 'other' }], asked({}))).toBeUndefined();
    expect(already([{ ...held, email: 'luc@example.org' }], asked({}))).toBeUndefined();
    expect(already([{ ...held, state: 'cancelled' }], asked({}))).toBeUndefined();
    const { reason: _, ...waiting } = asked({ seq: 2, state: 'waiting' });
    const other = { ...waiting, args: { ...waiting.args, registrationId: 'third' } } as OutboxRow;
    expect(already([], asked({}), other)).toBeUndefined();
  });

  test('is not looked for when it was refused for another reason', () => {
    expect(already([held], asked({ reason: 'full' }))).toBeUndefined();
  });
});
