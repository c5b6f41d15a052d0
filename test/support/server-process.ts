import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerOptions {
  /** A folder of its own: database, keys and mail. */
  readonly dataDir: string;
  /** PostgreSQL; SQLite in the folder without it. */
  readonly databaseUrl?: string;
  /** The origin that people use, when something stands in front. */
  readonly publicUrl?: string;
  /** Its port, where something has to know it beforehand; a free one otherwise. */
  readonly port?: number;
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real server in a process of its own, on a loopback port that it keeps over restarts. */
export class ServerProcess {
  readonly options: ServerOptions;
  readonly port: number;
  readonly url: string;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(options: ServerOptions, port: number) {
    this.options = options;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts it and waits until it is ready. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options, options.port ?? (await freePort()));
    await server.start();
    return server;
  }

  /** What all its processes have printed. */
  get output(): string {
    return this.#output;
  }

  /** Starts it again, after `kill` or `stop`, on the same port and data. */
  async start(): Promise<void> {
    const { dataDir, databaseUrl, publicUrl, env } = this.options;
    const { DATABASE_URL: _, ESCALE_PUBLIC_URL: __, ...environment } = process.env;
    const child = spawn(process.execPath, ['src/server/main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        PORT: String(this.port),
        HOST: '127.0.0.1',
        ESCALE_DATA: dataDir,
        LOG_LEVEL: 'info',
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        ...(publicUrl === undefined ? {} : { ESCALE_PUBLIC_URL: publicUrl }),
        ...env,
      },
    });
    this.#child = child;
    const keep = (text: string): void => void (this.#output += text);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
    await this.#untilReady(child);
  }

  /** SIGKILL: no handler runs, nothing is flushed. Resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to end, as Ctrl-C does. */
  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.running ? this.#child?.pid : undefined;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The latest message written to an address, whole; waits for it for a few seconds. */
  async mailTo(address: string): Promise<string> {
    const folder = join(this.options.dataDir, 'mail');
    for (let tries = 0; tries < 100; tries++) {
      // A message's name begins with the moment at which it was written.
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).toSorted();
      const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      const latest = mails.findLast((mail) => mail.toLowerCase().includes(`to: ${address.toLowerCase()}`));
      if (latest) return latest;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('no mail came');
  }

  async #end(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    // A first start makes the sample programme, on a machine that may be busy.
    const deadline = Date.now() + 90_000;
    for (;;) {
      if (child.exitCode !== null)
        throw new Error(`the server ended with ${child.exitCode}:\n${this.#output.slice(-4000)}`);
      // A test may kill it as soon as it listens.
      if (child.signalCode !== null) return;
      const ready = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2000) }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ready) return;
      if (Date.now() > deadline) throw new Error(`the server is not ready:\n${this.#output.slice(-4000)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
