/** Whose device asked for the newsletter or for notifications, and who has left the newsletter. */
export function leaving(text: string): string[] {
  return [
    `alter table follower add column holder_id ${text}`,
    `create index follower_holder on follower (holder_id) where holder_id is not null`,
    `alter table subscriber add column holder_id ${text}`,
    `create index subscriber_holder on subscriber (holder_id) where holder_id is not null`,
    `create table newsletter_left (address_hash ${text} primary key, left_at bigint not null)`,
  ];
}

/** Addresses that take the newsletter, its issues, and the mails of an issue that are still to go out. */
export function newsletter(text: string): string[] {
  return [
    `create table subscriber (
      id ${text} primary key, email ${text} not null, email_key ${text} not null unique, language ${text} not null,
      state ${text} not null, token ${text} not null unique, asked_at bigint not null, confirmed_at bigint,
      mail_due_at bigint, mails bigint not null, mails_since bigint not null)`,
    `create index subscriber_mail on subscriber (mail_due_at) where mail_due_at is not null`,
    `create table newsletter_issue (
      id ${text} primary key, data ${text} not null, state ${text} not null, updated_at bigint not null, sent_at bigint,
      recipients bigint not null, sent bigint not null, failed bigint not null)`,
    `create table newsletter_letter (
      issue_id ${text} not null references newsletter_issue (id), subscriber_id ${text} not null references subscriber (id),
      due_at bigint not null, tries bigint not null, primary key (issue_id, subscriber_id))`,
    `create index newsletter_letter_due on newsletter_letter (due_at)`,
    `create index newsletter_letter_subscriber on newsletter_letter (subscriber_id)`,
  ];
}
