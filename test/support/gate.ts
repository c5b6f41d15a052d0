import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import { freePort } from './free-port.ts';

/** What a gate does with a request whose body has come whole. */
export interface Passage {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

/**
 * - `open`: passes everything on.
 * - `silent`: takes requests and never answers, as a dying router does.
 * - `portal`: answers everything with a page of its own, as a captive portal does.
 * - `redirect`: sends everybody to a page of its own, as other captive portals do.
 */
export type GateMode = 'open' | 'silent' | 'portal' | 'redirect';

/** What becomes of an answer: handed on, its line cut before the first byte, or cut in the middle of it. */
export type Fate = 'pass' | 'drop' | 'half';

/** An answer that the server never gave. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type: string;
  readonly body: string | Buffer;
}

/** A reverse proxy between phones and the server, through which a test meddles with single requests. */
export class Gate {
  readonly url: string;
  mode: GateMode = 'open';
  /** Called when a request has been handed to the server whole. */
  onForwarded: ((passage: Passage) => void) | undefined;
  /** Called when the server has answered and before the phone hears of it. */
  onAnswered: ((passage: Passage, status: number) => Fate | Promise<Fate>) | undefined;
  /** Called before anything else: an answer of the gate's own, and the server hears nothing. */
  instead: ((passage: Passage) => Reply | undefined) | undefined;
  /** Answers of the gate's own, by path: pages of a benchmark on the server's origin. */
  readonly own = new Map<string, Reply>();
  readonly #server: Server;
  readonly #upstream: number;

  private constructor(server: Server, port: number, upstream: number) {
    this.#server = server;
    this.#upstream = upstream;
    this.url = `http://127.0.0.1:${port}`;
    server.on('request', (incoming, outgoing) => void this.#pass(incoming, outgoing).catch(() => outgoing.destroy()));
  }

  static async before(upstream: number): Promise<Gate> {
    const port = await freePort();
    const server = createServer();
    const gate = new Gate(server, port, upstream);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return gate;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Cuts every open line; what comes next meets the mode that is then set. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const passage = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', body: await bytesOf(incoming) };
    if (this.mode === 'silent') return;
    const own = this.own.get(passage.path) ?? this.instead?.(passage);
    if (own) {
      outgoing.writeHead(own.status ?? 200, { ...own.headers, 'content-type': own.type }).end(own.body);
      return;
    }
    if (this.mode === 'portal') {
      outgoing
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<title>Wi-Fi</title><p>Acceptez les conditions.</p>');
      return;
    }
    if (this.mode === 'redirect') {
      outgoing.writeHead(302, { location: `${this.url.replace('127.0.0.1', 'localhost')}/conditions` }).end();
      return;
    }
    const answer = await this.#forward(incoming, passage);
    const fate = (await this.onAnswered?.(passage, answer.statusCode ?? 0)) ?? 'pass';
    if (fate === 'drop') {
      answer.destroy();
      outgoing.destroy();
      return;
    }
    if (fate === 'half') {
      const whole = await bytesOf(answer);
      const { 'transfer-encoding': _, ...headers } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': whole.length });
      outgoing.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.on('error', () => outgoing.destroy());
    outgoing.on('close', () => answer.destroy());
    answer.pipe(outgoing);
  }

  #forward(incoming: IncomingMessage, passage: Passage): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { method, path, body } = passage;
      const options = {
        host: '127.0.0.1',
        port: this.#upstream,
        method,
        path,
        headers: incoming.headers,
        agent: false,
      };
      const onward = request(options, resolve);
      onward.on('error', reject);
      onward.end(body, () => this.onForwarded?.(passage));
    });
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
