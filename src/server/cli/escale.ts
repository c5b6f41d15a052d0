import { parseArgs } from 'node:util';
import { OperatorError, readConfig } from '#server/config.ts';
import type { OpenContext } from '#server/open.ts';
import { openContext } from '#server/open.ts';
import { createLog } from '#server/log.ts';
import { backupCommands } from './backup.ts';
import type { Command } from './command.ts';
import { InputRefused } from './command.ts';
import { demoCommand } from './demo.ts';
import { deviceEnrolCommand } from './device-enrol.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { keysCommands } from './keys.ts';
import { packCommands } from './pack.ts';
import { purgeCommands } from './purge.ts';
import { userCommands } from './user.ts';

/** A new command is one file and one line here. */
const commands: readonly Command[] = [
  ...userCommands,
  deviceEnrolCommand,
  importCommand,
  exportCommand,
  ...backupCommands,
  demoCommand,
  ...packCommands,
  ...keysCommands,
  ...purgeCommands,
];

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 2 for what the operator typed or gave, 1 for what is wrong around it */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args[0] === '--help' || args[0] === 'help') {
    printHelp();
    return args.length === 0 ? 2 : 0;
  }
  const found = commands.find((c) => c.name === args.slice(0, c.name.split(' ').length).join(' '));
  if (!found) {
    console.error(`There is no command ${args[0]}. npm run escale -- --help lists what there is.`);
    return 2;
  }
  if (args.includes('--help')) {
    console.log(`${found.name} ${found.usage}\n  ${found.summary}`);
    return 0;
  }
  try {
    await execute(found, args.slice(found.name.split(' ').length));
    return 0;
  } catch (error) {
    if (error instanceof InputRefused) {
      console.error(error.message);
      return 2;
    }
    if (error instanceof OperatorError) {
      console.error(error.message);
      return 1;
    }
    throw error;
  }
}

async function execute(command: Command, args: string[]): Promise<void> {
  const { values, positionals } = parse(command, args);
  let open: Promise<OpenContext> | undefined;
  try {
    await command.run({
      values,
      positionals,
      print: (line) => console.log(line),
      context: async () => {
        open ??= openCommandContext();
        return (await open).ctx;
      },
    });
  } finally {
    await (await open?.catch(() => undefined))?.close();
  }
}

function openCommandContext(): Promise<OpenContext> {
  const config = readConfig(process.env);
  // A command answers on standard output; the log is for what goes wrong.
  return openContext(config, createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, process.stderr));
}

function parse(command: Command, args: string[]): { values: Record<string, never>; positionals: string[] } {
  try {
    const parsed = parseArgs({ args, options: command.options, allowPositionals: true, strict: true });
    if (parsed.positionals.length !== command.positionals)
      throw new InputRefused(`Usage: ${command.name} ${command.usage}`);
    return parsed as { values: Record<string, never>; positionals: string[] };
  } catch (error) {
    if (error instanceof TypeError)
      throw new InputRefused(`${error.message.split('\n')[0]} Usage: ${command.name} ${command.usage}`);
    throw error;
  }
}

function printHelp(): void {
  console.log('npm run escale -- COMMAND\n');
  for (const { name, usage, summary } of commands) console.log(`  ${name} ${usage}\n      ${summary}`);
  console.log('\nThe environment is that of the server: ESCALE_DATA, DATABASE_URL, ESCALE_PUBLIC_URL, LOG_LEVEL.');
}
