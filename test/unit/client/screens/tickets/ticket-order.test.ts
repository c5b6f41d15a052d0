import { expect, test } from 'vitest';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import { sortTickets } from '#client/screens/tickets/ticket-order.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const days: Record<string, string> = { late: '2026-12-01', soon: '2026-11-21', old: '2026-11-02', older: '2026-11-01' };

function eventOf(id: string): ProgrammeEvent | undefined {
  const date = days[id];
  return date
    ? ({ sessions: [{ id: 's', slot: { date, zone: 'Europe/Paris' } }] } as unknown as ProgrammeEvent)
    : undefined;
}
const ticket = (eventId: string, part: Partial<RegistrationView> = {}): RegistrationView => ({
  id: `${eventId} ${part.state ?? ''}`,
  eventId,
  subjectId: eventId,
  firstName: '',
  lastName: '',
  email: '',
  party: 1,
  state: 'confirmed',
  requestedAt: '2026-11-01T00:00:00Z',
  ...part,
});

test('what comes next first, what cannot be used any more after it, latest first', () => {
  const { upcoming, past } = sortTickets(
    [
      ticket('older'),
      ticket('late'),
      ticket('gone'),
      ticket('old'),
      ticket('soon'),
      ticket('soon', { state: 'cancelled' }),
      ticket('old', { state: 'cancelled', pending: 'cancel' }),
    ],
    eventOf,
    NOW,
  );
  expect(upcoming.map((one) => one.id)).toEqual(['old cancelled', 'soon ', 'late ', 'gone ']);
  expect(past.map((one) => one.id)).toEqual(['soon cancelled', 'old ', 'older ']);
});
