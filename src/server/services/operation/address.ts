import type { Context } from '../context.ts';

/** The row of `meta` that says where a server of this database was last reached. */
const KEY = 'address';

/** Keeps where this server is reached, for the operator's commands, which are processes of their own. */
export async function rememberAddress(ctx: Context, address: string): Promise<void> {
  await ctx.db.units.one((tx) =>
    tx.db
      .insertInto('meta')
      .values({ key: KEY, value: address })
      .onConflict((c) => c.column('key').doUpdateSet({ value: address }))
      .execute(),
  );
}

/** The origin for a link that an operator hands out: the public one, else the running server's, else what the environment says. */
export async function addressForLinks(ctx: Context): Promise<string> {
  const { host, port, publicUrl } = ctx.config;
  if (publicUrl !== undefined) return publicUrl;
  const row = await ctx.db.read.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
  return row?.value ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
