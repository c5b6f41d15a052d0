import { newId } from '#client/store/ids.ts';
import type { Edition, ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import type { Prng } from './prng.ts';

let lives = 0;

/** The server remembers events by their content, across lives too: every life has others, of the same length. */
export function newProgramme(): void {
  lives += 1;
}

/** Two weeks before the events. */
export const START = Date.parse('2026-11-02T08:00:00Z');
export const REGIONS = ['53', '11', 'FR'] as const;

export const anEdition = (id: string, current: boolean): Edition => ({
  id,
  title: { fr: `Édition ${id}` },
  year: 2026,
  themes: [],
  kind: 'current',
  current,
});

/** Few seats, so that they run out. */
function policy(random: Prng): RegistrationPolicy {
  const mode = random.weighted({ open: 8, approval: 1 });
  if (random.chance(0.15)) return { mode, maxParty: 3 };
  return { mode, capacity: random.int(1, 5), waitingList: random.chance(0.7), maxParty: random.int(1, 3) };
}

export function anEvent(random: Prng, number: number, editionId: string): ProgrammeEvent {
  const end = String(number).padStart(12, '0');
  const id = `00000000-0000-8000-8000-${end}`;
  const withSessions = random.chance(0.25);
  // Some are over within the hours that most lives last.
  const date = random.chance(0.2) ? '2026-11-02' : '2026-11-17';
  const slot = { date, start: '10:00', end: '12:00', zone: 'Europe/Paris' };
  return {
    id,
    editionId,
    slug: random.chance(0.2) ? 'atelier' : `atelier-${number}`,
    region: random.pick(REGIONS),
    title: { fr: `Atelier ${number} (${String(lives).padStart(8, '0')})` },
    format: 'workshop',
    themes: [],
    audiences: ['agents'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Préfecture de région' }],
    venues: [],
    sessions: [1, 2].map((n) => ({
      id: `00000000-0000-8000-800${n}-${end}`,
      slot,
      ...(withSessions ? { registration: policy(random) } : {}),
    })),
    accessibility: [],
    registration: withSessions ? { mode: 'none' } : policy(random),
    publishedAt: '2026-10-01T08:00:00.000Z',
    updatedAt: '2026-10-01T08:00:00.000Z',
  };
}

/** What somebody proposes; now and then without its title, which cannot be handed in. */
export function aContent(random: Prng): ProposalContent {
  return {
    region: random.pick(REGIONS),
    ...(random.chance(0.9)
      ? { title: { fr: `Proposition ${random.int(100, 999)} (${String(lives).padStart(8, '0')})` } }
      : {}),
    summary: { fr: 'Un atelier pour commencer.' },
    format: 'workshop',
    audiences: ['agents'],
    attendanceMode: 'on_site',
    organisers: [{ name: 'Ville de Rennes' }],
    venues: [{ id: newId(), name: 'Hôtel de ville', city: 'Rennes' }],
    sessions: [{ id: newId(), slot: { date: '2026-11-18', start: '14:00', end: '16:00', zone: 'Europe/Paris' } }],
    registration: { mode: 'open', capacity: random.int(1, 5) },
    privateContact: { email: 'anne@rennes.example' },
  };
}

/** Other words of an edit, or its first ones: what organisers do to events, now and then without what is asked for. */
export function anEdit(random: Prng, content: ProposalContent): ProposalContent {
  const whole = { title: { fr: 'Édité' }, ...content } as ProgrammeEvent & ProposalContent;
  const { title, ...rest } = changed(random, whole) as typeof whole;
  return random.chance(0.95) ? { ...rest, title } : rest;
}

/** What an organiser might do to an event. */
export function changed(random: Prng, event: ProgrammeEvent): ProgrammeEvent {
  const what = random.weighted({ title: 2, capacity: 5, region: 1, cancel: 1, session: 1 });
  const seats = (own: RegistrationPolicy): RegistrationPolicy =>
    own.mode === 'none' ? own : { ...own, capacity: random.int(1, 8), waitingList: random.chance(0.7) };
  switch (what) {
    case 'title':
      return { ...event, title: { fr: `${event.title['fr']} bis` } };
    case 'region':
      return { ...event, region: random.pick(REGIONS) };
    case 'cancel':
      return { ...event, status: event.status === 'cancelled' ? 'scheduled' : 'cancelled' };
    case 'session':
      return {
        ...event,
        sessions: event.sessions.map((s, i) =>
          i > 0 ? s : { ...s, status: s.status === 'cancelled' ? 'scheduled' : 'cancelled' },
        ),
      };
    default:
      return {
        ...event,
        registration: seats(event.registration),
        sessions: event.sessions.map((s) => (s.registration ? { ...s, registration: seats(s.registration) } : s)),
      };
  }
}
