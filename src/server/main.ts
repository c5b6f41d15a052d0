import type { Config } from './config.ts';
import { OperatorError, readConfig } from './config.ts';
import { buildApp } from './app.ts';
import { TransientError } from './db/transient.ts';
import { createLog } from './log.ts';
import { openContext } from './open.ts';
import type { App } from './routes/schemas.ts';
import { demoAccounts } from './services/people/accounts.ts';
import { rememberAddress } from './services/operation/address.ts';
import { endAllotments } from './services/door/allotments.ts';
import { compactAll } from './services/sync/compaction.ts';
import { sendLetters } from './services/mail/letters.ts';
import { sendProposalLetters } from './services/proposing/proposal-letters.ts';
import { createMailer } from './services/mail/mail.ts';
import { sendPushes } from './services/mail/push-sending.ts';
import { sendNewsletters } from './services/mail/newsletter-sending.ts';
import { loadSample, refreshSample } from './services/operation/sample.ts';
import { DEMO_CODE } from './services/people/sign-in.ts';

/** Milliseconds between two looks for logs that have grown enough to be compacted. */
const COMPACT_EVERY = 600_000;
/** Milliseconds between two looks for seats of doors that are over. */
const END_EVERY = 60_000;
/** Milliseconds between two looks for letters that are due. */
const LETTERS_EVERY = 3000;
/** Milliseconds between two looks for keys that the operator has made or revoked. */
const KEYS_EVERY = 2000;
/** Milliseconds that requests under way get to end before the process does. */
const DRAIN = 5000;

try {
  await start();
} catch (error) {
  // What an operator can mend is told in one line; anything else is a fault of ours and shown whole.
  console.error(error instanceof OperatorError || error instanceof TransientError ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const { ctx, close } = await openContext(config, log);
  if ((await loadSample(ctx)) === 'present') await refreshSample(ctx);
  const app = await buildApp(ctx);
  const address = await listen(app, config);
  await rememberAddress(ctx, address).catch((error: unknown) =>
    log.warn({ err: error }, 'the address could not be kept for the operator'),
  );

  const mailer = createMailer(config, log);
  const every = (milliseconds: number, failed: string, work: () => Promise<unknown>): NodeJS.Timeout => {
    let under = false;
    return setInterval(() => {
      // What takes longer than its turn skips the next.
      if (under) return;
      under = true;
      work()
        .catch((error: unknown) => log.warn({ err: error }, failed))
        .finally(() => (under = false));
    }, milliseconds);
  };
  const timers = [
    every(KEYS_EVERY, 'the ticket keys could not be read again', () => ctx.keys.reload()),
    every(COMPACT_EVERY, 'the logs could not be compacted', () => compactAll(ctx)),
    every(END_EVERY, 'seats of doors could not be given back', () => endAllotments(ctx)),
    every(LETTERS_EVERY, 'letters could not be sent', () => sendLetters(ctx, mailer)),
    every(LETTERS_EVERY, 'letters about proposals could not be sent', () => sendProposalLetters(ctx, mailer)),
    every(LETTERS_EVERY, 'devices could not be told of changes', () => sendPushes(ctx)),
    every(LETTERS_EVERY, 'the newsletter could not be sent', () => sendNewsletters(ctx, mailer)),
  ];

  let ending = false;
  const end = (): void => {
    if (ending) process.exit(1);
    ending = true;
    for (const timer of timers) clearInterval(timer);
    const deadline = setTimeout(() => process.exit(0), DRAIN);
    deadline.unref();
    app
      .close()
      .then(() => mailer.settled())
      .then(close)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the server did not end well');
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);

  console.log(`Escale: ${address}`);
  const accounts = config.loopback ? await demoAccounts(ctx) : [];
  if (accounts.length > 0) {
    console.log(`Demonstration accounts, on this machine only: ${address}/connexion with code ${DEMO_CODE}`);
    for (const { email, role, regions } of accounts) console.log(`  ${email} (${[role, ...regions].join(', ')})`);
  }
}

/** @returns the address to open */
async function listen(app: App, config: Config): Promise<string> {
  const { host, port, publicUrl } = config;
  try {
    const listening = await app.listen({ host, port });
    return publicUrl ?? listening;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'EADDRINUSE') throw new OperatorError(`PORT: ${port} on ${host} is already in use`);
    if (code === 'EACCES') throw new OperatorError(`PORT: this user may not listen on ${port}`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new OperatorError(`HOST: ${host} is no address of this machine`);
    }
    throw error;
  }
}
