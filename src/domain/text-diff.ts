/** A stretch of a text that was, is, or both. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** One line of two lists laid side by side; of a changed one what was and is, word by word. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'changed';
  readonly parts: readonly DiffPart[];
}

/** Beyond so many comparisons what differs is shown whole, the old before the new: a phone has to stay quick. */
const MOST = 1_000_000;

/** Two texts word by word. The parts without `added` are the first, those without `removed` the second. */
export function wordDiff(before: string, after: string): DiffPart[] {
  return align(words(before), words(after)).map(({ kind, items }) => ({ kind, text: items.join('') }));
}

/** Whether two lines are one that was changed: of those that share less, word by word says less than one after the other. */
function isChanged(parts: readonly DiffPart[]): boolean {
  const letters = (kinds: readonly DiffPart['kind'][]): number =>
    parts
      .filter((part) => kinds.includes(part.kind))
      .reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0);
  return 2 * letters(['same']) >= letters(['removed', 'added']);
}

/** Two lists of lines; lines that were left out next to others that came are compared word by word. */
export function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  const runs = align(before, after);
  const lines: DiffLine[] = [];
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    const next = runs[i + 1];
    if (run.kind === 'removed' && next?.kind === 'added') {
      const pairs = Math.min(run.items.length, next.items.length);
      for (let n = 0; n < pairs; n++) lines.push(...pair(run.items[n]!, next.items[n]!));
      for (const text of run.items.slice(pairs)) lines.push({ kind: 'removed', parts: [{ kind: 'removed', text }] });
      for (const text of next.items.slice(pairs)) lines.push({ kind: 'added', parts: [{ kind: 'added', text }] });
      i++;
      continue;
    }
    for (const text of run.items) lines.push({ kind: run.kind, parts: [{ kind: run.kind, text }] });
  }
  return lines;
}

function pair(before: string, after: string): DiffLine[] {
  const parts = wordDiff(before, after);
  if (isChanged(parts)) return [{ kind: 'changed', parts }];
  return [
    { kind: 'removed', parts: [{ kind: 'removed', text: before }] },
    { kind: 'added', parts: [{ kind: 'added', text: after }] },
  ];
}

function words(text: string): string[] {
  return text.match(/\s+|\d+(?:[:.,/]\d+)*|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

interface Run {
  readonly kind: DiffPart['kind'];
  readonly items: string[];
}

/** The longest common subsequence, what both begin and end with set aside. */
function align(before: readonly string[], after: readonly string[]): Run[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const runs: Run[] = [];
  const add = (kind: DiffPart['kind'], item: string): void => {
    const last = runs.at(-1);
    if (last?.kind === kind) last.items.push(item);
    else runs.push({ kind, items: [item] });
  };
  for (const item of before.slice(0, start)) add('same', item);
  middle(before.slice(start, before.length - end), after.slice(start, after.length - end), add);
  for (const item of before.slice(before.length - end)) add('same', item);
  return runs;
}

function middle(a: readonly string[], b: readonly string[], add: (kind: DiffPart['kind'], item: string) => void): void {
  if (a.length * b.length > MOST) {
    for (const item of a) add('removed', item);
    for (const item of b) add('added', item);
    return;
  }
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)) {
      add('removed', a[i++]!);
    } else {
      add('added', b[j++]!);
    }
  }
}
