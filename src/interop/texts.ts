import type { Theme } from '#domain/programme.ts';
import { fold, slugOf } from '#domain/text.ts';

/** One line of at most so many characters. */
export function line(text: string, max: number): string {
  // oxlint-disable-next-line no-control-regex
  const flat = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return flat.length <= max ? flat : `${cut(flat, max - 1).trimEnd()}…`;
}

/** The first characters, never half of one. */
export function cut(text: string, max: number): string {
  const start = text.slice(0, max);
  return /[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start;
}

/** A file's own words in a message: short and in one line. */
export function quote(text: string): string {
  return `"${line(text, 40)}"`;
}

/** Addresses that are none are left out; the schema of the programme judges the rest. */
export function isWeb(text: string): boolean {
  return text.length <= 2000 && /^https?:\/\/[^\s/?#]+\S*$/i.test(text);
}

/** An address of the web, also one that somebody wrote without `https://`. */
export function webAddress(text: string | undefined): string | undefined {
  const address = text?.trim() ?? '';
  if (isWeb(address)) return address;
  const bare = `https://${address}`;
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}([/?#]\S*)?$/u.test(address) && isWeb(bare) ? bare : undefined;
}

/** `en`, `de-CH`, `pt_BR`; `und` (RFC 5646, undetermined) for what is no tag. */
export function languageOf(text: string | undefined): string {
  const tag = text?.trim().replace('_', '-') ?? '';
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag.replace(/^[A-Za-z]+/, (l) => l.toLowerCase()) : 'und';
}

const themesByWord = new WeakMap<readonly Theme[], Map<string, Theme>>();

function wordsOf(known: readonly Theme[]): Map<string, Theme> {
  let words = themesByWord.get(known);
  if (!words) {
    words = new Map();
    // Of two that are called the same the first is meant; a code before any label.
    for (const theme of known.toReversed())
      for (const label of Object.values(theme.label)) words.set(fold(label), theme);
    for (const theme of known.toReversed()) words.set(`=${theme.code}`, theme);
    themesByWord.set(known, words);
  }
  return words;
}

/** The theme of a label: one that the edition has, in whatever language, else a new one. */
export function themeOf(label: string, lang: string, known: readonly Theme[]): Theme {
  const words = wordsOf(known);
  const found = words.get(`=${label}`) ?? words.get(fold(label));
  return found ?? { code: slugOf(label).slice(0, 64), label: { [lang]: label } };
}

/** An object with a field only where there is something to say. */
export function some<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** A web address among the words, an e-mail address or a telephone number. */
export function contactOf(text: string): { kind: 'email' | 'phone'; value: string } | undefined {
  const value = text.trim().replace(/^(mailto|tel):/i, '');
  if (/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(value) && value.length <= 254) return { kind: 'email', value };
  if (/^\+?[\d\s().-]{3,40}$/.test(value) && /\d{3}/.test(value.replace(/\D/g, ''))) return { kind: 'phone', value };
  return undefined;
}
