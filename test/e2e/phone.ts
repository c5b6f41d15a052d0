import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { chromium, firefox } from '@playwright/test';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PhoneOptions {
  /** Where the browser keeps its profile: the same folder is the same phone. */
  readonly home: string;
  /** The server's address as this phone knows it. */
  readonly origin: string;
  readonly language?: 'fr' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
  /** A film for the camera, an absolute path. Chromium alone. */
  readonly camera?: string;
  /** The camera is opened only once it is allowed, as a browser does that asks; else at once. */
  readonly asksForCamera?: boolean;
  readonly engine?: 'chromium' | 'firefox';
  /** Where another program may look into the browser. Chromium alone. */
  readonly debuggingPort?: number;
}

/** A browser with a profile of its own that outlives being closed, as an app on a phone does. */
export class Phone {
  readonly origin: string;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #options: PhoneOptions;
  readonly engine: 'chromium' | 'firefox';
  /** Errors that no code caught; a test looks at them at its end. */
  readonly errors: string[] = [];

  private constructor(options: PhoneOptions, context: BrowserContext, page: Page) {
    this.#options = options;
    this.origin = options.origin;
    this.engine = options.engine ?? 'chromium';
    this.context = context;
    this.page = page;
    this.#listen(page);
  }

  /** One more tab of the same app. */
  async tab(): Promise<Page> {
    const page = await this.context.newPage();
    this.#listen(page);
    return page;
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => {
      const text = error.stack ?? error.message;
      // Firefox tells also of files whose page was left while they came: no code threw, and there is no stack.
      if (!/\n(undefined)?$/.test(text)) this.errors.push(text);
    });
  }

  static async open(options: PhoneOptions): Promise<Phone> {
    await mkdir(options.home, { recursive: true });
    const film = options.camera
      ? [
          '--use-fake-device-for-media-stream',
          ...(options.asksForCamera ? [] : ['--use-fake-ui-for-media-stream']),
          `--use-file-for-fake-video-capture=${options.camera}`,
        ]
      : [];
    const looking = options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`];
    const common = {
      baseURL: options.origin,
      viewport: options.size ?? { width: 390, height: 844 },
      locale: options.language === 'en' ? 'en-GB' : 'fr-FR',
      timezoneId: 'Europe/Paris',
    };
    const context =
      options.engine === 'firefox'
        ? await firefox.launchPersistentContext(options.home, {
            ...common,
            channel: 'moz-firefox',
            executablePath: firefoxPath(),
          })
        : await chromium.launchPersistentContext(options.home, {
            ...common,
            executablePath: chromiumPath(),
            args: [...FLAGS, ...film, ...looking],
            colorScheme: options.theme ?? 'light',
            serviceWorkers: 'allow',
          });
    context.setDefaultTimeout(20_000);
    const page = context.pages()[0] ?? (await context.newPage());
    return new Phone(options, context, page);
  }

  /** The app is swiped away. */
  async close(): Promise<void> {
    await this.context.close();
  }

  /** The same phone, opened again. */
  async reopen(change: Partial<PhoneOptions> = {}): Promise<Phone> {
    await this.close();
    return Phone.open({ ...this.#options, ...change });
  }

  /** Until it can serve the pages of the desk as well, one of which was opened here. */
  async untilDeskInstalled(): Promise<void> {
    await this.untilInstalled();
    await this.page.evaluate(async () => {
      const worker = await (await fetch('/service-worker.js')).text();
      const files = [...worker.matchAll(/\{"desk":true[^}]*?"url":"([^"]+)"/g)].map(([, url]) => `/${url}`);
      if (files.length === 0) throw new Error('no file is of the desk');
      for (const url of files)
        while (!(await caches.match(url))) await new Promise((resolve) => setTimeout(resolve, 200));
    });
  }

  /** Until the service worker can serve the app by itself. */
  async untilInstalled(): Promise<void> {
    await this.page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      while (active && active.state !== 'activated') {
        await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
      }
      if (!navigator.serviceWorker.controller && (await caches.keys()).length === 0)
        throw new Error('nothing is cached');
    });
  }
}

/** The Chromium that is there: named by the environment, the distribution's, or Playwright's own. */
export function chromiumPath(): string {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const downloaded = downloads('chromium-', 'chrome-linux/chrome', 'chrome-linux64/chrome');
  return found('Chromium', [process.env['CHROMIUM'], ...installed, ...downloaded]);
}

/** The Firefox that is there, likewise. */
function firefoxPath(): string {
  const downloaded = downloads('firefox-', 'firefox/firefox');
  return found('Firefox', [process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox', ...downloaded]);
}

function found(name: string, paths: readonly (string | undefined)[]): string {
  const path = paths.find((one) => one !== undefined && existsSync(one));
  if (path === undefined) throw new Error(`no ${name} is installed (npm test installs one)`);
  return path;
}

/** Where Playwright puts a browser. */
function downloads(prefix: string, ...binaries: readonly string[]): string[] {
  const cache = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  const folders = readdirSync(cache).filter((name) => name.startsWith(prefix));
  return folders.flatMap((name) => binaries.map((binary) => join(cache, name, binary)));
}
