import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportFormats, importFormats } from '#interop/formats.ts';
import { fixture } from '../../support/programmes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'escale-export-'));
  writeFileSync(join(folder, 'kielux.ics'), fixture('kielux-2020.ics.gz'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/server/cli/escale.ts', ...args], {
    env: { ...process.env, ESCALE_DATA: join(folder, 'data'), DATABASE_URL: '' },
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  });
  return { status, stdout, last: stdout.trim().split('\n').at(-1), stderr: stderr.trim() };
};

test('a calendar goes in, says what it would do before, and out in every format, and back in unchanged', () => {
  const file = join(folder, 'kielux.ics');
  const looked = run('import', '--format', 'ics', file, '--edition', 'kielux', '--dry-run');
  expect(looked.status).toBe(0);
  expect(looked.stdout).toContain('added FR OpenCelium - Der generische OpenSoure API-Hub\n');
  expect(looked.stdout).toContain('Nothing was written (--dry-run).\n');
  expect(looked.last).toBe('24 read, 24 added, 0 changed, 0 unchanged, 0 refused');
  expect(run('export', '--format', 'csv', '--edition', 'kielux')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: '--edition: there is no edition kielux',
  });
  expect(run('import', '--format', 'ics', file, '--edition', 'kielux').last).toBe(
    '24 read, 24 added, 0 changed, 0 unchanged, 0 refused',
  );
  for (const format of exportFormats) {
    const { status, stdout } = run('export', '--format', format, '--edition', 'kielux');
    expect([format, status, stdout.length > 5000]).toEqual([format, 0, true]);
    const back = importFormats.find((one) => one === format);
    if (!back) continue;
    const out = join(folder, `out.${format}`);
    writeFileSync(out, stdout);
    const { last } = run('import', '--format', back, out, '--edition', 'kielux');
    expect([format, last]).toEqual([format, '24 read, 0 added, 0 changed, 24 unchanged, 0 refused']);
  }
  expect(run('export', '--format', 'ics', '--edition', 'kielux', '--region', '52').stdout).not.toContain('VEVENT');
}, 120_000);

test('what was given wrongly is told in one line, with exit code 2', () => {
  for (const [args, message] of [
    [['--edition', 'x'], '--format is missing: openagenda, frab-xml, frab-json, ics, csv, geojson, json-ld'],
    [
      ['--format', 'rtf', '--edition', 'x'],
      '--format rtf: no such format; there is openagenda, frab-xml, frab-json, ics, csv, geojson, json-ld',
    ],
    [['--format', 'csv'], '--edition: give an id of small letters, digits and dashes, as in fosdem-2024'],
    [['--format', 'csv', '--edition', 'x', '--region', '1'], "--region: 1 is no region's INSEE code and not FR"],
  ] as const)
    expect(run('export', ...args)).toMatchObject({ status: 2, stdout: '', stderr: message });
});
