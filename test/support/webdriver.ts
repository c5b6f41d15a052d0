import * as v from 'valibot';

/** The name under which the standard hands elements over. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** A command that hangs is an error with a name, and not a test that hangs. Milliseconds. */
const PATIENCE = 60_000;

const answer = v.object({ value: v.unknown() });
const problem = v.object({ error: v.string(), message: v.string() });

/** What a script in the page may be given and may give back. */
type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** An element of the page that is open, as the driver names it. */
export interface Element {
  readonly [ELEMENT]: string;
}

/** One browser under a driver that speaks the standard (W3C WebDriver): the few commands that the tests need. */
export class WebDriver {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  /** @param server address of the driver */
  static async open(server: string, capabilities: Readonly<Record<string, unknown>>): Promise<WebDriver> {
    const value = await command('POST', `${server}/session`, { capabilities: { alwaysMatch: capabilities } });
    const { sessionId } = v.parse(v.object({ sessionId: v.string() }), value);
    return new WebDriver(`${server}/session/${sessionId}`);
  }

  /** Opens an address and waits until it is loaded. */
  async go(address: string): Promise<void> {
    await command('POST', `${this.#session}/url`, { url: address });
  }

  /** Runs a function in the page. It is sent as text: it sees nothing but its arguments and the page. */
  async run<A extends readonly Json[], R>(work: (...args: A) => R, ...args: A): Promise<R> {
    const script = `return (${work.toString()}).apply(null, arguments)`;
    return (await command('POST', `${this.#session}/execute/sync`, { script, args })) as R;
  }

  /** The element that a function in the page finds; undefined as long as there is none. */
  async find<A extends readonly Json[]>(work: (...args: A) => unknown, ...args: A): Promise<Element | undefined> {
    const found: unknown = await this.run(work, ...args);
    return v.is(v.object({ [ELEMENT]: v.string() }), found) ? found : undefined;
  }

  /** Presses an element as a finger does: it has to be in sight and uncovered. */
  async click(element: Element): Promise<void> {
    await command('POST', `${this.#session}/element/${element[ELEMENT]}/click`, {});
  }

  /** Empties a field and types into it. */
  async type(element: Element, text: string): Promise<void> {
    await command('POST', `${this.#session}/element/${element[ELEMENT]}/clear`, {});
    await command('POST', `${this.#session}/element/${element[ELEMENT]}/value`, { text });
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    await command('DELETE', this.#session);
  }
}

async function command(method: 'POST' | 'DELETE', address: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method,
    signal: AbortSignal.timeout(PATIENCE),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const { value } = v.parse(answer, await response.json());
  if (response.ok) return value;
  const said = v.safeParse(problem, value);
  throw new Error(
    `${method} ${new URL(address).pathname}: ${said.success ? `${said.output.error}: ${said.output.message}` : response.status}`,
  );
}
