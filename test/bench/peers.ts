import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { bundle } from './bundle.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A package of its own: one here would take the project's own `#…` imports from what stands beside it. */
const PEERS = join(HERE, 'peers');
const MARK = join(PEERS, 'node_modules/.installed');

/** Those whose pages are in `peers/`. */
export const peerNames = { rxdb: 'RxDB 17', pouchdb: 'PouchDB 9' } as const;
export type Peer = keyof typeof peerNames;

/** What every peer's page can do. Times are milliseconds. */
export interface PeerBench {
  /** Replicates a collection of the server's: at first everything, afterwards what has changed. */
  load(collection: string): Promise<number>;
  /** How many items are on the device. */
  count(): Promise<number>;
  /** Writes down on the device what is to be sent. */
  queue(docs: readonly object[]): Promise<void>;
  /** Sends it. */
  send(collection: string): Promise<number>;
}

/** The peers' servers with their pages, in a process of their own. */
export class Peers {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** Undefined when the peers cannot be installed, as where there is no network. */
  static async make(folder: string, log: (line: string) => void): Promise<Peers | undefined> {
    if (!install(log)) return undefined;
    const pages = join(folder, 'peers/pages');
    await mkdir(pages, { recursive: true });
    // Our own page as well: the floor of what is sent is their server's.
    const entries = { escale: 'browser/page.ts', rxdb: 'peers/rxdb-page.mjs', pouchdb: 'peers/pouchdb-page.mjs' };
    for (const [name, entry] of Object.entries(entries)) {
      await writeFile(join(pages, `${name}.js`), await bundle(HERE, join(HERE, entry)));
      await writeFile(
        join(pages, `${name}.html`),
        `<!doctype html><title>${name}</title><script type="module" src="/pages/${name}.js"></script>`,
      );
    }
    const port = await freePort();
    const child = spawn(process.execPath, [join(PEERS, 'server.mjs'), join(folder, 'peers'), String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGKILL'));
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error("the peers' server did not start")));
    });
    return new Peers(`http://127.0.0.1:${port}`, child);
  }

  /** Puts items into a collection of both servers, in the place of those with the same id. */
  async fill(collection: string, docs: readonly object[]): Promise<void> {
    for (let at = 0; at < docs.length; at += 5000) {
      const body = JSON.stringify(docs.slice(at, at + 5000));
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${this.url}/fill/${collection}`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`the peers' server took nothing: ${answer.status}`);
    }
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

/** `npm ci` beside the lockfile of the peers, once. */
function install(log: (line: string) => void): boolean {
  const lock = createHash('sha256')
    .update(readFileSync(join(PEERS, 'package-lock.json')))
    .digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === lock) return true;
  log('installing the peers');
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const args = ['ci', '--no-audit', '--no-fund'];
  const [command, first] = npm && node ? [node, [npm]] : ['npm', []];
  const done = spawnSync(command, [...first, ...args], { cwd: PEERS, encoding: 'utf8' });
  if (done.status === 0) writeFileSync(MARK, lock);
  else log(`the peers cannot be installed, so there is nothing beside us: ${done.stderr.trim().split('\n').at(-1)}`);
  return done.status === 0;
}
