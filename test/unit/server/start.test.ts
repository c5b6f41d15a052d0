import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escale-start-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program of the server to its end. */
async function run(
  script: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    env: { ...rest, HOST: '127.0.0.1', LOG_LEVEL: 'silent', ESCALE_DATA: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

/** What the operator reads is one line, on standard error, without a stack. */
function expectOneLine(result: { code: number | null; err: string }, code: number, pattern: RegExp): void {
  expect(result.err).toMatch(pattern);
  expect(result.err.trimEnd().split('\n')).toHaveLength(1);
  expect(result.code).toBe(code);
}

test('a port in use is told in one line', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  try {
    const result = await run('src/server/main.ts', [], { PORT: String(port) });
    expectOneLine(result, 1, new RegExp(`^PORT: ${port} on 127\\.0\\.0\\.1 is already in use`));
  } finally {
    taken.close();
  }
});

test('a data folder that cannot be written to is told in one line', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const result = await run('src/server/main.ts', [], { PORT: '0', ESCALE_DATA: join(file, 'data') });
  expectOneLine(result, 1, /^ESCALE_DATA: the folder .* cannot be written to/);
});

test('a database file that is none is told in one line', async () => {
  const data = await mkdtemp(join(folder, 'broken-'));
  await writeFile(
    join(data, 'escale.sqlite'),
    'not a database, but long enough to be read as the header of one. '.repeat(40),
  );
  await chmod(join(data, 'escale.sqlite'), 0o600);
  const result = await run('src/server/main.ts', [], { PORT: '0', ESCALE_DATA: data });
  expectOneLine(result, 1, /^ESCALE_DATA: the database .* cannot be opened/);
});

test('an unreachable PostgreSQL is told in one line, without its password', async () => {
  const result = await run('src/server/main.ts', [], {
    PORT: '0',
    DATABASE_URL: 'postgres://escale:hush@127.0.0.1:1/escale',
  });
  expectOneLine(result, 1, /^DATABASE_URL: the database at 127\.0\.0\.1:1\/escale cannot be used/);
  expect(result.err).not.toContain('hush');
});

test('a variable that cannot be meant is told in one line', async () => {
  expectOneLine(await run('src/server/main.ts', [], { PORT: 'abc' }), 1, /^PORT: abc is not a port/);
});

const escale = (...args: string[]) => run('src/server/cli/escale.ts', args, {});

test('the operator is told of a command that does not exist, and of what there is', async () => {
  expectOneLine(await escale('frobnicate'), 2, /^There is no command frobnicate/);
  const help = await escale('--help');
  expect(help.code).toBe(0);
  expect(help.out).toMatch(/^ {2}user add EMAIL/m);
  expect(help.out).toMatch(/^ {2}device enrol --event ID/m);
});

test('an account is added once, and what cannot be one is refused in one line', async () => {
  expectOneLine(await escale('user', 'add', 'nobody', '--role', 'organiser'), 2, /^nobody is not an e-mail address/);
  expectOneLine(await escale('user', 'add', 'a@b.example', '--role', 'king'), 2, /^--role: one of/);
  expectOneLine(await escale('user', 'add', 'a@b.example', '--role', 'regional'), 2, /^--region goes with/);
  expectOneLine(await escale('user', 'add', 'a@b.example', '--rank', 'x'), 2, /--rank/);
  expectOneLine(await escale('user', 'add'), 2, /^Usage: user add EMAIL/);
  const added = await escale('user', 'add', 'a@b.example', '--role', 'regional', '--region', '52');
  expect(added).toEqual({ code: 0, out: 'a@b.example may now sign in as regional.\n', err: '' });
  const again = await escale('user', 'add', 'A@B.example', '--role', 'national');
  expect(again.out).toBe('A@B.example is now national.\n');
});

test('a link for the door of an event that does not exist is refused', async () => {
  expectOneLine(await escale('device', 'enrol', '--event', 'nulle-part'), 2, /^--event: there is no event nulle-part/);
});
