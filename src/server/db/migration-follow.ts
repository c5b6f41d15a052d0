/** Who wants to be notified, or has a calendar of their own, and of which events. */
export function following(text: string): string[] {
  return [
    `create table follower (
      id ${text} primary key, endpoint ${text}, p256dh ${text}, auth ${text}, feed_id ${text} unique, language ${text} not null,
      told_at bigint not null, due_at bigint, tries bigint not null default 0)`,
    `create index follower_due on follower (due_at) where due_at is not null`,
    `create table follower_event (
      follower_id ${text} not null references follower (id), event_id ${text} not null, primary key (follower_id, event_id))`,
    `create index follower_event_event on follower_event (event_id)`,
  ];
}
