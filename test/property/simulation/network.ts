import type { PushResponse } from '#protocol/push.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import type { Prng } from './prng.ts';
import type { Scheduler } from './scheduler.ts';
import { Actor } from './scheduler.ts';
import { insideTransaction } from './store/memory-database.ts';
import type { Request, Reply } from './server/edge.ts';

/**
 * What becomes of a request. `late`: given up by the device and delivered all the same, some time after; `twice`: delivered
 * once more, some time after; `cut`: the answer ends in the middle; `portal`, `proxy`: somebody else answers.
 */
export type Fate = 'arrives' | 'lost' | 'late' | 'twice' | 'unanswered' | 'cut' | 'portal' | 'proxy' | 'limited';
export type Weather = Readonly<Partial<Record<Fate, number>>>;

export const fine: Weather = { arrives: 1 };

/** Where a tab's requests come from, and who watches them. */
export interface Sender {
  readonly actor: Actor;
  readonly online: () => boolean;
  /** The account that its browser's cookie names. */
  readonly session: () => string | undefined;
}

export interface NetworkHost {
  readonly scheduler: Scheduler;
  readonly random: Prng;
  readonly now: () => number;
  readonly weather: () => Weather;
  readonly senderOf: (host: string) => Sender;
  readonly serve: (request: Request) => Promise<Reply | undefined>;
  readonly sent: (sender: Sender, request: Request) => void;
  readonly answered: (request: Request, reply: Reply) => void;
  readonly trace: (line: string) => void;
}

const PORTAL = new TextEncoder().encode('<!doctype html><title>Wi-Fi gratuit</title>');

/** Deliberate breaks, to show that the oracle sees them. */
export interface Breaks {
  /** What a tab sends instead. */
  sends?: (sender: Sender, request: Request) => Request;
  /** What reaches the server instead, the first time or again. */
  arrives?: (request: Request, again: boolean) => Request;
  /** What the server answers instead. */
  answers?: (request: Request, reply: Reply) => Reply;
  /** What a tab understands instead. */
  receives?: (request: Request, reply: Reply) => Reply;
}

/** Every request of every tab: between sending, arriving, answering and receiving anything may come in between. */
export class Network {
  readonly #host: NetworkHost;
  readonly #wire: Actor;
  readonly breaks: Breaks = {};

  constructor(host: NetworkHost) {
    this.#host = host;
    this.#wire = new Actor('wire', host.now);
  }

  fetch = async (input: string | URL | globalThis.Request, init?: RequestInit): Promise<Response> => {
    const { scheduler, random, weather, senderOf, sent, trace } = this.#host;
    const url = new URL(input as string);
    const sender = senderOf(url.hostname);
    if (insideTransaction()) throw new Error('A2: a request inside a transaction');
    const headers = new Headers(init?.headers);
    const made: Request = {
      path: url.pathname.replace('/api/v1', ''),
      query: url.searchParams,
      bearer: headers.get('authorization')?.replace('Bearer ', ''),
      body: init?.body as string | undefined,
      session: sender.session(),
    };
    const request = this.breaks.sends?.(sender, made) ?? made;
    sent(sender, request);
    const fate = random.weighted(weather());
    await scheduler.gate(sender.actor, `send ${request.path}`);
    if (!sender.online()) throw new TypeError('no network');
    // Hashes are of content, which differs from life to life.
    if (fate !== 'arrives') trace(`${sender.actor.name}'s ${request.path.replace(/[0-9a-f]{64}/, 'HASH')}: ${fate}`);
    if (fate === 'lost') throw new TypeError('lost');
    if (fate === 'portal') return response(200, 'text/html', PORTAL, false);
    if (fate === 'proxy') return response(502, 'text/html', PORTAL, false);
    if (fate === 'limited') return response(429, 'application/problem+json', LIMITED, true, '3');
    const delivered = this.#deliver(request, false);
    if (fate === 'late') throw new TypeError('no answer in time');
    if (fate === 'twice') void this.#deliver(request, true);
    const answered = await delivered;
    await scheduler.gate(sender.actor, `receive ${request.path}`);
    if (!answered || !sender.online() || fate === 'unanswered') throw new TypeError('the connection was lost');
    const reply = this.breaks.receives?.(request, answered) ?? answered;
    return response(reply.status, reply.type, fate === 'cut' ? undefined : reply.body, true);
  };

  /** Undefined when the server died over it, or was not there. */
  async #deliver(made: Request, again: boolean): Promise<Reply | undefined> {
    const request = this.breaks.arrives?.(made, again) ?? made;
    await this.#host.scheduler.gate(this.#wire, `arrive ${request.path}`);
    const served = await this.#host.serve(request);
    if (!served) return undefined;
    const reply = this.breaks.answers?.(request, served) ?? served;
    this.#host.answered(request, reply);
    return reply;
  }
}

const LIMITED = new TextEncoder().encode(
  JSON.stringify({ type: 'urn:escale:problem:too_many_requests', title: '', status: 429, code: 'too_many_requests' }),
);

/** As much of a response as the client looks at. Without a body: it ends before its end. */
function response(status: number, type: string, body: Uint8Array | undefined, ours: boolean, retry?: string): Response {
  const headers = new Headers(type === '' ? {} : { 'content-type': type });
  if (ours) headers.set(PROTOCOL_HEADER, String(PROTOCOL));
  if (retry !== undefined) headers.set('retry-after', retry);
  const arrayBuffer = async (): Promise<ArrayBuffer> => {
    if (!body) throw new TypeError('terminated');
    return new Uint8Array(body).buffer;
  };
  return { status, ok: status >= 200 && status < 300, headers, arrayBuffer } as Response;
}

/** The answer of a push, when it is one. */
export function pushAnswer(request: Request, reply: Reply): PushResponse | undefined {
  return request.path === '/push' && reply.status === 200 ? (reply.said as PushResponse) : undefined;
}
