import { listKeys, revokeKey, rotateKeys } from '../services/door/rotate-keys.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

/** Milliseconds: servers look for keys every two seconds. */
const NOTICED = 3000;

const keysList: Command = {
  name: 'keys list',
  usage: '',
  summary: 'Names the keys that sign tickets, and how many tickets of each are still to be presented.',
  options: {},
  positionals: 0,
  run: async ({ print, context }) => {
    for (const { keyId, signs, tickets } of await listKeys(await context())) {
      print(`${keyId}: ${signs ? 'signs' : 'verifies'}, ${tickets} ${tickets === 1 ? 'ticket' : 'tickets'} to come`);
    }
  },
};

const keysRotate: Command = {
  name: 'keys rotate',
  usage: '[--revoke KEY]',
  summary:
    'Makes a new key for tickets; those before it go on verifying. --revoke ends one that others may have, and replaces its tickets.',
  options: { revoke: { type: 'string' } },
  positionals: 0,
  run: async ({ values, print, context }) => {
    const ctx = await context();
    const wanted = values['revoke'];
    if (typeof wanted === 'string' && !/^[0-9a-f]{8}$/.test(wanted)) {
      throw new InputRefused(`--revoke: ${wanted} is no key; keys list names them`);
    }
    const newest = ctx.keys.published.at(-1)?.keyId;
    const known = ctx.keys.published.some(({ keyId }) => keyId === wanted);
    // A revocation that was broken off goes on with the key that it has made.
    if (wanted === undefined || (known && newest === wanted)) print(`${await rotateKeys(ctx)} signs from now on.`);
    if (typeof wanted === 'string') {
      const replaced = await revokeKey(ctx, wanted, NOTICED);
      if (replaced === undefined) throw new InputRefused(`--revoke: there is no key ${wanted}; keys list names them`);
      print(`${wanted} is revoked: ${replaced} ${replaced === 1 ? 'ticket' : 'tickets'} replaced.`);
    }
    print('Make a backup now: one from before does not know this.');
  },
};

export const keysCommands: readonly Command[] = [keysList, keysRotate];
