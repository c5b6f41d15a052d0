/** Pictures of events, as they were sent. */
export function pictures(text: string, bytes: string): string[] {
  return [
    `create table picture (
      sha256 ${text} primary key, type ${text} not null, body ${bytes} not null,
      account_id ${text} not null references account (id), created_at bigint not null)`,
    `create index picture_account on picture (account_id, created_at)`,
  ];
}
