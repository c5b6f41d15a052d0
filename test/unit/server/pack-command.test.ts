import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputRefused } from '#server/cli/command.ts';
import { packCommands } from '#server/cli/pack.ts';
import type { TestApp } from '../../support/test-app.ts';
import { openTestApp } from '../../support/test-app.ts';

const LE_MANS = fileURLToPath(new URL('../../fixtures/le-mans-centre.osm.pbf', import.meta.url));

describe('the command pack', () => {
  let folder: string;
  let server: TestApp;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'escale-pack-command-'));
    server = await openTestApp();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As `escale.ts` calls it; what it printed, or the one line of what was refused. */
  async function run(name: string, ...args: string[]): Promise<{ printed: string[]; refused?: string }> {
    const command = packCommands.find((one) => one.name === `pack ${name}`)!;
    const { values, positionals } = parseArgs({ args, options: command.options, allowPositionals: true });
    const printed: string[] = [];
    try {
      await command.run({ values, positionals, print: (line) => printed.push(line), context: async () => server.ctx });
      return { printed };
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      return { printed, refused: error.message };
    }
  }

  test('builds a map of an extract, offers it, lists it, takes another of the same format, and takes one away', async () => {
    expect((await run('build', LE_MANS, '--name', 'Le Mans', '--data-date', '2020')).printed).toEqual([
      '738 things drawn, in 12 tiles',
      'le-mans: 40 KB, zooms 8 to 15, 0.19768,48.00928,0.20574,48.01281, streets of 2020',
    ]);
    const packs = join(server.ctx.config.dataDir, 'packs');
    const archive = readdirSync(packs).find((name) => name.endsWith('.pmtiles'))!;
    const copy = join(folder, 'copy.pmtiles');
    writeFileSync(copy, readFileSync(join(packs, archive)));
    const source = ['--attribution', '© Ville', '--licence', 'Licence Ouverte'];
    expect((await run('add', copy, '--name', 'Ailleurs', ...source)).printed[0]).toMatch(/^ailleurs: 40 KB/);
    expect((await run('list')).printed.join('\n')).toMatch(/^ailleurs: .*\nle-mans: .*\n2 packs$/);
    expect((await run('remove', 'le-mans')).printed).toEqual(['le-mans is offered no more']);
    expect((await run('list')).printed.at(-1)).toBe('1 pack');
  });

  test('refuses what it cannot take in one line, and changes nothing', async () => {
    const before = await run('list');
    const text = join(folder, 'carte.osm.pbf');
    writeFileSync(text, '<osm/>');
    const cut = join(folder, 'coupe.osm.pbf');
    writeFileSync(cut, readFileSync(LE_MANS).subarray(0, 60_000));
    const refusals: [readonly [string, ...string[]], RegExp][] = [
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
      const { printed, refused } = await run(...args);
      expect(printed, args.join(' ')).toEqual([]);
      expect(refused).toMatch(message);
      expect(refused?.split('\n')).toHaveLength(1);
    }
    expect(await run('list')).toEqual(before);
  });
});
