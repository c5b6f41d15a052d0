import type { DoorRules } from '#domain/door-rules.ts';
import type { Edition, ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { Proposal } from '#domain/proposal.ts';
import { deskScope, moderationScope, personScope, programmeScope, rosterScope } from '#protocol/scope.ts';
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
  if (kind === 'desk' || kind === 'moderation') return viewOf(proposalItems(scope, state));
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
        position: row.state === 'waitlisted' ? model.seats.position(row.id, row.subject_id) : undefined,
        reason: row.reason ?? undefined,
        ticketId: row.ticket_id ?? undefined,
        ticket: row.ticket ?? undefined,
        requestedAt: new Date(row.requested_at).toISOString(),
      }),
    }));
}

function rosterItems(scope: string, state: Committed): Item[] {
  const items: Item[] = [];
  const add = (kind: string, id: string, value: object): unknown => items.push({ kind, id, value: plain(value) });
  const mine = <R extends { event_id: string }>(rows: readonly R[]): R[] =>
    rows.filter((row) => rosterScope(row.event_id) === scope);
  const rules = mine(state.rules)[0];
  const names = rules === undefined || !(JSON.parse(rules.data) as DoorRules).hiddenNames;
  if (rules) add('door-rules', rules.event_id, JSON.parse(rules.data) as DoorRules);
  for (const row of mine(state.registrations)) {
    add('entry', row.id, {
      registrationId: row.id,
      subjectId: row.subject_id,
      firstName: names ? row.first_name : '',
      lastName: names ? row.last_name : '',
      party: row.party,
      state: row.state,
      ticketId: row.ticket_id ?? undefined,
      needs: row.needs ?? undefined,
    });
  }
  for (const row of mine(state.checkIns)) {
    const walkIn = { subjectId: row.walk_in_subject, name: names ? (row.walk_in_name ?? undefined) : undefined };
    add('check-in', row.id, {
      id: row.id,
      eventId: row.event_id,
      ticketId: row.ticket_id,
      registrationId: row.registration_id ?? undefined,
      count: row.count,
      at: row.at,
      deviceId: row.device_id,
      door: row.door,
      listId: row.list_id ?? undefined,
      exit: row.exit === 1 || undefined,
      walkIn: row.walk_in_subject === null ? undefined : walkIn,
      answers: row.answers === null ? undefined : (JSON.parse(row.answers) as unknown),
      undoneAt: row.undone_at ?? undefined,
      undoneFor: row.undone_for ?? undefined,
      settled: row.settled_as === null ? undefined : { as: row.settled_as, by: row.settled_by, at: row.settled_at },
    });
  }
  for (const row of mine(state.allotments)) {
    add('allotment', row.id, {
      id: row.id,
      eventId: row.event_id,
      subjectId: row.subject_id,
      deviceId: row.device_id,
      seats: row.seats,
      used: row.used,
      expiresAt: new Date(row.expires_at).toISOString(),
      ended: row.ended_at !== null || undefined,
    });
  }
  for (const row of mine(state.notes)) {
    const { id, event_id: eventId, ticket_id: ticketId, text, at, door } = row;
    add('note', id, { id, eventId, ticketId, text, at, door });
  }
  return items;
}

/** Authors read what moderators are, not who; those who moderate read it all, once it was handed in. */
function proposalItems(scope: string, state: Committed): Item[] {
  const items: Item[] = [];
  for (const row of state.proposals) {
    const value = JSON.parse(row.data) as Proposal;
    if (row.region !== null && moderationScope(row.region) === scope)
      items.push({ kind: 'proposal', id: row.id, value });
    if (deskScope(row.author_id) !== scope) continue;
    const masked = JSON.stringify(value, (_, inner: unknown) => {
      const by = inner as { accountId?: string; name?: string } | null;
      return by?.name !== undefined && by.accountId !== undefined && by.accountId !== row.author_id
        ? { ...by, name: undefined }
        : inner;
    });
    items.push({ kind: 'proposal', id: row.id, value: JSON.parse(masked) as unknown });
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
        const free = (own.capacity ?? Number.POSITIVE_INFINITY) - subject.confirmed - subject.held;
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
