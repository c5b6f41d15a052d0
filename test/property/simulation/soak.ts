import { parseArgs } from 'node:util';
import { startPostgres } from '../../support/postgres.ts';
import { simulate } from './simulate.ts';
import { describeFailure } from './failure.ts';
import { closeGround } from './server/postgres-machine.ts';

/**
 * `npm run test:soak -- --runs 10000 --seed 1`: many lives, from the seeds that begin with the given one. Ends at the first
 * that breaks a rule, unless `--all` is given. `--engine postgres` runs the server on PostgreSQL, `--store dexie` the devices on Dexie.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
    engine: { type: 'string', default: 'sqlite' },
    store: { type: 'string', default: 'memory' },
  },
});
const engine = values.engine === 'postgres' ? 'postgres' : 'sqlite';
const store = values.store === 'dexie' ? 'dexie' : 'memory';
const postgres = engine === 'postgres' ? await startPostgres() : undefined;
if (postgres) process.env['ESCALE_TEST_POSTGRES'] = postgres.url;
const runs = Number(values.runs);
const totals: Record<string, number> = {};
const failed: string[] = [];
const started = performance.now();
let done = 0;
for (; done < runs && (values.all || failed.length === 0); done++) {
  const report = await simulate(runs === 1 ? values.seed : `${values.seed}-${done}`, { engine, store });
  for (const [what, times] of Object.entries(report.counts)) totals[what] = (totals[what] ?? 0) + times;
  if (report.failure) {
    failed.push(report.seed);
    write(describeFailure(report));
  }
  if ((done + 1) % 100 === 0) write(`${done + 1} runs, ${failed.length} failed`);
}
const seconds = (performance.now() - started) / 1000;
const did = Object.entries(totals).map(([what, times]) => `${times} × ${what}`);
write(
  `${done} runs in ${seconds.toFixed(0)} s, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(' ')}` : ''}`,
);
write(did.join(', '));
if (postgres) await closeGround();
await postgres?.stop();
process.exitCode = failed.length > 0 ? 1 : 0;

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
