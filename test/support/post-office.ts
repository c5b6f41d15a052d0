import { SMTPServer } from 'smtp-server';
import { freePort } from './free-port.ts';

export interface Received {
  readonly to: string;
  readonly raw: string;
}

export interface PostOffice {
  readonly url: string;
  readonly received: Received[];
  /** From now on everything is put off, or taken again. */
  readonly refuse: (how: boolean) => void;
  readonly close: () => Promise<void>;
}

/** A real SMTP server that keeps what it is given, and can be told to refuse. */
export async function postOffice(): Promise<PostOffice> {
  const received: Received[] = [];
  let refusing = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusing) return done(Object.assign(new Error('come back later'), { responseCode: 451 }));
        const to = session.envelope.rcptTo.map((one) => one.address).join();
        received.push({ to, raw: Buffer.concat(parts).toString('utf8') });
        return done();
      });
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: (how) => (refusing = how),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

/** Header and body of a mail, with what was encoded for the journey made readable again. */
export function readable(raw: string): string {
  const words = raw.replaceAll(/=\?UTF-8\?Q\?(.*?)\?=\s*/gi, (_, text: string) => quoted(text.replaceAll('_', ' ')));
  const decoded = words.replaceAll(/=\?UTF-8\?B\?(.*?)\?=\s*/gi, (_, text: string) =>
    Buffer.from(text, 'base64').toString('utf8'),
  );
  return quoted(decoded.replaceAll(/=\r?\n/g, ''));
}

function quoted(text: string): string {
  return text.replaceAll(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
}
