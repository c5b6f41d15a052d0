import { fold } from '#domain/text.ts';

const PLAIN = /^[a-z0-9 ]*$/;

/** As `fold`, with the common case first: most names of a long list are plain letters. */
function folded(name: string): string {
  const lower = name.toLowerCase();
  return PLAIN.test(lower) ? lower : fold(name);
}

/**
 * Finds names without regard to accents, case or the order of their words; each word asked for may be the beginning of one.
 * All names lie in one string, so that a list of a hundred thousand is searched at the speed of a memory scan.
 */
export class NameIndex {
  private readonly text: string;
  /** Where each name's line begins in `text`. */
  private readonly starts: Uint32Array;

  /** @param names each in its parts, which many people share */
  constructor(names: readonly (readonly string[])[]) {
    this.starts = new Uint32Array(names.length);
    const known = new Map<string, string>();
    const part = (text: string): string => {
      let plain = known.get(text);
      if (plain === undefined) known.set(text, (plain = folded(text)));
      return plain;
    };
    const lines: string[] = [];
    let at = 0;
    for (const [i, name] of names.entries()) {
      this.starts[i] = at;
      const line = ` ${name.map(part).join(' ')}\n`;
      lines.push(line);
      at += line.length;
    }
    this.text = lines.join('');
  }

  /** Positions of the names that fit, in the order of the list. */
  search(query: string, limit: number): number[] {
    const terms = fold(query).split(' ').filter(Boolean);
    // The longest word is the rarest: it picks the lines, the others only check them.
    terms.sort((a, b) => b.length - a.length);
    const first = terms[0];
    if (!first) return [];
    const found: number[] = [];
    const needle = ` ${first}`;
    for (let at = this.text.indexOf(needle); at >= 0 && found.length < limit;) {
      const line = this.lineAt(at);
      const end = this.text.indexOf('\n', at);
      const name = this.text.slice(this.starts[line], end);
      if (terms.every((term) => name.includes(` ${term}`))) found.push(line);
      at = this.text.indexOf(needle, end);
    }
    return found;
  }

  private lineAt(position: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
