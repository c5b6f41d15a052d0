import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** Whether the database answers. */
export async function isReady(ctx: Context): Promise<boolean> {
  try {
    await sql`select 1`.execute(ctx.db.read);
    return true;
  } catch (error) {
    ctx.log.warn({ err: error }, 'the database does not answer');
    return false;
  }
}
