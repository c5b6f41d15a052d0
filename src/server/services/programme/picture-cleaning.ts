import type { Context } from '../context.ts';

/**
 * Milliseconds for which a picture stays that nothing shows: it may belong to a draft that its author has not sent yet. Longer than
 * the phone that sent it keeps its own copy (`client/store/pictures.ts`), and the same picture sent again begins anew.
 */
const UNUSED_FOR = 90 * 86_400_000;

/**
 * Takes away pictures that no event, proposal, page or issue of the newsletter shows.
 * @param options `dryRun`: counts, and changes nothing
 * @returns how many
 */
export async function dropUnusedPictures(ctx: Context, { dryRun }: { readonly dryRun: boolean }): Promise<number> {
  const before = ctx.clock() - UNUSED_FOR;
  const old = await ctx.db.read.selectFrom('picture').select('sha256').where('created_at', '<', before).execute();
  if (old.length === 0) return 0;
  const used = await shownPictures(ctx);
  const unused = old.map((row) => row.sha256).filter((sha256) => !used.has(sha256));
  if (dryRun) return unused.length;
  let dropped = 0;
  for (const sha256 of unused) {
    // Somebody may have sent it again meanwhile, and shows it now.
    const { value } = await ctx.db.units.one((tx) =>
      tx.db
        .deleteFrom('picture')
        .where('sha256', '=', sha256)
        .where('created_at', '<', before)
        .returning('sha256')
        .execute(),
    );
    dropped += value.length;
  }
  return dropped;
}

/** Rows that are read at a time. */
const BATCH = 500;

/** Hashes of the pictures that anything names, past and hidden things included. */
async function shownPictures(ctx: Context): Promise<Set<string>> {
  const used = new Set<string>();
  for (const table of ['event', 'proposal', 'content', 'newsletter_issue'] as const) {
    for (let after = ''; ;) {
      const rows = await ctx.db.read
        .selectFrom(table)
        .select(['id', 'data'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(BATCH)
        .execute();
      for (const { data } of rows)
        for (const [, sha256] of data.matchAll(/\/pictures\/([0-9a-f]{64})/g)) used.add(sha256!);
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) break;
      after = last.id;
    }
  }
  return used;
}
