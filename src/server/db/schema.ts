import type { Generated } from 'kysely';
import type { DeviceProfile } from '#domain/door-rules.ts';
import type { EventFormat, EventStatus } from '#domain/programme.ts';
import type { ReplicaKind } from '#protocol/mutation.ts';
import type { PictureTable } from './schema-pictures.ts';
import type {
  AccountBodyTable,
  AccountTable,
  DeedTable,
  EventOrganiserTable,
  InvitationTable,
  SessionTable,
  SignInCodeTable,
  SignInTables,
} from './schema-accounts.ts';
import type { ProposalLetterTable, ProposalTable } from './schema-proposals.ts';
import type { FollowTables } from './schema-follow.ts';
import type { NewsletterTables } from './schema-newsletter.ts';
import type { VoiceTables } from './schema-voices.ts';

/**
 * The tables, one schema for both engines. Moments are milliseconds since 1970 where the server made them and ISO 8601 text
 * where they travel; flags are 0 and 1; JSON is text.
 */
export interface Schema extends FollowTables, NewsletterTables, SignInTables, VoiceTables {
  meta: MetaTable;
  edition: EditionTable;
  event: EventTable;
  subject: SubjectTable;
  registration: RegistrationTable;
  check_in: CheckInTable;
  replica: ReplicaTable;
  mutation_result: MutationResultTable;
  scope_head: ScopeHeadTable;
  change: ChangeTable;
  snapshot: SnapshotTable;
  snapshot_page: SnapshotPageTable;
  account: AccountTable;
  account_body: AccountBodyTable;
  invitation: InvitationTable;
  deed: DeedTable;
  event_organiser: EventOrganiserTable;
  sign_in_code: SignInCodeTable;
  session: SessionTable;
  device: DeviceTable;
  enrolment: EnrolmentTable;
  content: ContentTable;
  letter: LetterTable;
  message: MessageTable;
  allotment: AllotmentTable;
  door_rules: DoorRulesTable;
  couriered: CourieredTable;
  door_note: DoorNoteTable;
  scan: ScanTable;
  origin: OriginTable;
  proposal: ProposalTable;
  proposal_letter: ProposalLetterTable;
  picture: PictureTable;
  revoked_ticket: RevokedTicketTable;
}

/** `epoch`: a random text made with the database; another one tells every device to load anew. */
interface MetaTable {
  key: string;
  value: string;
}

interface EditionTable {
  id: string;
  /** JSON of `Edition`. */
  data: string;
  current: number;
  /** Days after its end for which personal data are kept; the installation's usual ones when null. */
  keep_days: number | null;
}

interface EventTable {
  id: string;
  edition_id: string;
  slug: string;
  /** The slug that the source asked for; `slug` differs when another event had it first. */
  wanted_slug: string;
  region: string;
  department: string | null;
  /** JSON of `ProgrammeEvent` without `places`, which the subjects hold. */
  data: string;
  /** SHA-256 of what the source said, moments of publication left out. */
  content_hash: string;
  source: string | null;
  published_at: string;
  withdrawn_at: number | null;
  /** What it is counted by, as `data` says it: audiences with blanks between them, days of its sessions. */
  format: EventFormat;
  audiences: string;
  status: EventStatus;
  first_day: string | null;
  last_day: string | null;
}

/** The row that is locked for everything that touches seats. */
interface SubjectTable {
  id: string;
  event_id: string;
  /** Null: no limit. */
  capacity: number | null;
  /** Seats. */
  confirmed: number;
  waiting: number;
  /** Parties. */
  waiting_parties: number;
  /** The last number drawn for the waiting list. */
  waiting_drawn: number;
  /** Seats in live allotments that nobody has used, and seats that walk-ins have. */
  held: number;
  /** When the first of its live allotments ends; null without any. */
  held_until: number | null;
  places: 'open' | 'few' | 'full';
  /** 0 once the event no longer offers it. */
  offered: number;
}

interface RegistrationTable {
  id: string;
  event_id: string;
  subject_id: string;
  holder_id: string;
  first_name: string;
  last_name: string;
  email: string;
  email_key: string;
  party: number;
  needs: string | null;
  /** JSON of `FormAnswers`: what was answered to the event's form; and the part of it that its doors are told. */
  answers: Generated<string | null>;
  told: Generated<string | null>;
  language: 'fr' | 'en';
  state: 'requested' | 'confirmed' | 'waitlisted' | 'refused' | 'cancelled';
  reason: string | null;
  ticket_id: string | null;
  ticket: string | null;
  requested_at: number;
  /** Orders the waiting list; null for those who never waited. */
  waiting_order: number | null;
}

interface CheckInTable {
  id: string;
  event_id: string;
  ticket_id: string;
  registration_id: string | null;
  count: number;
  /** What the device claims (P4). */
  at: string;
  received_at: number;
  device_id: string;
  door: string;
  undone_at: string | null;
  undone_by: string | null;
  undone_for: 'mistake' | 'wrong_person' | 'wrong_count' | 'did_not_enter' | null;
  list_id: string | null;
  exit: number;
  /** JSON of `Answers`. */
  answers: string | null;
  /** Of a walk-in: what it was admitted to, and who it said it was. */
  walk_in_subject: string | null;
  walk_in_name: string | null;
  /** Seats of its subject that a walk-in has, and how many of them came out of the allotment. */
  seats: number;
  allotted: number;
  allotment_id: string | null;
  settled_as: 'mistake' | 'accepted' | null;
  settled_by: string | null;
  settled_at: string | null;
}

