import type { Migration } from 'kysely/migration';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { door } from './migration-door.ts';
import { figures } from './migration-figures.ts';
import { pictures } from './migration-pictures.ts';
import { following } from './migration-follow.ts';
import { leaving, newsletter } from './migration-newsletter.ts';
import { signIn } from './migration-sign-in.ts';

export type Engine = 'sqlite' | 'postgres';

/**
 * Forward only: a released migration is never edited. Keys order them.
 * On PostgreSQL text compares byte by byte, as in SQLite, so that both give one order.
 */
export function migrationsFor(engine: Engine): Record<string, Migration> {
  const text = engine === 'postgres' ? 'text collate "C"' : 'text';
  const bytes = engine === 'postgres' ? 'bytea' : 'blob';
  const statements = (list: readonly string[]): Migration => ({
    up: async (db: Kysely<unknown>) => {
      for (const statement of list) await sql.raw(statement).execute(db);
    },
  });
  return {
    '0001_ground': statements(ground(text, bytes)),
    '0002_revocation': statements(revocation()),
    '0003_content': statements(content(text)),
    '0004_letters': statements(letters(text)),
    '0004_door': statements(door(text)),
    '0005_origins': statements(origins(text)),
    '0006_tour_ratings': statements(tourRatings(text)),
    '0007_desk': statements(desk()),
    '0008_brotli': statements([`alter table snapshot_page add column brotli ${bytes}`]),
    '0009_asked': statements(asked()),
    '0010_proposals': statements(proposals(text)),
    '0010_answers': statements([
      `alter table registration add column answers ${text}`,
      `alter table registration add column told ${text}`,
    ]),
    '0010_newsletter': statements(newsletter(text)),
    '0011_questions': statements(questions(text)),
    '0012_pictures': statements(pictures(text, bytes)),
    '0013_keeping': statements(keeping(text)),
    '0014_team': statements(team(text, engine)),
    '0011_following': statements(following(text)),
    '0015_leaving': statements(leaving(text)),
    '0016_figures': statements(figures(text, engine)),
    '0017_sign_in': statements(signIn(text, bytes)),
    '0018_journal': statements([`create index deed_at on deed (at, id)`]),
  };
}

/** The desk reads what the doors did from the latest on, page by page. */
function desk(): string[] {
  return [
    `create index check_in_heard on check_in (event_id, received_at, id)`,
    `drop index check_in_event`,
    `create index scan_heard on scan (event_id, received_at, id)`,
    `drop index scan_event`,
  ];
}

/** The desk lists registrations in the order in which they were asked for, a page of thousands at once. */
function asked(): string[] {
  return [
    `create index registration_asked on registration (event_id, requested_at, id)`,
    `drop index registration_event`,
  ];
}

/** Tickets of revoked keys, and for how long an edition keeps what it knows of persons. */
function keeping(text: string): string[] {
  return [
    `create table revoked_ticket (
      ticket_id ${text} primary key, event_id ${text} not null references event (id),
      registration_id ${text} not null references registration (id), at bigint not null)`,
    `create index revoked_ticket_event on revoked_ticket (event_id)`,
    `alter table edition add column keep_days bigint`,
  ];
}

/** Several regions, bodies, invitations, and sessions that one can tell apart. Who is signed in stays so. */
function team(text: string, engine: Engine): string[] {
  const random = engine === 'postgres' ? `gen_random_uuid()::text` : `lower(hex(randomblob(16)))`;
  return [
    `alter table account add column regions ${text} not null default '[]'`,
    `alter table account add column bodies ${text} not null default '[]'`,
    `update account set regions = '["' || region || '"]' where region is not null`,
    `alter table account drop column region`,
    `create table account_body (
      account_id ${text} not null references account (id), body_key ${text} not null, primary key (account_id, body_key))`,
    `create index account_body_key on account_body (body_key)`,
    `create table invitation (
      id ${text} primary key, email ${text} not null, email_key ${text} not null unique, role ${text} not null,
      regions ${text} not null, bodies ${text} not null, language ${text} not null,
      invited_by ${text} not null references account (id), created_at bigint not null, expires_at bigint not null)`,
    `create table deed (
      id ${text} primary key, at bigint not null, account_id ${text} not null, kind ${text} not null,
      event_id ${text} references event (id), about ${text}, count bigint)`,
    `create index deed_event on deed (event_id, at, id)`,
    `alter table session add column id ${text} not null default ''`,
    `update session set id = ${random}`,
    `create unique index session_id on session (id)`,
    `alter table session add column device ${text}`,
    `alter table session add column last_seen_at bigint not null default 0`,
    `update session set last_seen_at = created_at`,
  ];
}

