import type { ProposalContent } from '#domain/proposal.ts';

type Keywords = NonNullable<ProposalContent['keywords']>;

/** What the protocol takes of one language. */
const MOST = 50;
const LONGEST = 100;

/** The keywords of a text in which they stand between commas, each once. */
export function keywordsIn(text: string): string[] {
  const words = text.split(/[,;\n]/).map((one) => one.trim().replace(/\s+/g, ' ').slice(0, LONGEST).trim());
  return [...new Set(words.filter(Boolean))].slice(0, MOST);
}

/** @returns undefined when no language has any left */
export function withKeywords(
  keywords: Keywords | undefined,
  language: string,
  words: readonly string[],
): Keywords | undefined {
  const { [language]: _, ...others } = keywords ?? {};
  const next = words.length > 0 ? { ...others, [language]: words } : others;
  return Object.keys(next).length > 0 ? next : undefined;
}
