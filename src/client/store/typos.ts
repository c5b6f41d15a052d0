/** How many slips are forgiven in a word that was typed: in a short one a slip makes another name. */
export function typosOf(term: string): number {
  if (term.length < 4) return 0;
  return term.length < 8 ? 1 : 2;
}

/** Which letters a word has, a bit each: one look tells most pairs of words apart. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

/** False when what was typed has more letters that the word has not than slips could explain. */
export function mayBeWithin(typed: number, word: number, most: number): boolean {
  let missing = typed & ~word;
  let count = 0;
  while (missing !== 0) {
    missing &= missing - 1;
    if (++count > most) return false;
  }
  return true;
}

const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/**
 * Damerau's distance in its restricted form (optimal string alignment): letters changed, left out, added, or two neighbours
 * swapped. `most + 1` stands for anything above `most`.
 */
export function wordDistance(typed: string, word: string, most: number): number {
  return distance(typed, word, most, false);
}

/** The least distance to a beginning of the word that is no shorter than what was typed: who stops early has left nothing out. */
export function prefixDistance(typed: string, word: string, most: number): number {
  return distance(typed, word.slice(0, typed.length + most), most, true);
}

function distance(typed: string, word: string, most: number, toBeginning: boolean): number {
  const width = word.length;
  if (width >= 64 || typed.length >= 64) return most + 1;
  let [before, last, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= width; j++) last[j] = j;
  for (let i = 1; i <= typed.length; i++) {
    const letter = typed.charCodeAt(i - 1);
    row[0] = i;
    let least = i;
    for (let j = 1; j <= width; j++) {
      const other = word.charCodeAt(j - 1);
      let best = last[j - 1]! + (letter === other ? 0 : 1);
      if (last[j]! + 1 < best) best = last[j]! + 1;
      if (row[j - 1]! + 1 < best) best = row[j - 1]! + 1;
      const swapped = i > 1 && j > 1 && letter === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === other;
      if (swapped && before[j - 2]! + 1 < best) best = before[j - 2]! + 1;
      row[j] = best;
      if (best < least) least = best;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  if (!toBeginning) return Math.min(last[width]!, most + 1);
  let best = most + 1;
  for (let j = typed.length; j <= width; j++) if (last[j]! < best) best = last[j]!;
  return best;
}
