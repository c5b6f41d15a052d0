import type { ProgrammeEvent } from '#domain/programme.ts';

/** A UUID that says its number. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** An event that says as little as an event can, for tests to say more. */
export function anEvent(more: Partial<ProgrammeEvent> = {}): ProgrammeEvent {
  return {
    id: id(1),
    editionId: 'essai-2026',
    slug: 'un-evenement',
    region: '76',
    title: { fr: 'Un événement' },
    format: 'workshop',
    themes: [],
    audiences: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [],
    venues: [],
    sessions: [],
    accessibility: [],
    registration: { mode: 'open' },
    publishedAt: '2026-11-01T08:00:00.000Z',
    updatedAt: '2026-11-01T08:00:00.000Z',
    ...more,
  };
}
