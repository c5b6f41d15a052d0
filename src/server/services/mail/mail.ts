import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SendMailOptions } from 'nodemailer';
import { createTransport } from 'nodemailer';
import type { Config } from '#server/config.ts';

export interface Mail {
  readonly to: string;
  /** Logged: nothing secret and nothing personal. */
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** The same for those who read HTML. */
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The same for a mail that is sent again. */
  readonly messageId?: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: Buffer;
    readonly contentType: string;
  }[];
}

export interface Mailer {
  /** Returns at once: whether and how fast a mail goes out must not show in an answer. A failure is logged. */
  readonly send: (mail: Mail) => void;
  /** True once it was handed over; false when it could not be, which is logged. */
  readonly deliver: (mail: Mail) => Promise<boolean>;
  /** Resolves when nothing is on its way. */
  readonly settled: () => Promise<void>;
}

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Sends by `SMTP_URL`; without it writes `ESCALE_DATA/mail/*.eml`, each complete once its name ends so. */
export function createMailer(config: Config, log: Log): Mailer {
  const from = `Escale <escale@${config.publicUrl ? new URL(config.publicUrl).hostname : 'localhost'}>`;
  const deliver = config.smtpUrl ? bySmtp(config.smtpUrl, from) : toFolder(join(config.dataDir, 'mail'), from);
  const underway = new Set<Promise<boolean>>();
  const handOver = (mail: Mail): Promise<boolean> => {
    const sending = deliver(mail)
      .then(
        () => {
          log.info({ subject: mail.subject }, 'mail sent');
          return true;
        },
        (error: unknown) => {
          // The error of an SMTP server may quote the address.
          log.error({ subject: mail.subject, code: codeOf(error) }, 'mail could not be sent');
          return false;
        },
      )
      .finally(() => underway.delete(sending));
    underway.add(sending);
    return sending;
  };
  return {
    send: (mail) => void handOver(mail),
    deliver: handOver,
    async settled() {
      await Promise.all(underway);
    },
  };
}

function bySmtp(url: string, from: string): (mail: Mail) => Promise<void> {
  const transport = createTransport(url, { from });
  return async (mail) => {
    await transport.sendMail(messageOf(mail));
  };
}

function toFolder(folder: string, from: string): (mail: Mail) => Promise<void> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from });
  return async (mail) => {
    const { message } = await transport.sendMail(messageOf(mail));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `${Date.now()}-${randomBytes(4).toString('hex')}`;
    await writeFile(join(folder, `${name}.part`), message, { mode: 0o600 });
    await rename(join(folder, `${name}.part`), join(folder, `${name}.eml`));
  };
}

function messageOf({ attachments, headers, ...mail }: Mail): SendMailOptions {
  return {
    ...mail,
    ...(headers ? { headers: { ...headers } } : {}),
    ...(attachments ? { attachments: attachments.map((file) => ({ ...file })) } : {}),
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
