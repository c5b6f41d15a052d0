import * as v from 'valibot';
import { email, regionCode } from '#protocol/primitives.ts';
import { roles } from '#domain/account.ts';
import { ensureAccount } from '#server/services/accounts.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

/** Makes an account, or changes the role of the one that the address has. */
export const userAddCommand: Command = {
  name: 'user add',
  usage: 'EMAIL --role national|regional|organiser [--region CODE]',
  summary: 'Lets an address sign in. A regional correspondent has a region.',
  options: { role: { type: 'string' }, region: { type: 'string' } },
  positionals: 1,
  async run({ values, positionals, context, print }) {
    const address = v.safeParse(email, positionals[0]);
    if (!address.success) throw new InputRefused(`${positionals[0]} is not an e-mail address`);
    const role = roles.find((r) => r === values['role']);
    if (!role) throw new InputRefused(`--role: one of ${roles.join(', ')}`);
    const region = values['region'];
    if (region !== undefined && !v.is(regionCode, region)) {
      throw new InputRefused(`--region: ${String(region)} is not a region code (two digits, or FR)`);
    }
    if ((role === 'regional') !== (region !== undefined)) {
      throw new InputRefused('--region goes with --role regional, and only with it');
    }
    const { added } = await ensureAccount(await context(), {
      email: address.output,
      role,
      ...(region === undefined ? {} : { region }),
    });
    print(added ? `${address.output} may now sign in as ${role}.` : `${address.output} is now ${role}.`);
  },
};
