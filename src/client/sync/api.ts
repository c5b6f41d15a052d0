import * as v from 'valibot';
import type { ClockOffset, Exchange } from '#domain/clock.ts';
import { offsetBy } from '#domain/clock.ts';
import { accountBearer } from '#protocol/credential.ts';
import type { Problem } from '#protocol/problem.ts';
import { problem } from '#protocol/problem.ts';
import { MAX_MUTATIONS } from '#protocol/push.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';

/**
 * What came of a request. `unreachable`: no network, no answer in time, or an answer that is not our server's: a captive
 * portal's page, a proxy's error (D2). A `problem` is our server's own word.
 */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryAfter?: number }
  | { readonly kind: 'unreachable' };

export interface Call {
  readonly path: string;
  readonly bearer?: string | undefined;
  /** Sent as JSON by POST, or as what was packed before; without it the request is a GET. */
  readonly body?: unknown;
  /** Milliseconds until the whole answer must be there, on a line that is not known to be slow. */
  readonly deadline?: number;
  /** Pages named by their hash may come from the browser's own cache. */
  readonly cacheable?: boolean;
}

const DEADLINE = 20_000;
/** Characters from which a body goes up compressed: at a venue the way up is the narrow one. */
const COMPRESS_FROM = 4096;
/** How many times its deadline a request gets at most. */
const MOST_PATIENT = 3;

/** A body that was made while another request was being answered: its JSON, and the gzip of it where that is worth while. */
export class Packed {
  readonly text: string;
  readonly zipped: ArrayBuffer | undefined;

  constructor(text: string, zipped: ArrayBuffer | undefined) {
    this.text = text;
    this.zipped = zipped;
  }
}

/** The server as sync sees it. */
export class Api {
  private readonly origin: string;
  /** Mutations in one push. */
  batch = MAX_MUTATIONS;
  /** Called with what each exchange that tells it says of the device's clock. */
  onClock: ((measured: ClockOffset) => void) | undefined;
  /** Times the deadline: a line on which every answer takes longer would otherwise never bring one. */
  private patience = 1;
  /** Off once something between us and the server has stood in the way of a compressed body. */
  private compresses = typeof CompressionStream !== 'undefined';

  /** @param origin empty for the page's own */
  constructor(origin = '') {
    this.origin = origin;
  }

  /** A JSON answer, parsed. */
  async json<S extends v.GenericSchema>(call: Call, schema: S): Promise<Answer<v.InferOutput<S>>> {
    const [sent, began] = [Date.now(), performance.now()];
    const answer = await this.bytes(call);
    if (answer.kind !== 'ok') return answer;
    const [received, elapsed] = [Date.now(), performance.now() - began];
    const parsed = v.safeParse(schema, parseJson(answer.value));
    // Our server says only what the protocol says: another shape is another protocol, as good as no answer.
    if (!parsed.success) return { kind: 'unreachable' };
    this.measure(parsed.output, { sent, received, elapsed });
    return { kind: 'ok', value: parsed.output };
  }

  /** Makes a body before its request can leave. @param json made already */
  async pack(json: string): Promise<Packed> {
    return new Packed(json, this.compresses && json.length >= COMPRESS_FROM ? await gzip(json) : undefined);
  }

  private async packed(body: unknown): Promise<Packed> {
    return body instanceof Packed ? body : this.pack(JSON.stringify(body));
  }

