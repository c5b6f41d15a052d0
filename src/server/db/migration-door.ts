/** Lists, exits, answers, walk-ins out of allotments, carried requests, double admissions that were settled, notes and refused scans. */
export function door(text: string): string[] {
  return [
    `alter table subject add column held bigint not null default 0`,
    `alter table subject add column held_until bigint`,
    `alter table check_in add column list_id ${text}`,
    `alter table check_in add column exit bigint not null default 0`,
    `alter table check_in add column answers ${text}`,
    `alter table check_in add column walk_in_subject ${text}`,
    `alter table check_in add column walk_in_name ${text}`,
    `alter table check_in add column allotment_id ${text}`,
    `alter table check_in add column allotted bigint not null default 0`,
    `alter table check_in add column seats bigint not null default 0`,
    `alter table check_in add column undone_for ${text}`,
    `alter table check_in add column settled_as ${text}`,
    `alter table check_in add column settled_by ${text}`,
    `alter table check_in add column settled_at ${text}`,
    `create index check_in_ticket on check_in (ticket_id)`,
    `create table allotment (
      id ${text} primary key, event_id ${text} not null references event (id),
      subject_id ${text} not null references subject (id), device_id ${text} not null, seats bigint not null,
      used bigint not null, taken_at bigint not null, expires_at bigint not null, ended_at bigint)`,
    `create index allotment_live on allotment (subject_id) where ended_at is null`,
    `create table door_rules (
      event_id ${text} primary key references event (id), data ${text} not null, hidden_names bigint not null)`,
    `create table couriered (
      mutation_id ${text} primary key, holder_id ${text} not null, registration_id ${text} not null,
      event_id ${text} not null references event (id), device_id ${text} not null, outcome ${text} not null,
      reason ${text}, at bigint not null)`,
    `create index couriered_event on couriered (event_id)`,
    `create table door_note (
      id ${text} primary key, event_id ${text} not null references event (id), ticket_id ${text} not null,
      text ${text} not null, at ${text} not null, device_id ${text} not null, door ${text} not null)`,
    `create index door_note_event on door_note (event_id)`,
    `create table scan (
      id ${text} primary key, event_id ${text} not null references event (id), verdict ${text} not null,
      read_by ${text} not null, ticket_id ${text}, registration_id ${text}, list_id ${text}, at ${text} not null,
      received_at bigint not null, device_id ${text} not null, door ${text} not null)`,
    `create index scan_event on scan (event_id)`,
    `alter table enrolment add column profile ${text} not null default 'full'`,
    `alter table enrolment add column list_id ${text}`,
    `alter table device add column profile ${text} not null default 'full'`,
    `alter table device add column list_id ${text}`,
    `alter table device add column waiting bigint`,
  ];
}
