import type { Edition, ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { personScope, programmeScope, rosterScope } from '#protocol/scope.ts';
import type { Committed } from './committed.ts';
import type { Model } from './model.ts';
import type { View } from './views.ts';
import { viewOf } from './views.ts';

interface Item {
  readonly kind: string;
  readonly id: string;
  readonly value: unknown;
}

/** What a scope must show by the tables alone, written down a second time; undefined for a kind of scope that is not known. */
export function expectedView(scope: string, state: Committed, model: Model): View | undefined {
  const [kind] = scope.split('/');
  if (kind === 'person') return viewOf(personItems(scope, state, model));
  if (kind === 'roster') return viewOf(rosterItems(scope, state));
  if (kind === 'programme') return viewOf(programmeItems(scope, state));
  return undefined;
}

/** Of the directory its editions. */
export function expectedEditions(state: Committed): View {
  return viewOf(state.editions.map((row) => ({ kind: 'edition', id: row.id, value: JSON.parse(row.data) as Edition })));
}

/** Undefined values are left out as JSON does. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

function personItems(scope: string, state: Committed, model: Model): Item[] {
  return state.registrations
    .filter((row) => personScope(row.holder_id) === scope)
    .map((row) => ({
      kind: 'registration',
      id: row.id,
      value: plain({
        id: row.id,
        eventId: row.event_id,
        subjectId: row.subject_id,
        firstName: row.first_name,
        lastName: row.last_name,
        email: row.email,
        party: row.party,
        needs: row.needs ?? undefined,
        state: row.state,
        position: row.state === 'waitlisted' ? model.position(row.id, row.subject_id) : undefined,
        reason: row.reason ?? undefined,
        ticketId: row.ticket_id ?? undefined,
        ticket: row.ticket ?? undefined,
        requestedAt: new Date(row.requested_at).toISOString(),
      }),
    }));
}

function rosterItems(scope: string, state: Committed): Item[] {
  const items: Item[] = [];
  for (const row of state.registrations) {
    if (rosterScope(row.event_id) !== scope) continue;
    const { id, subject_id, first_name, last_name, party, state: at, ticket_id, needs } = row;
    const value = plain({
      registrationId: id,
      subjectId: subject_id,
      firstName: first_name,
      lastName: last_name,
      party,
      state: at,
      ticketId: ticket_id ?? undefined,
      needs: needs ?? undefined,
    });
    items.push({ kind: 'entry', id, value });
  }
  for (const row of state.checkIns) {
    if (rosterScope(row.event_id) !== scope) continue;
    const value = plain({
      id: row.id,
      eventId: row.event_id,
      ticketId: row.ticket_id,
      registrationId: row.registration_id ?? undefined,
      count: row.count,
      at: row.at,
      deviceId: row.device_id,
      door: row.door,
      undoneAt: row.undone_at ?? undefined,
    });
    items.push({ kind: 'check-in', id: row.id, value });
  }
  return items;
}

/** Of a roster what changes at the door: the event of one that was withdrawn stays as it was. */
export function withoutEvent(view: View): View {
  return new Map([...view].filter(([key]) => !key.startsWith('event ')));
}

function programmeItems(scope: string, state: Committed): Item[] {
  return state.events
    .filter((row) => row.withdrawn_at === null && programmeScope(row.edition_id, row.region) === scope)
    .map((row) => {
      const event = JSON.parse(row.data) as ProgrammeEvent;
      const policy = (own: RegistrationPolicy, id: string): RegistrationPolicy => {
        const subject = state.subjects.find((one) => one.id === id);
        if (!subject || (own.mode !== 'open' && own.mode !== 'approval')) return own;
        const free = (own.capacity ?? Number.POSITIVE_INFINITY) - subject.confirmed;
        const few = Math.max(5, Math.floor((own.capacity ?? 0) / 10));
        const full = own.capacity !== undefined && (free <= 0 || subject.waiting > 0);
        return { ...own, places: full ? 'full' : own.capacity !== undefined && free <= few ? 'few' : 'open' };
      };
      const value = {
        ...event,
        registration: policy(event.registration, event.id),
        sessions: event.sessions.map((s) =>
          s.registration ? { ...s, registration: policy(s.registration, s.id) } : s,
        ),
      };
      return { kind: 'event', id: row.id, value };
    });
}
