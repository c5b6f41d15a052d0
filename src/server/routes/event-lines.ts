import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { App } from './schemas.ts';

/** Milliseconds between comments, so that proxies and phones keep the line open and a dead one is noticed. */
const BEAT = 20_000;
/** Bytes that a reader may leave waiting before its line is cut; it asks again and gets what holds then. */
const BEHIND = 256 * 1024;

/** Streams of server-sent events of one route, ended with the server. */
export class EventLines {
  readonly #lines = new Set<Readable>();

  constructor(app: App) {
    const beat = setInterval(() => {
      for (const line of this.#lines) write(line, ':\n\n');
    }, BEAT);
    beat.unref();
    app.addHook('preClose', async () => {
      clearInterval(beat);
      for (const line of this.#lines) line.push(null);
    });
  }

  /**
   * Answers a request by a stream.
   * @param follow begins to tell, and returns what ends it
   * @param first says what holds at the start, once listening has begun, so that nothing falls between
   */
  async open(
    reply: FastifyReply,
    follow: (tell: (event: string, data: unknown) => void) => () => void,
    first?: (tell: (event: string, data: unknown) => void) => Promise<void>,
  ): Promise<FastifyReply> {
    const line = new Readable({ read: () => undefined });
    const tell = (event: string, data: unknown): void =>
      write(line, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const stop = follow(tell);
    line.once('close', () => {
      stop();
      this.#lines.delete(line);
    });
    this.#lines.add(line);
    try {
      await first?.(tell);
    } catch (error) {
      line.destroy();
      throw error;
    }
    return reply
      .header('connection', 'close')
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(line);
  }
}

function write(line: Readable, text: string): void {
  if (line.readableLength > BEHIND) line.destroy();
  else if (!line.readableEnded && !line.destroyed) line.push(text);
}
