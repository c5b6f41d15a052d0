import type { LocalizedText } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useLanguage } from '#client/i18n/i18n.ts';

interface LocalizedProps {
  readonly of: LocalizedText | undefined;
}

/** A text of the programme in the reader's language, or marked with the one that it is in. */
export function Localized({ of }: LocalizedProps) {
  const language = useLanguage();
  const { text, lang } = shownIn(of, language);
  return lang === language ? text : <span lang={lang}>{text}</span>;
}