  /** The bytes of a JSON answer, unread; empty after a 204. */
  async bytes(call: Call): Promise<Answer<Uint8Array<ArrayBuffer>>> {
    const allowed = call.deadline ?? DEADLINE;
    const began = performance.now();
    try {
      const body = call.body === undefined ? undefined : await this.packed(call.body);
      const text = body?.text;
      const zipped = this.compresses ? body?.zipped : undefined;
      const signal = AbortSignal.timeout(allowed * this.patience);
      const response = await fetch(`${this.origin}/api/v1${call.path}`, { ...init(call, zipped ?? text), signal });
      const ours = response.headers.has(PROTOCOL_HEADER);
      if (zipped && (!ours || response.status === 415)) this.compresses = false;
      if (!ours) return { kind: 'unreachable' };
      const type = response.headers.get('content-type')?.split(';')[0];
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (performance.now() - began < allowed / 2) this.patience = 1;
      if (response.status === 204) return { kind: 'ok', value: bytes };
      if (response.ok) {
        return type === 'application/json' ? { kind: 'ok', value: bytes } : { kind: 'unreachable' };
      }
      const parsed = v.safeParse(problem, type === 'application/problem+json' ? parseJson(bytes) : undefined);
      if (!parsed.success) return { kind: 'unreachable' };
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      return {
        kind: 'problem',
        problem: parsed.output,
        ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfter: seconds * 1000 } : {}),
      };
    } catch (error) {
      if (isTimeout(error)) this.patience = Math.min(MOST_PATIENT, this.patience + 1);
      // No network, a redirect, the deadline: whatever it was, there is no answer.
      return { kind: 'unreachable' };
    }
  }

  /** A range of the bytes that a path stands for, `end` included; `problem` when the server has them no more. */
  async part(path: string, start: number, end: number, deadline: number): Promise<Answer<ArrayBuffer>> {
    try {
      const { headers, ...rest } = init({ path }, undefined);
      const response = await fetch(`${this.origin}/api/v1${path}`, {
        ...rest,
        headers: { ...headers, range: `bytes=${start}-${end}` },
        signal: AbortSignal.timeout(deadline * this.patience),
      });
      if (!response.headers.has(PROTOCOL_HEADER)) return { kind: 'unreachable' };
      const body = await response.arrayBuffer();
      if (response.ok) {
        const whole = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${start}-`);
        return whole && body.byteLength === end - start + 1 ? { kind: 'ok', value: body } : { kind: 'unreachable' };
      }
      const parsed = v.safeParse(problem, parseJson(new Uint8Array(body)));
      return parsed.success ? { kind: 'problem', problem: parsed.output } : { kind: 'unreachable' };
    } catch (error) {
      if (isTimeout(error)) this.patience = Math.min(MOST_PATIENT, this.patience + 1);
      return { kind: 'unreachable' };
    }
  }

  /** An open answer of server-sent events; undefined when it is not ours. */
  async stream(path: string, bearer: string | undefined, signal: AbortSignal): Promise<ReadableStream | undefined> {
    try {
      const call: Call = { path, bearer };
      // Whatever somebody waits for comes first; and what measures when a page has come does not wait for the line to end.
      const asked: RequestInit = { ...init(call, undefined), priority: 'low', signal };
      const response = await fetch(`${this.origin}/api/v1${path}`, asked);
      const ours = response.ok && response.headers.has(PROTOCOL_HEADER);
      const events = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      if (ours && events && response.body) return response.body;
      await response.body?.cancel();
      return undefined;
    } catch {
      return undefined;
    }
  }

  private measure(value: unknown, exchange: Omit<Exchange, 'server'>): void {
    if (!this.onClock || typeof value !== 'object' || value === null || !('serverTime' in value)) return;
    const server = Date.parse(String(value.serverTime));
    if (Number.isFinite(server)) this.onClock(offsetBy({ ...exchange, server }));
  }
}

const ACCOUNT = accountBearer('');

/** @param body JSON, or its gzip */
function init(call: Call, body: string | ArrayBuffer | undefined): RequestInit {
  return {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL),
      ...(call.bearer === undefined ? {} : { authorization: `Bearer ${call.bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(body instanceof ArrayBuffer ? { 'content-encoding': 'gzip' } : {}),
    },
    ...(body === undefined ? {} : { body }),
    redirect: 'error',
    // Nobody's cookie goes with what somebody else did; a signed-in person's goes with what is said to be theirs.
    credentials: call.bearer?.startsWith(ACCOUNT) ? 'same-origin' : 'omit',
    referrerPolicy: 'no-referrer',
    cache: call.cacheable ? 'default' : 'no-store',
  };
}

/** Straight into the stream: a blob's own would fetch each part from another process. */
function gzip(text: string): Promise<ArrayBuffer> {
  const { readable, writable } = new CompressionStream('gzip');
  const writer = writable.getWriter();
  const zipped = new Response(readable).arrayBuffer();
  // What is wrong with them whoever reads hears of.
  writer.write(new TextEncoder().encode(text)).catch(() => undefined);
  writer.close().catch(() => undefined);
  return zipped;
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Why a run of sync cannot go on now. */
export type Trouble =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failing'; readonly retryAfter?: number }
  | { readonly kind: 'protocol_too_old' };

/** What ends a run whatever was asked; undefined when the answer is for the one who asked. */
export function troubleOf(answer: Answer<unknown>): Trouble | undefined {
  if (answer.kind === 'ok') return undefined;
  if (answer.kind === 'unreachable') return { kind: 'unreachable' };
  switch (answer.problem.code) {
    case 'protocol_too_old':
      return { kind: 'protocol_too_old' };
    case 'busy':
    case 'internal':
    case 'too_many_requests':
      return { kind: 'failing', ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }) };
    default:
      return undefined;
  }
}