/** When a phone's access was withdrawn: what it recorded before is still taken. Of those that are revoked already it is not known. */
function revocation(): string[] {
  return [
    `alter table device add column revoked_at bigint`,
    `update device set revoked_at = coalesce(last_seen_at, created_at) where state = 'revoked'`,
  ];
}

/** Where imported events came from, and what was said of them then. */
function origins(text: string): string[] {
  return [
    `create table origin (
      edition_id ${text} not null references edition (id), family ${text} not null, external_id ${text} not null,
      event_id ${text} not null references event (id), marks ${text} not null, read_at bigint not null,
      primary key (edition_id, family, external_id))`,
    `create index origin_event on origin (event_id)`,
  ];
}

/** What people thought of a walk: one for each person and event, without a name. */
function tourRatings(text: string): string[] {
  return [
    `create table tour_rating (
      event_id ${text} not null references event (id), holder_id ${text} not null, rating bigint not null, remark ${text},
      seen bigint, at bigint not null, primary key (event_id, holder_id))`,
    `create index tour_rating_holder on tour_rating (holder_id)`,
  ];
}

/** What is proposed, with everything that was said and decided of it, and the mail about it that is still to be sent. */
function proposals(text: string): string[] {
  return [
    `create table proposal (
      id ${text} primary key, edition_id ${text} not null references edition (id), event_id ${text} references event (id),
      author_id ${text} not null references account (id), region ${text}, state ${text} not null, data ${text} not null,
      updated_at bigint not null)`,
    `create index proposal_author on proposal (author_id)`,
    `create index proposal_edition on proposal (edition_id, state)`,
    `create table proposal_letter (
      id ${text} primary key, kind ${text} not null, proposal_id ${text} not null references proposal (id),
      account_id ${text} not null references account (id), data ${text} not null, created_at bigint not null,
      due_at bigint not null, tries bigint not null)`,
    `create index proposal_letter_due on proposal_letter (due_at)`,
  ];
}

/** What people answered to an organiser's question, and whose answers they support. */
function questions(text: string): string[] {
  return [
    `create table question_answer (
      id ${text} primary key, event_id ${text} not null references event (id), holder_id ${text} not null, opening ${text},
      text ${text} not null, name ${text}, at bigint not null, hidden ${text}, hidden_by ${text})`,
    `create index question_answer_event on question_answer (event_id, at)`,
    `create index question_answer_holder on question_answer (holder_id, event_id)`,
    `create table answer_support (
      answer_id ${text} not null references question_answer (id), holder_id ${text} not null, event_id ${text} not null,
      at bigint not null, primary key (answer_id, holder_id))`,
    `create index answer_support_holder on answer_support (holder_id, event_id)`,
  ];
}

