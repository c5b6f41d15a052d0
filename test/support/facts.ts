import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { ServerOptions } from './server-process.ts';

/** Reads what a server has written, beside the server: rows of a query that both engines understand. */
export async function facts(
  server: Pick<ServerOptions, 'dataDir' | 'databaseUrl'>,
  sql: string,
): Promise<Record<string, unknown>[]> {
  if (server.databaseUrl !== undefined) {
    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const file = new DatabaseSync(join(server.dataDir, 'escale.sqlite'), { readOnly: true, timeout: 5000 });
  try {
    return file.prepare(sql).all();
  } finally {
    file.close();
  }
}
