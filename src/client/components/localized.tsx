import type { LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { frenchSpaces } from '#client/i18n/french-spaces.ts';
import { useLanguage } from '#client/i18n/i18n.ts';

interface LocalizedProps {
  readonly of: LocalizedText | undefined;
}

/** A text of the programme in the reader's language, or marked with the one that it is in. */
export function Localized({ of }: LocalizedProps) {
  const language = useLanguage();
  const { text, lang } = textIn(of, language);
  const set = lang === 'fr' ? frenchSpaces(text) : text;
  return lang === language ? set : <span lang={lang}>{set}</span>;
}
