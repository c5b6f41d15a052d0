/** Languages in which the interface exists. Content may be in others. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text by BCP 47 language tag; at least one entry. */
export type LocalizedText = Readonly<Record<string, string>>;

/** The text in the wanted language, else French, else English, else the first there is; with its language for `lang`. */
export function textIn(text: LocalizedText | undefined, language: string): { text: string; lang: string } {
  if (text) {
    for (const lang of [language, 'fr', 'en', ...Object.keys(text)]) {
      const found = text[lang];
      if (found) return { text: found, lang };
    }
  }
  return { text: '', lang: language };
}

/**
 * Folds case, accents, ligatures and apostrophes away, and runs of other signs to one space, so that
 * "Œuvre d’Hélène" is found by "oeuvre d helene". For comparing only, never for showing.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ð', 'd')
    .replaceAll('þ', 'th')
    .replaceAll('ı', 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A lower-case ASCII piece of a URL: at most 80 characters, `evenement` when nothing is left. */
export function slugOf(text: string): string {
  const slug = fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return slug || 'evenement';
}
