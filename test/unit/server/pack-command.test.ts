import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const LE_MANS = fileURLToPath(new URL('../../fixtures/le-mans-centre.osm.pbf', import.meta.url));

describe('the command pack', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'escale-pack-command-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/server/cli/escale.ts', 'pack', ...args], {
      env: { ...process.env, ESCALE_DATA: join(folder, 'data'), DATABASE_URL: '' },
      encoding: 'utf8',
    });
    return { status, stdout: stdout.trim(), stderr: stderr.trim() };
  };

  test('builds a map of an extract, offers it, lists it, takes another of the same format, and takes one away', () => {
    const built = run('build', LE_MANS, '--name', 'Le Mans', '--data-date', '2020');
    expect(built).toMatchObject({ status: 0, stderr: '' });
    expect(built.stdout).toMatch(
      /^740 things drawn, in 12 tiles\nle-mans: 40 KB, zooms 8 to 15, 0.19768,48.00928,0.20574,48.01281, streets of 2020$/,
    );
    const packs = join(folder, 'data/packs');
    const archive = readdirSync(packs).find((name) => name.endsWith('.pmtiles'))!;
    const copy = join(folder, 'copy.pmtiles');
    writeFileSync(copy, readFileSync(join(packs, archive)));
    expect(
      run('add', copy, '--name', 'Ailleurs', '--attribution', '© Ville', '--licence', 'Licence Ouverte').stdout,
    ).toMatch(/^ailleurs: 40 KB/);
    expect(run('list').stdout).toMatch(/^ailleurs: .*\nle-mans: .*\n2 packs$/);
    expect(run('remove', 'le-mans')).toMatchObject({ status: 0, stdout: 'le-mans is offered no more' });
    expect(run('list').stdout).toMatch(/\n1 pack$/);
  });

  test('refuses what it cannot take in one line, with exit code 2, and changes nothing', () => {
    const before = run('list').stdout;
    const text = join(folder, 'carte.osm.pbf');
    writeFileSync(text, '<osm/>');
    const cut = join(folder, 'coupe.osm.pbf');
    writeFileSync(cut, readFileSync(LE_MANS).subarray(0, 60_000));
    const refusals: [readonly string[], RegExp][] = [
      [['build', text, '--name', 'X'], /^.*carte\.osm\.pbf: this is no OpenStreetMap extract/],
      [['build', cut, '--name', 'X'], /^.*coupe\.osm\.pbf: the file ends in the middle of a block, at byte 60000$/],
      [['build', LE_MANS], /^--name: say what the area is called/],
      [['build', LE_MANS, '--name', 'X', '--bbox', '1,2,3'], /^--bbox: give four degrees/],
      [['build', LE_MANS, '--name', 'X', '--bbox', '10,50,11,51'], /nothing of the extract lies in the area/],
      [['build', LE_MANS, '--name', 'X', '--data-date', 'hier'], /^--data-date: /],
      [['build', join(folder, 'absent.osm.pbf'), '--name', 'X'], /absent\.osm\.pbf: cannot be read \(ENOENT\)/],
      [['add', text, '--name', 'X'], /carte\.osm\.pbf: no pack can be made of it/],
      [['add', text, '--name', 'X', '--licence', 'CC0'], /^--attribution and --licence go together/],
      [['remove', 'nulle-part'], /^no pack is called nulle-part$/],
    ];
    for (const [args, message] of refusals) {
      const refused = run(...args);
      expect(refused, args.join(' ')).toMatchObject({ status: 2, stdout: '' });
      expect(refused.stderr).toMatch(message);
      expect(refused.stderr.split('\n')).toHaveLength(1);
    }
    expect(run('list').stdout).toBe(before);
  });
});
