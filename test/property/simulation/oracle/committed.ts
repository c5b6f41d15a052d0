import type { Selectable } from 'kysely';
import type { Schema } from '#server/db/schema.ts';

type Row<T extends keyof Schema> = Selectable<Schema[T]>;

/** Everything that is committed and that a rule is about, as the oracle reads it with statements of its own. */
export interface Committed {
  readonly heads: readonly Pick<Row<'scope_head'>, 'scope' | 'epoch' | 'head' | 'floor' | 'compacted'>[];
  /** Those that came since the last look, at least. */
  readonly changes: readonly Row<'change'>[];
  readonly results: readonly Row<'mutation_result'>[];
  readonly replicas: readonly Row<'replica'>[];
  readonly editions: readonly Row<'edition'>[];
  readonly events: readonly Pick<Row<'event'>, 'id' | 'edition_id' | 'region' | 'data' | 'withdrawn_at'>[];
  readonly subjects: readonly Row<'subject'>[];
  readonly registrations: readonly Row<'registration'>[];
  readonly checkIns: readonly Row<'check_in'>[];
  readonly devices: readonly Row<'device'>[];
  readonly allotments: readonly Row<'allotment'>[];
  readonly rules: readonly Row<'door_rules'>[];
  readonly couriered: readonly Pick<Row<'couriered'>, 'mutation_id' | 'outcome' | 'reason'>[];
  readonly notes: readonly Row<'door_note'>[];
  readonly accounts: readonly Pick<Row<'account'>, 'id' | 'role' | 'regions'>[];
  readonly proposals: readonly Pick<Row<'proposal'>, 'id' | 'author_id' | 'region' | 'state' | 'data'>[];
  readonly scans: readonly Pick<Row<'scan'>, 'id' | 'device_id'>[];
  /** The server's clock, which stands still while it writes: nobody need guess when it was read. */
  readonly clock: number;
}

/**
 * What a transaction did, in order, as far as the order matters: results of mutations, a desk's change of the programme or of the
 * rules of doors, seats taken for a door, and seats given back.
 */
export type Order =
  | {
      readonly kind: 'results';
      readonly replicaId: string;
      readonly seqs: readonly number[];
      /** How many transactions had been committed when this one began, where others run beside it. */
      readonly since?: number;
    }
  | { readonly kind: 'desk' }
  | { readonly kind: 'rules'; readonly eventId: string; readonly data: string }
  | { readonly kind: 'take' | 'end'; readonly allotmentId: string };

/** The statements by which the oracle reads it. */
export const looks: Readonly<Record<Exclude<keyof Committed, 'clock'>, string>> = {
  heads: 'select scope, epoch, head, floor, compacted from scope_head',
  changes: 'select scope, cursor, kind, item_id, value from change order by scope, cursor',
  results: 'select replica_id, seq, mutation_id, repeated, name, outcome, reason, at from mutation_result',
  replicas: 'select id, kind, owner, last_seq, created_at from replica',
  editions: 'select id, data, current from edition',
  events: 'select id, edition_id, region, data, withdrawn_at from event',
  subjects: `select id, event_id, capacity, confirmed, waiting, waiting_parties, waiting_drawn, held, held_until, places,
    offered from subject`,
  registrations: `select id, event_id, subject_id, holder_id, first_name, last_name, email, email_key, party, needs,
    language, state, reason, ticket_id, ticket, requested_at, waiting_order from registration`,
  checkIns: `select id, event_id, ticket_id, registration_id, count, at, received_at, device_id, door, undone_at,
    undone_by, undone_for, list_id, exit, answers, walk_in_subject, walk_in_name, seats, allotted, allotment_id, settled_as,
    settled_by, settled_at from check_in`,
  devices: `select id, event_id, secret_hash, name, door, state, created_at, last_seen_at, expires_at,
    revoked_at, profile, list_id, waiting from device`,
  allotments: 'select id, event_id, subject_id, device_id, seats, used, taken_at, expires_at, ended_at from allotment',
  rules: 'select event_id, data, hidden_names from door_rules',
  couriered: 'select mutation_id, outcome, reason from couriered',
  notes: 'select id, event_id, ticket_id, text, at, device_id, door from door_note',
  accounts: 'select id, role, regions from account',
  proposals: 'select id, author_id, region, state, data from proposal',
  scans: 'select id, device_id from scan',
};

/** Notes what a statement does to the order, if anything. */
export function orderOf(sql: string, parameters: readonly unknown[]): Order | undefined {
  if (/^(insert into|update) "event"/.test(sql)) return { kind: 'desk' };
  if (sql.startsWith('update "allotment" set "ended_at"')) return { kind: 'end', allotmentId: parameters[1] as string };
  const table = /^insert into "(mutation_result|allotment|door_rules)"/.exec(sql)?.[1];
  if (!table) return undefined;
  const columns = /\(([^)]*)\)/
    .exec(sql)![1]!
    .split(', ')
    .map((name) => name.slice(1, -1));
  const value = (name: string): string => parameters[columns.indexOf(name)] as string;
  if (table === 'allotment') return { kind: 'take', allotmentId: value('id') };
  if (table === 'door_rules') return { kind: 'rules', eventId: value('event_id'), data: value('data') };
  const at = columns.indexOf('seq');
  const seqs: number[] = [];
  for (let i = at; i < parameters.length; i += columns.length) seqs.push(parameters[i] as number);
  return { kind: 'results', replicaId: value('replica_id'), seqs };
}
