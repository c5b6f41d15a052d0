import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { doorGroup } from './door.ts';
import { mapGroup } from './map.ts';
import { pocketGroup } from './pocket.ts';
import type { Group, Row } from './row.ts';
import { table } from './row.ts';
import { serverGroup } from './server.ts';
import { syncGroup } from './sync.ts';

/** `npm run bench -- [--only GROUP] [--json FILE] [--quick]`: a new group is one file and one line here. */
const groups: Record<string, Group> = {
  sync: syncGroup,
  door: doorGroup,
  pocket: pocketGroup,
  map: mapGroup,
  server: serverGroup,
};

const { only, json, quick } = options();
const rows: Row[] = [];
for (const [name, group] of Object.entries(groups)) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n── ${name} ${'─'.repeat(72 - name.length)}`);
  rows.push(...(await group((line) => console.log(`   ${line}`), quick)));
}
const busy = loadavg().map((load) => load.toFixed(1));
console.log(`\n${table(rows)}\n\nload of the machine over 1, 5 and 15 minutes: ${busy.join(', ')}\n`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);

function options(): { only: string | undefined; json: string | undefined; quick: boolean } {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, json: { type: 'string' }, quick: { type: 'boolean', default: false } },
    });
    if (values.only !== undefined && !Object.hasOwn(groups, values.only))
      throw new TypeError(`no group is called ${values.only} (there are ${Object.keys(groups).join(', ')})`);
    return { only: values.only, json: values.json, quick: values.quick };
  } catch (error) {
    console.error(`npm run bench: ${error instanceof Error ? error.message.split('\n')[0] : 'unreadable options'}`);
    process.exit(2);
  }
}
