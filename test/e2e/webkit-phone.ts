import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import type { Element } from '../support/webdriver.ts';
import { WebDriver } from '../support/webdriver.ts';

const BROWSER = fileURLToPath(new URL('../support/webkit-browser.py', import.meta.url));
const SIZE = { width: 390, height: 844 };
/** Milliseconds; a browser that draws without a graphics card, on a machine that may be busy. */
const PATIENCE = { timeout: 60_000 };

/** What can be looked for, and as what it is written. */
const ROLES = {
  link: 'a[href]',
  button: 'button',
  textbox: 'input:not([type]), input[type="text"], input[type="email"], textarea',
  searchbox: 'input[type="search"]',
  heading: 'h1',
  status: '[role="status"], output',
  image: '[role="img"], img',
} as const;
type Role = keyof typeof ROLES;

/** A screen that nobody sees and WebKit's driver on it; phones are opened on it, one at a time. */
export class WebKitBench {
  readonly #processes: readonly ChildProcess[];
  readonly #driver: string;

  private constructor(processes: readonly ChildProcess[], driver: string) {
    this.#processes = processes;
    this.#driver = driver;
  }

  static async make(): Promise<WebKitBench> {
    const screen = ['-screen', '0', '1024x1024x24', '-nolisten', 'tcp', '-displayfd', '1'];
    const xvfb = spawn('/usr/bin/Xvfb', screen, { stdio: ['ignore', 'pipe', 'ignore'] });
    const display = await firstLine(xvfb);
    const port = await freePort();
    const driver = spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${display}`,
        GDK_BACKEND: 'x11',
        NO_AT_BRIDGE: '1',
        GSETTINGS_BACKEND: 'memory',
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_DMABUF_RENDERER: '1',
        LANG: 'C.UTF-8',
      },
    });
    const processes = [driver, xvfb];
    for (const child of processes) process.once('exit', () => child.kill('SIGKILL'));
    const address = `http://127.0.0.1:${port}`;
    await expect.poll(() => answers(`${address}/status`), PATIENCE).toBe(true);
    return new WebKitBench(processes, address);
  }

  /** Opens the browser whose profile is in a folder, or the same one again. */
  async phone(home: string, origin: string): Promise<WebKitPhone> {
    await mkdir(home, { recursive: true });
    const args = [BROWSER, home, String(SIZE.width), String(SIZE.height)];
    const options = { binary: '/usr/bin/python3', args };
    return new WebKitPhone(await WebDriver.open(this.#driver, { 'webkitgtk:browserOptions': options }), origin);
  }

  async end(): Promise<void> {
    for (const child of this.#processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }
}

/** What a process says first. */
async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error('the process said nothing');
}

function answers(address: string): Promise<boolean> {
  return fetch(address, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** WebKit as an attendee has it, by the names that a screen reader hears. Every step waits until it can be taken. */
export class WebKitPhone {
  readonly driver: WebDriver;
  readonly #origin: string;

  constructor(driver: WebDriver, origin: string) {
    this.driver = driver;
    this.#origin = origin;
  }

  async open(path: string): Promise<void> {
    await this.driver.go(this.#origin + path);
  }

  async press(role: Role, name: string): Promise<void> {
    await this.#does(role, name, (element) => this.driver.click(element));
  }

  async type(role: Role, name: string, text: string): Promise<void> {
    await this.#does(role, name, async (element) => {
      await this.driver.type(element, text);
      // A field that was drawn anew meanwhile has none of it, and is typed into again.
      const kept = await this.driver.run(valueIn, ROLES[role], name);
      if (kept !== text) throw new Error(`${name} holds « ${kept} »`);
    });
  }

  /** Presses a button that goes away by being pressed, again where the page moved under the finger, until a state is told. */
  async submit(name: string, state: string): Promise<void> {
    await expect(async () => {
      if ((await this.names('status')).some((said) => said.includes(state))) return;
      const button = await this.driver.find(look, ROLES.button, name);
      if (button) await this.driver.click(button);
      await expect.poll(() => this.names('status'), { timeout: 5000 }).toContainEqual(expect.stringContaining(state));
    }).toPass(PATIENCE);
  }

  /** Waits until something is on the page. */
  async sees(role: Role, name: string): Promise<void> {
    await expect.poll(() => this.names(role), PATIENCE).toContainEqual(expect.stringContaining(name));
  }

  /** Waits until the map stands. */
  async seesMap(): Promise<void> {
    await expect.poll(() => this.driver.run(hasMap), PATIENCE).toBe(true);
  }

  /** What things of a role are called, in the order of the page. */
  names(role: Role): Promise<readonly string[]> {
    return this.driver.run(look, ROLES[role], null) as Promise<readonly string[]>;
  }

  async #does(role: Role, name: string, work: (element: Element) => Promise<void>): Promise<void> {
    // What is found may be drawn anew before it is pressed: then it is found again.
    await expect(async () => {
      const element = await this.driver.find(look, ROLES[role], name);
      if (!element) throw new Error(`there is no ${role} called ${name}: ${(await this.names(role)).join(', ')}`);
      await work(element);
    }).toPass(PATIENCE);
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  /** Until the service worker can serve the app by itself. */
  async untilInstalled(): Promise<void> {
    await expect.poll(() => this.driver.run(isInstalled), PATIENCE).toBe(true);
  }
}

// What follows runs in the page.

/** The names of what is in the page and shown, or the first such thing whose name has a text in it. */
function look(selector: string, name: string | null): string[] | globalThis.Element | undefined {
  const nameOf = (element: globalThis.Element): string => {
    const [label] = 'labels' in element ? ((element.labels as NodeListOf<HTMLLabelElement> | null) ?? []) : [];
    const said = element.getAttribute('aria-label') ?? label?.textContent ?? element.getAttribute('alt');
    return (said ?? element.textContent).replace(/\s+/g, ' ').trim();
  };
  const shown = [...document.querySelectorAll(selector)].filter((element) => element.getClientRects().length > 0);
  return name === null ? shown.map(nameOf) : shown.find((element) => nameOf(element).includes(name));
}

function valueIn(selector: string, name: string): string | undefined {
  const fields = [...document.querySelectorAll<HTMLInputElement>(selector)];
  const called = (field: HTMLInputElement): string =>
    field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? '';
  return fields.find((field) => called(field).includes(name))?.value;
}

function hasMap(): boolean {
  return document.querySelector('.leaflet-container') !== null;
}

function isInstalled(): boolean {
  return navigator.serviceWorker.controller?.state === 'activated';
}
