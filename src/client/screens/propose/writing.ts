import type { ProposalContent } from '#domain/proposal.ts';

/** What a form writes through: the store's own functions, or a test's. */
export interface WritingPort {
  /** Writes a new one down; resolves with its id. */
  readonly begin: (content: ProposalContent) => Promise<string>;
  readonly save: (id: string, content: ProposalContent) => Promise<void>;
  /** Lets what is written go out. */
  readonly send: (id: string) => Promise<void>;
}

export type WritingState = 'idle' | 'writing' | 'kept' | 'failed';

/** Milliseconds without a letter after which the words go out: each letter is kept, not each is sent. */
const PAUSE = 2500;

/**
 * Writes a form down as it is typed: at once, one write at a time, the latest words always last. What could not be written is tried
 * again with the next letter and when the page is left.
 */
export class Writing {
  readonly #port: WritingPort;
  readonly #onState: (state: WritingState, id: string | undefined) => void;
  #id: string | undefined;
  #wanted: ProposalContent | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsent = false;

  constructor(
    port: WritingPort,
    id: string | undefined,
    onState: (state: WritingState, id: string | undefined) => void,
  ) {
    this.#port = port;
    this.#id = id;
    this.#onState = onState;
  }

  put(content: ProposalContent): void {
    this.#wanted = content;
    void this.#run();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), PAUSE);
  }

  /** Resolves with the id once everything is written and on its way; undefined when nothing was ever written. */
  async send(): Promise<string | undefined> {
    clearTimeout(this.#timer);
    await this.#run();
    const id = this.#id;
    if (id === undefined || !this.#unsent) return id;
    this.#unsent = false;
    await this.#port.send(id);
    return id;
  }

  #run(): Promise<void> {
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#wanted) {
      const content = this.#wanted;
      this.#wanted = undefined;
      this.#onState('writing', this.#id);
      try {
        if (this.#id === undefined) this.#id = await this.#port.begin(content);
        else await this.#port.save(this.#id, content);
        this.#unsent = true;
        this.#onState('kept', this.#id);
      } catch {
        // Later words are newer than those that could not be written.
        this.#wanted ??= content;
        this.#onState('failed', this.#id);
        return;
      }
    }
  }
}
