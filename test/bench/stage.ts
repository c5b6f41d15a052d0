import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession } from 'playwright';
import { chromium } from 'playwright';
import * as v from 'valibot';
import { deviceBearer } from '#protocol/credential.ts';
import { enrolled } from '#protocol/enrolment.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { chromiumPath } from '../e2e/phone.ts';
import { facts } from '../support/facts.ts';
import { Gate } from '../support/gate.ts';
import { enrolmentCode, escale } from '../support/operator.ts';
import { newUuid } from '../support/protocol-client.ts';
import { ServerProcess } from '../support/server-process.ts';
import type { Bench } from './browser/page.ts';
import { bundle } from './bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = fileURLToPath(new URL('./browser/page.ts', import.meta.url));

/** A phone in a street: milliseconds there and back, bits a second, and how many times slower than this machine. */
export const STREET = { rtt: 150, bits: 1_600_000, slower: 4 } as const;

type Functions<B> = { [N in keyof B]: (...args: never[]) => unknown };

/** An open page of a benchmark. */
export interface Visit<B extends Functions<B>> {
  call<N extends keyof B>(name: N, ...args: Parameters<B[N]>): Promise<Awaited<ReturnType<B[N]>>>;
  /** Kilobytes that came in over the network while something was done, headers included, as they were compressed. */
  received(during: () => Promise<unknown>): Promise<number>;
}

/** The real server on a folder of its own, and a real browser on its origin with what `browser/page.ts` measures. */
export class Stage {
  readonly folder: string;
  readonly server: ServerProcess;
  readonly gate: Gate;
  readonly #browser: Browser;
  /** Whether what is measured from now on runs on a phone in the street. */
  street = false;

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
    gate.own.set('/bench.js', { type: 'text/javascript', body: await bundle(ROOT, PAGE) });
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
    return new Stage(folder, server, gate, browser);
  }

  /** Calls one of the page's functions in a browser profile that knows nothing yet. */
  async measure<N extends keyof Bench>(name: N, ...args: Parameters<Bench[N]>): Promise<Awaited<ReturnType<Bench[N]>>> {
    return this.visit<Bench, Awaited<ReturnType<Bench[N]>>>(`${this.gate.url}/bench.html`, ({ call }) =>
      call(name, ...args),
    );
  }

  /** Opens a page whose functions are on its `bench`, in a browser profile that knows nothing yet. */
  async visit<B extends Functions<B>, R>(address: string, work: (visit: Visit<B>) => Promise<R>): Promise<R> {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(address);
      await page.waitForFunction(() => 'bench' in globalThis);
      const devtools = await context.newCDPSession(page);
      if (this.street) await slowDown(devtools);
      let received = 0;
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength));
      return await work({
        call: async (name, ...args) =>
          page.evaluate(
            async ([fn, values]: [string, unknown[]]): Promise<unknown> =>
              (globalThis as unknown as { bench: Record<string, (...args: unknown[]) => Promise<unknown>> }).bench[fn]!(
                ...values,
              ),
            [String(name), args] as [string, unknown[]],
          ) as never,
        received: async (during) => {
          received = 0;
          await devtools.send('Network.enable');
          await during();
          if (!this.street) await devtools.send('Network.disable');
          return received / 1000;
        },
      });
    } finally {
      await context.close();
    }
  }

  async end(): Promise<void> {
    await this.#browser.close();
    await this.gate.close();
    await this.server.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function slowDown(devtools: CDPSession): Promise<void> {
  await devtools.send('Network.enable');
  const throughput = STREET.bits / 8;
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: STREET.rtt,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: STREET.slower });
}

/** The event with the most registrations. */
export async function fullestEvent({ server }: { readonly server: ServerProcess }): Promise<string> {
  const [row] = await facts(
    server.options,
    'select event_id, count(*) as n from registration group by event_id order by n desc limit 1',
  );
  if (!row) throw new Error('nobody is registered');
  return String(row['event_id']);
}

/** A door, made as a phone makes it. */
export async function enrol(
  server: ServerProcess,
  eventId: string,
): Promise<{ deviceId: string; secret: string; bearer: string }> {
  const code = enrolmentCode(server.options, eventId);
  const deviceId = newUuid();
  const secret = randomBytes(32).toString('base64url');
  const answer = await fetch(`${server.url}/api/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL) },
    body: JSON.stringify({ code, deviceId, secret, name: 'bench', door: 'bench' }),
  });
  v.parse(enrolled, await answer.json());
  return { deviceId, secret, bearer: deviceBearer(deviceId, secret) };
}
