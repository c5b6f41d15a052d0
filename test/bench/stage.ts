import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { chromium } from 'playwright';
import * as v from 'valibot';
import { build } from 'vite';
import { deviceBearer } from '#protocol/credential.ts';
import { enrolled } from '#protocol/enrolment.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { chromiumPath } from '../e2e/phone.ts';
import { Gate } from '../support/gate.ts';
import { escale } from '../support/operator.ts';
import { newUuid } from '../support/protocol-client.ts';
import { ServerProcess } from '../support/server-process.ts';
import type { Bench } from './browser/page.ts';

/** The real server on a folder of its own, and a real browser on its origin with what `browser/page.ts` measures. */
export class Stage {
  readonly folder: string;
  readonly server: ServerProcess;
  readonly gate: Gate;
  readonly #browser: Browser;

  private constructor(folder: string, server: ServerProcess, gate: Gate, browser: Browser) {
    this.folder = folder;
    this.server = server;
    this.gate = gate;
    this.#browser = browser;
  }

  /** @param demo arguments of the operator's command `demo` */
  static async make(...demo: string[]): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'escale-bench-'));
    const dataDir = join(folder, 'data');
    escale({ dataDir }, 'demo', ...demo);
    const server = await ServerProcess.start({ dataDir });
    const gate = await Gate.before(server.port);
    gate.own.set('/bench.html', {
      type: 'text/html',
      body: '<!doctype html><title>Bench</title><script type="module" src="/bench.js"></script>',
    });
    gate.own.set('/bench.js', { type: 'text/javascript', body: await bundle() });
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
    return new Stage(folder, server, gate, browser);
  }

  /** Calls one of the page's functions in a browser profile that knows nothing yet. */
  async measure<N extends keyof Bench>(name: N, ...args: Parameters<Bench[N]>): Promise<Awaited<ReturnType<Bench[N]>>> {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`${this.gate.url}/bench.html`);
      await page.waitForFunction(() => 'bench' in globalThis);
      const call = async ([fn, values]: [string, unknown[]]): Promise<unknown> =>
        (globalThis as unknown as { bench: Record<string, (...args: unknown[]) => Promise<unknown>> }).bench[fn]!(
          ...values,
        );
      return (await page.evaluate(call, [name, args] as [string, unknown[]])) as Awaited<ReturnType<Bench[N]>>;
    } finally {
      await context.close();
    }
  }

  /** What the operator hands to one phone. */
  enrolmentCode(eventId: string): string {
    const printed = escale(this.server.options, 'device', 'enrol', '--event', eventId);
    const code = /#enrolement=([0-9A-Z]{20})/.exec(printed)?.[1];
    if (code === undefined) throw new Error('no enrolment code was printed');
    return code;
  }

  /** A door's credential, made as a phone makes it. */
  async enrol(eventId: string): Promise<string> {
    const code = this.enrolmentCode(eventId);
    const deviceId = newUuid();
    const secret = randomBytes(32).toString('base64url');
    const answer = await fetch(`${this.server.url}/api/v1/enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL) },
      body: JSON.stringify({ code, deviceId, secret, name: 'bench', door: 'bench' }),
    });
    v.parse(enrolled, await answer.json());
    return deviceBearer(deviceId, secret);
  }

  async end(): Promise<void> {
    await this.#browser.close();
    await this.gate.close();
    await this.server.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('./browser/page.ts', import.meta.url)), formats: ['es'], fileName: 'bench' },
    },
  });
  const output = Array.isArray(made) ? made[0]?.output : 'output' in made ? made.output : undefined;
  const code = output?.find((file) => file.type === 'chunk')?.code;
  if (code === undefined) throw new Error('the page of the benchmarks was not built');
  return code;
}
