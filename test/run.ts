import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './support/postgres.ts';

/**
 * `npm test`: every check and every test, one count at the end. `npm test -- unit e2e` runs the named parts alone;
 * `npm test -- e2e -- story` hands what follows the second `--` to the part's own runner.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');
const RESULTS = join(ROOT, 'test-results');

interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** Of those that passed, how many did at their second try. */
  flaky?: number;
}

type Part = (extra: readonly string[]) => Promise<Count>;

/** What must be clean before a commit; each command counts as one test. */
const checks: Part = async () => {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const [command, ...args] of [
    ['tsc', '-b'],
    ['oxlint', '--deny-warnings', '--type-aware'],
    ['oxfmt', '--check'],
    ['knip'],
  ] as const) {
    const { code, output } = await run(command, args, { quiet: true });
    console.log(` ${code === 0 ? '✓' : '✗'} ${[command, ...args].join(' ')}`);
    if (code !== 0) console.log(output);
    count[code === 0 ? 'passed' : 'failed']++;
  }
  return count;
};

const unit: Part = async (extra) => {
  const report = join(RESULTS, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run('vitest', ['run', '--config', 'test/vitest.config.ts', ...reporters, ...extra]);
  const found = read(report) as
    | {
        numPassedTests: number;
        numFailedTests: number;
        numPendingTests: number;
        numTodoTests: number;
        success: boolean;
      }
    | undefined;
  if (!found) return { passed: 0, failed: 1, skipped: 0 };
  // A file that cannot even be loaded has no failed test of its own, and neither has an error outside of all tests.
  const failed = found.numFailedTests || (code === 0 ? 0 : 1);
  return { passed: found.numPassedTests, failed, skipped: found.numPendingTests + found.numTodoTests };
};

const e2e: Part = async (extra) => {
  const report = join(RESULTS, 'playwright.json');
  const { code } = await run('playwright', ['test', '--config', 'test/e2e/playwright.config.ts', ...extra], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_SKIP_BROWSER_GC: '1' },
  });
  const found = read(report) as
    | { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] }
    | undefined;
  if (!found) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = found.stats;
  return { passed: expected + flaky, failed: unexpected || (code === 0 ? 0 : 1), skipped, flaky };
};

const parts: Record<string, Part> = { checks, unit, e2e };

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function run(
  command: string,
  args: readonly string[],
  options: { quiet?: boolean; env?: Record<string, string> } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(join(BIN, command), args, {
      cwd: ROOT,
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...options.env, PATH: `${BIN}:${process.env['PATH']}` },
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

const argv = process.argv.slice(2);
const rest = argv.includes('--') ? argv.slice(argv.indexOf('--') + 1) : [];
const named = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
const unknown = named.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  console.error(`npm test: no part is called ${unknown} (there are ${Object.keys(parts).join(', ')})`);
  process.exit(2);
}

// An exit runs what ends the database; a bare signal would leave it behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const wanted = named.length > 0 ? named : Object.keys(parts);
const needsDatabase = wanted.some((name) => name !== 'checks');
const postgres = needsDatabase ? await startPostgres() : undefined;
if (postgres) process.env['ESCALE_TEST_POSTGRES'] = postgres.url;

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
try {
  for (const name of wanted) {
    console.log(`\n── ${name} ${'─'.repeat(72 - name.length)}`);
    const started = Date.now();
    const count = await parts[name]!(rest);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    const again = count.flaky ? ` (${count.flaky} at the second try)` : '';
    summary.push(`${name.padEnd(7)} ${lineOf(count)} in ${Math.round((Date.now() - started) / 1000)} s${again}`);
  }
} finally {
  await postgres?.stop();
}
console.log(`\n${summary.join('\n')}\n`);
console.log(lineOf(total));
process.exitCode = total.failed > 0 ? 1 : 0;

function lineOf({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
