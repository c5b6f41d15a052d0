/**
 * A scanner that types believes in one keyboard, the device in another: what the scanner sends as keys of an American keyboard
 * arrives on a French one as "ESCQLE&…", and the other way round as "ESCQLE!…". Both lose nothing that a code of ours needs.
 */

/** The upper row of a French or Belgian keyboard without shift, on a PC and on a Mac, as capitals. */
const FRENCH_ROW: Readonly<Record<string, string>> = {
  '&': '1',
  É: '2',
  '"': '3',
  "'": '4',
  '(': '5',
  '-': '6',
  '§': '6',
  È: '7',
  _: '8',
  '!': '8',
  Ç: '9',
  À: '0',
};
/** The upper row of an American keyboard with shift. */
const AMERICAN_ROW: Readonly<Record<string, string>> = {
  '!': '1',
  '@': '2',
  '#': '3',
  $: '4',
  '%': '5',
  '^': '6',
  '&': '7',
  '*': '8',
  '(': '9',
  ')': '0',
};
const LETTERS: Readonly<Record<string, string>> = {
  Q: 'A',
  A: 'Q',
  W: 'Z',
  Z: 'W',
  // Where the one keyboard has its M the other has these.
  ',': 'M',
  '?': 'M',
  ';': 'M',
  ':': 'M',
};

/**
 * The code of ours that such a scanner had read.
 * @param text in capitals
 * @returns undefined for a text that is not one of these
 */
export function unmixed(text: string): string | undefined {
  const start = /^ESCQLER?(.)/.exec(text);
  if (!start) return undefined;
  const row = start[1] === '!' ? AMERICAN_ROW : FRENCH_ROW;
  return text.replace(/./gsu, (letter) => row[letter] ?? LETTERS[letter] ?? letter);
}

/** Whether a text that is no code of ours looks like one that passed through the wrong keyboard: a ticket's length and the shape of its first word. */
export function looksMixedUp(text: string): boolean {
  const [e1, s, c, a, l, e2] = text;
  return text.length >= 180 && e1 === e2 && new Set([e1, s, c, a, l]).size === 5 && !/^https?:|^[A-Z]+:/i.test(text);
}
