import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerOptions } from './server-process.ts';

/** Runs one of the operator's commands and gives what it printed. */
export function escale(server: Pick<ServerOptions, 'dataDir' | 'databaseUrl'>, ...args: string[]): string {
  const { DATABASE_URL: _, ...environment } = process.env;
  const done = spawnSync(process.execPath, ['src/server/cli/escale.ts', ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...environment,
      ESCALE_DATA: server.dataDir,
      ...(server.databaseUrl === undefined ? {} : { DATABASE_URL: server.databaseUrl }),
    },
  });
  if (done.status !== 0) throw new Error(`escale ${args.join(' ')}: ${done.stderr || String(done.error)}`);
  return done.stdout;
}

/** What the operator hands to one phone, which becomes a door with it: `/emargement#enrolement=CODE`. */
export function enrolmentCode(server: Pick<ServerOptions, 'dataDir' | 'databaseUrl'>, eventId: string): string {
  const code = /#enrolement=([0-9A-Z]{20})/.exec(escale(server, 'device', 'enrol', '--event', eventId))?.[1];
  if (code === undefined) throw new Error('no enrolment code was printed');
  return code;
}