function ground(text: string, bytes: string): string[] {
  return [
    `create table meta (key ${text} primary key, value ${text} not null)`,
    `create table edition (id ${text} primary key, data ${text} not null, current bigint not null)`,
    `create table event (
      id ${text} primary key, edition_id ${text} not null references edition (id), slug ${text} not null unique,
      wanted_slug ${text} not null, region ${text} not null, department ${text}, data ${text} not null,
      content_hash ${text} not null, source ${text}, published_at ${text} not null, withdrawn_at bigint)`,
    `create index event_edition on event (edition_id, region)`,
    `create table subject (
      id ${text} primary key, event_id ${text} not null references event (id), capacity bigint,
      confirmed bigint not null default 0, waiting bigint not null default 0, waiting_parties bigint not null default 0,
      waiting_drawn bigint not null default 0, places ${text} not null default 'open', offered bigint not null default 1)`,
    `create index subject_event on subject (event_id)`,
    `create table registration (
      id ${text} primary key, event_id ${text} not null references event (id), subject_id ${text} not null references subject (id),
      holder_id ${text} not null, first_name ${text} not null, last_name ${text} not null, email ${text} not null,
      email_key ${text} not null, party bigint not null check (party > 0), needs ${text}, language ${text} not null,
      state ${text} not null, reason ${text}, ticket_id ${text} unique, ticket ${text}, requested_at bigint not null,
      waiting_order bigint)`,
    `create unique index registration_active on registration (subject_id, email_key)
      where state in ('requested', 'confirmed', 'waitlisted')`,
    `create index registration_waiting on registration (subject_id, waiting_order) where state = 'waitlisted'`,
    `create index registration_event on registration (event_id)`,
    `create index registration_holder on registration (holder_id)`,
    `create table check_in (
      id ${text} primary key, event_id ${text} not null references event (id), ticket_id ${text} not null,
      registration_id ${text} references registration (id), count bigint not null, at ${text} not null,
      received_at bigint not null, device_id ${text} not null, door ${text} not null, undone_at ${text}, undone_by ${text})`,
    `create index check_in_event on check_in (event_id)`,
    `create index check_in_registration on check_in (registration_id)`,
    `create table replica (
      id ${text} primary key, kind ${text} not null, owner ${text} not null, last_seq bigint not null,
      created_at bigint not null)`,
    `create table mutation_result (
      replica_id ${text} not null references replica (id), seq bigint not null, mutation_id ${text} not null,
      repeated bigint not null, name ${text} not null, outcome ${text} not null, reason ${text},
      at bigint not null, primary key (replica_id, seq))`,
    `create unique index mutation_once on mutation_result (mutation_id) where repeated = 0`,
    `create table scope_head (
      scope ${text} primary key, epoch ${text} not null, head bigint not null, floor bigint not null default 0,
      compacted bigint not null default 0)`,
    `create table change (
      scope ${text} not null, cursor bigint not null, kind ${text} not null, item_id ${text} not null, value ${text},
      primary key (scope, cursor))`,
    `create index change_item on change (scope, kind, item_id, cursor)`,
    `create table snapshot (
      scope ${text} primary key, epoch ${text} not null, cursor bigint not null, pages ${text} not null,
      made_at bigint not null)`,
    `create table snapshot_page (
      scope ${text} not null, hash ${text} not null, body ${bytes} not null, named_at bigint not null,
      primary key (scope, hash))`,
    `create table account (
      id ${text} primary key, email ${text} not null, email_key ${text} not null unique, role ${text} not null,
      region ${text}, demo bigint not null default 0, language ${text} not null default 'fr', created_at bigint not null)`,
    `create table event_organiser (
      event_id ${text} not null references event (id), account_id ${text} not null references account (id),
      primary key (event_id, account_id))`,
    `create index event_organiser_account on event_organiser (account_id)`,
    `create table sign_in_code (
      email_key ${text} not null, code_hash ${text} not null, created_at bigint not null, expires_at bigint not null,
      attempts bigint not null default 0, primary key (email_key, code_hash))`,
    `create table session (
      token_hash ${text} primary key, account_id ${text} not null references account (id), created_at bigint not null,
      expires_at bigint not null)`,
    `create table device (
      id ${text} primary key, event_id ${text} not null references event (id), secret_hash ${text} not null,
      name ${text} not null, door ${text} not null, state ${text} not null, created_at bigint not null,
      last_seen_at bigint, expires_at bigint not null)`,
    `create index device_event on device (event_id)`,
    `create table enrolment (
      code_hash ${text} primary key, event_id ${text} not null references event (id), door ${text}, created_by ${text},
      created_at bigint not null, expires_at bigint not null, used_by ${text}, used_at bigint)`,
    `create index enrolment_event on enrolment (event_id)`,
  ];
}

function content(text: string): string[] {
  return [
    `create table content (
      kind ${text} not null, id ${text} not null, slug ${text} not null, data ${text} not null, updated_at bigint not null,
      primary key (kind, id))`,
    `create unique index content_slug on content (kind, slug)`,
  ];
}

function letters(text: string): string[] {
  return [
    `create table letter (
      id ${text} primary key, kind ${text} not null, pending_change ${text} unique,
      registration_id ${text} not null references registration (id), event_id ${text} not null references event (id),
      data ${text} not null, created_at bigint not null, due_at bigint not null, tries bigint not null)`,
    `create index letter_due on letter (due_at)`,
    `create table message (
      id ${text} primary key, event_id ${text} not null references event (id), account_id ${text} not null references account (id),
      subject ${text} not null, text ${text} not null, audience ${text} not null, at bigint not null)`,
    `create index message_event on message (event_id)`,
    `create index registration_email on registration (email_key)`,
  ];
}
