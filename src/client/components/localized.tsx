import type { LocalizedText } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { proseApostrophes } from '#client/i18n/typesetting.ts';
import { useLanguage } from '#client/i18n/i18n.ts';

interface LocalizedProps {
  readonly of: LocalizedText | undefined;
  /** Sentences, and no name that somebody looks for. */
  readonly prose?: boolean;
}

/** A text of the programme in the reader's language, or marked with the one that it is in. */
export function Localized({ of, prose = false }: LocalizedProps) {
  const language = useLanguage();
  const shown = shownIn(of, language);
  const { lang } = shown;
  const text = prose ? proseApostrophes(shown.text) : shown.text;
  return lang === language ? text : <span lang={lang}>{text}</span>;
}
