import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const GOOD =
  '<schedule><conference><title>C</title></conference><day date="2026-11-24"><room name="R">\n<event id="1"><title>Un</title></event>\n</room></day></schedule>';

describe('the command import', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'escale-import-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/server/cli/escale.ts', 'import', ...args], {
      env: { ...process.env, ESCALE_DATA: join(folder, 'data'), DATABASE_URL: '' },
      encoding: 'utf8',
    });
    return { status, stdout: stdout.trim(), stderr: stderr.trim() };
  };

  test('counts what it took, and a second time finds it unchanged', () => {
    const path = file('bon.xml', GOOD);
    expect(run('--format', 'frab-xml', path, '--edition', 'c-2026')).toMatchObject({
      status: 0,
      stdout: '1 read, 1 added, 0 changed, 0 unchanged, 0 refused',
    });
    expect(run('--format', 'frab-xml', path, '--edition', 'c-2026').stdout).toBe(
      '1 read, 0 added, 0 changed, 1 unchanged, 0 refused',
    );
  });

  test('names an event that cannot be taken by file, line and id, and takes the others', () => {
    const path = file('moitie.xml', GOOD.replace('</room>', '<event id="2"></event></room>'));
    expect(run('--format', 'frab-xml', path, '--edition', 'moitie')).toMatchObject({
      status: 0,
      stdout: `${path}:3: event 2: it has no title\n2 read, 1 added, 0 changed, 0 unchanged, 1 refused`,
    });
  });

  test('refuses a file of which nothing can be taken in one line', () => {
    const none = file('aucun.xml', GOOD.replace('Un', '').replace('</room>', '<event id="2"></event></room>'));
    expect(run('--format', 'frab-xml', none, '--edition', 'aucun')).toEqual({
      status: 2,
      stdout: '',
      stderr: `${none}:2: event 1: it has no title; 1 more are refused, and none can be taken`,
    });
  });

  test('tells what was given wrongly in one line, with exit code 2, before it opens anything', () => {
    const path = file('rss.xml', '<rss/>');
    const data = (): string[] => readdirSync(folder).filter((name) => name === 'data');
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    const answers = [
      [
        ['--format', 'docx', path, '--edition', 'x'],
        '--format docx: no such format; there is openagenda, frab-xml, frab-json, ics, csv',
      ],
      [[path, '--edition', 'x'], '--format is missing: openagenda, frab-xml, frab-json, ics, csv'],
      [['--format', 'frab-xml', path], '--edition: give an id of small letters, digits and dashes, as in fosdem-2024'],
      [
        ['--format', 'frab-xml', path, '--edition', 'x', '--region', '99'],
        "--region: 99 is no region's INSEE code and not FR",
      ],
      [
        ['--format', 'frab-xml', join(folder, 'rien'), '--edition', 'x'],
        `${join(folder, 'rien')}: there is no such file`,
      ],
      [['--format', 'frab-xml', folder, '--edition', 'x'], `${folder}: not a file`],
    ] as const;
    for (const [args, message] of answers) expect(run(...args)).toEqual({ status: 2, stdout: '', stderr: message });
    expect(data()).toEqual([]);
    expect(run('--format', 'frab-xml', path, '--edition', 'x')).toEqual({
      status: 2,
      stdout: '',
      stderr: `${path}:1: the root element is <rss>, not <schedule>`,
    });
  });
});
