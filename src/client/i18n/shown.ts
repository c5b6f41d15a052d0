import type { LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { frenchSpaces } from './typesetting.ts';

/** As `textIn`, set for the eye: French as an author typed it gets its no-break spaces. For showing only, never for fields and files. */
export function shownIn(text: LocalizedText | undefined, language: string): { text: string; lang: string } {
  const found = textIn(text, language);
  return found.lang === 'fr' ? { ...found, text: frenchSpaces(found.text) } : found;
}
