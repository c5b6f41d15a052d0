import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { BackupRefused, writeBackup } from '../services/operation/backup.ts';
import { RestoreRefused, restoreBackup } from '../services/operation/restore.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';

const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE',
  summary:
    'Writes everything into one new file, database, keys, maps and mail, while the server goes on. It holds personal data and secret keys.',
  options: {},
  positionals: 1,
  run: async ({ positionals, print }) => {
    const file = resolve(positionals[0]!);
    const { rows, files, bytes } = await refusing(writeBackup(readConfig(process.env), file, Date.now()));
    print(`${file}: ${rows} rows, ${files} files, ${(bytes / 1_000_000).toFixed(1)} MB`);
  },
};

const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE [--replace]',
  summary:
    'Puts a backup back, of SQLite or PostgreSQL into either. The server must be stopped; with --replace what is there is put aside.',
  options: { replace: { type: 'boolean' } },
  positionals: 1,
  run: async ({ values, positionals, print }) => {
    const file = resolve(positionals[0]!);
    const config = readConfig(process.env);
    const { madeAt, rows, files, leftAgain, aside } = await refusing(
      restoreBackup(config, file, values['replace'] === true),
    );
    print(`As of ${madeAt}: ${rows} rows, ${files} files. Everybody signs in anew; phones load anew by themselves.`);
    print(
      leftAgain === undefined
        ? 'Who left the newsletter since then is not known here, and takes it again: each issue has the link to leave.'
        : `Left the newsletter since then, and stay away: ${leftAgain}.`,
    );
    for (const place of aside) print(`What was there is kept as ${place}: remove it when you are sure.`);
  },
};

export const backupCommands: readonly Command[] = [backupCommand, restoreCommand];

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof BackupRefused || error instanceof RestoreRefused) throw new InputRefused(error.message);
    throw error;
  }
}