interface AllotmentTable {
  id: string;
  event_id: string;
  subject_id: string;
  device_id: string;
  seats: number;
  used: number;
  taken_at: number;
  expires_at: number;
  /** Null while it is live. */
  ended_at: number | null;
}

interface DoorRulesTable {
  event_id: string;
  /** JSON of `DoorRules`. */
  data: string;
  /** As in the JSON: asked at every registration. */
  hidden_names: number;
}

/** Requests that a courier brought (P5), by the mutation of the attendee's own copy, which is answered the same. */
interface CourieredTable {
  mutation_id: string;
  holder_id: string;
  registration_id: string;
  event_id: string;
  /** The first courier. */
  device_id: string;
  outcome: 'applied' | 'refused';
  reason: string | null;
  at: number;
}

interface DoorNoteTable {
  id: string;
  event_id: string;
  ticket_id: string;
  text: string;
  at: string;
  device_id: string;
  door: string;
}

/** Whom a door did not let in. */
interface ScanTable {
  id: string;
  event_id: string;
  verdict: string;
  read_by: 'camera' | 'hand' | 'search' | 'photo';
  ticket_id: string | null;
  registration_id: string | null;
  list_id: string | null;
  at: string;
  received_at: number;
  device_id: string;
  door: string;
}

interface ReplicaTable {
  id: string;
  kind: ReplicaKind;
  /** Holder or device id; a replica never changes hands (O4). */
  owner: string;
  last_seq: number;
  created_at: number;
}

interface MutationResultTable {
  replica_id: string;
  seq: number;
  mutation_id: string;
  /** 1 when the mutation had its effect under another replica or number. */
  repeated: number;
  name: string;
  outcome: 'applied' | 'refused';
  reason: string | null;
  at: number;
}

interface ScopeHeadTable {
  scope: string;
  epoch: string;
  head: number;
  /** Below it tombstones are gone: a pull from there resets. */
  floor: number;
  /** Below it superseded rows are gone: a pull's target is never below. */
  compacted: number;
}

interface ChangeTable {
  scope: string;
  cursor: number;
  kind: string;
  item_id: string;
  /** JSON; null is a tombstone. */
  value: string | null;
}

/** An event as some format's files name it. */
interface OriginTable {
  edition_id: string;
  /** The formats that share ids: `openagenda`, `frab`, `ics`, `csv`. */
  family: string;
  external_id: string;
  event_id: string;
  /** JSON of `Marks`: what the file said at the last import, field by field. */
  marks: string;
  read_at: number;
}

interface SnapshotTable {
  scope: string;
  epoch: string;
  cursor: number;
  /** JSON of the manifest's pages. */
  pages: string;
  made_at: number;
}

interface SnapshotPageTable {
  scope: string;
  hash: string;
  /** gzip of the page's text. */
  body: Uint8Array;
  /** The same in brotli; null when it was made before there was this. */
  brotli: Uint8Array | null;
  /** The last moment at which a manifest named it. */
  named_at: number;
}

interface DeviceTable {
  id: string;
  event_id: string;
  secret_hash: string;
  name: string;
  door: string;
  state: 'taking' | 'ready' | 'revoked';
  created_at: number;
  last_seen_at: number | null;
  expires_at: number;
  revoked_at: number | null;
  profile: Generated<DeviceProfile>;
  /** The list that it works on at first. */
  list_id: string | null;
  /** What it had not sent yet when it last said so. */
  waiting: number | null;
}

interface EnrolmentTable {
  code_hash: string;
  event_id: string;
  door: string | null;
  /** Account id. */
  created_by: string | null;
  created_at: number;
  expires_at: number;
  /** Device id. */
  used_by: string | null;
  used_at: number | null;
  profile: Generated<DeviceProfile>;
  list_id: string | null;
}

interface ContentTable {
  kind: 'page' | 'article' | 'featured';
  id: string;
  slug: string;
  /** JSON of `ContentPage`, `Article` or `Featured`. */
  data: string;
  updated_at: number;
}

/** Tickets that were replaced, and whose they were: a door that knows nothing of it yet may still admit one. */
interface RevokedTicketTable {
  ticket_id: string;
  event_id: string;
  registration_id: string;
  at: number;
}

/** Mail that is still to be sent. */
interface LetterTable {
  id: string;
  kind:
    | 'confirmed'
    | 'waitlisted'
    | 'requested'
    | 'promoted'
    | 'refused'
    | 'cancelled'
    | 'cancelled_by_organiser'
    | 'event_changed'
    | 'ticket_replaced'
    | 'message';
  /** The registration, as long as an `event_changed` gathers further changes. */
  pending_change: string | null;
  registration_id: string;
  event_id: string;
  /** JSON of `LetterData`. */
  data: string;
  created_at: number;
  due_at: number;
  tries: number;
}

/** What organisers wrote to those registered. */
interface MessageTable {
  id: string;
  event_id: string;
  account_id: string;
  subject: string;
  text: string;
  /** JSON of `states` and `subjectId` of the request. */
  audience: string;
  at: number;
}
