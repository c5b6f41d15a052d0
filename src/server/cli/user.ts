import * as v from 'valibot';
import { roles } from '#domain/account.ts';
import { emailKey } from '#domain/registration.ts';
import { email, regionCode } from '#protocol/primitives.ts';
import { accountOf, accountRows, ensureAccount } from '#server/services/people/accounts.ts';
import { forget } from '#server/services/people/erasing.ts';
import { removeAccount } from '#server/services/people/team.ts';
import type { Command, CommandCall } from './command.ts';
import { InputRefused } from './command.ts';

/** Makes an account, or changes the role of the one that the address has. */
const userAdd: Command = {
  name: 'user add',
  usage: `EMAIL --role ${roles.join('|')} [--region CODE]... [--body NAME]...`,
  summary: 'Lets an address sign in. A regional correspondent has regions, an organiser the bodies they work for.',
  options: {
    role: { type: 'string' },
    region: { type: 'string', multiple: true },
    body: { type: 'string', multiple: true },
  },
  positionals: 1,
  async run({ values, positionals, context, print }) {
    const address = addressOf(positionals[0]);
    const role = roles.find((r) => r === values['role']);
    if (!role) throw new InputRefused(`--role: one of ${roles.join(', ')}`);
    const regions = textsOf(values['region']);
    const stranger = regions.find((region) => !v.is(regionCode, region));
    if (stranger !== undefined) {
      throw new InputRefused(`--region: ${stranger} is not a region code (two digits, or FR)`);
    }
    if ((role === 'regional') !== regions.length > 0) {
      throw new InputRefused('--region goes with --role regional, and only with it');
    }
    const bodies = textsOf(values['body']).filter((body) => body.trim() !== '');
    if (role !== 'organiser' && bodies.length > 0) throw new InputRefused('--body goes with --role organiser alone');
    const { added } = await ensureAccount(await context(), { email: address, role, regions, bodies });
    print(added ? `${address} may now sign in as ${role}.` : `${address} is now ${role}.`);
  },
};

const userList: Command = {
  name: 'user list',
  usage: '',
  summary: 'Names who may sign in.',
  options: {},
  positionals: 0,
  async run({ context, print }) {
    const rows = await accountRows((await context()).db.read)
      .where('account.email', '!=', '')
      .orderBy('account.email')
      .execute();
    for (const row of rows) {
      const one = accountOf(row);
      const demo = one.demo ? ['demonstration'] : [];
      print(`${one.email}: ${[one.role, ...one.regions, ...one.bodies, ...demo].join(', ')}`);
    }
    print(rows.length === 1 ? '1 account' : `${rows.length} accounts`);
  },
};

const userRemove: Command = {
  name: 'user remove',
  usage: 'EMAIL',
  summary: 'Ends an account and its sessions. What it did stays, without its address.',
  options: {},
  positionals: 1,
  async run({ positionals, context, print }) {
    const address = addressOf(positionals[0]);
    const ctx = await context();
    const { value } = await ctx.db.units.one(async (tx) => {
      const key = emailKey(address);
      const row = await tx.db.selectFrom('account').select('id').where('email_key', '=', key).executeTakeFirst();
      return row && removeAccount(tx, row.id);
    });
    if (value) await forget(ctx, value);
    else throw new InputRefused(`${address} has no account`);
    print(`${address} may not sign in any more.`);
  },
};

export const userCommands: readonly Command[] = [userAdd, userList, userRemove];

function addressOf(text: string | undefined): string {
  const address = v.safeParse(email, text);
  if (!address.success) throw new InputRefused(`${text} is not an e-mail address`);
  return address.output;
}

function textsOf(value: CommandCall['values'][string]): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
