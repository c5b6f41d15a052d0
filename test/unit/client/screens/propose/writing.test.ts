import { describe, expect, it } from 'vitest';
import type { ProposalContent } from '#domain/proposal.ts';
import { Writing } from '#client/screens/propose/writing.ts';
import type { WritingPort, WritingState } from '#client/screens/propose/writing.ts';

const words = (text: string): ProposalContent => ({ title: { fr: text } });

/** A store whose writes end when they are told to. */
class SlowStore implements WritingPort {
  readonly log: string[] = [];
  #ends: (() => void)[] = [];
  full = false;

  #wait(what: string): Promise<void> {
    if (this.full) return Promise.reject(new Error('no room'));
    return new Promise((resolve) =>
      this.#ends.push(() => {
        this.log.push(what);
        resolve();
      }),
    );
  }

  begin = async (content: ProposalContent): Promise<string> => {
    await this.#wait(`begin ${content.title?.['fr']}`);
    return 'one';
  };
  save = (id: string, content: ProposalContent): Promise<void> => this.#wait(`save ${id} ${content.title?.['fr']}`);
  send = async (id: string): Promise<void> => {
    this.log.push(`send ${id}`);
  };

  async end(): Promise<void> {
    this.#ends.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('the words of a form', () => {
  it('begin with the first letter, one write at a time, the latest last', async () => {
    const store = new SlowStore();
    const writing = new Writing(store, undefined, () => {});
    for (const text of ['A', 'At', 'Ate']) writing.put(words(text));
    await store.end();
    await store.end();
    expect(store.log).toEqual(['begin A', 'save one Ate']);
    writing.put(words('Atelier'));
    const sent = writing.send();
    await store.end();
    expect(await sent).toBe('one');
    expect(store.log.slice(2)).toEqual(['save one Atelier', 'send one']);
    // Nothing new: nothing is sent.
    expect(await writing.send()).toBe('one');
    expect(store.log).toHaveLength(4);
  });

  it('are kept when a disk is full, and written with the next letter', async () => {
    const store = new SlowStore();
    const states: WritingState[] = [];
    const writing = new Writing(store, 'one', (state) => states.push(state));
    store.full = true;
    writing.put(words('A'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(states).toEqual(['writing', 'failed']);
    store.full = false;
    writing.put(words('AB'));
    await store.end();
    expect(store.log).toEqual(['save one AB']);
    expect(states.at(-1)).toBe('kept');
    await writing.send();
  });

  it('are nowhere where nothing was typed', async () => {
    const store = new SlowStore();
    expect(await new Writing(store, undefined, () => {}).send()).toBeUndefined();
    expect(store.log).toEqual([]);
  });
});
