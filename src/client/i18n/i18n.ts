import { setupI18n } from '@lingui/core';
import { useSyncExternalStore } from 'react';
import type { Language } from '#domain/text.ts';
import { languages } from '#domain/text.ts';

/** Values that a message names in braces. */
export type TextValues = Record<string, string | number>;
export type Translate = (id: string, values?: TextValues) => string;

const i18n = setupI18n();
const catalogues = {
  fr: () => import('./catalogue-fr.ts'),
  en: () => import('./catalogue-en.ts'),
} satisfies Record<Language, () => Promise<{ messages: Parameters<typeof i18n.load>[1] }>>;

/** Where the choice stands for the next start, beside the settings in IndexedDB: known before the first paint. */
const REMEMBERED = 'escale.language';

let wanted: Language = 'fr';

/** The text of an id in the active language; outside components, where nothing has to change with the language. */
export const t: Translate = (id, values) => i18n._(id, values);

/** `t`, and a new rendering when the language changes. */
export function useT(): Translate {
  const language = useLanguage();
  return translators[language];
}

// One function a language, so that memoised work that depends on `t` is done again when the language changes.
const translators: Record<Language, Translate> = {
  fr: (id, values) => i18n._(id, values),
  en: (id, values) => i18n._(id, values),
};

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

function subscribe(listener: () => void): () => void {
  return i18n.on('change', listener);
}

export function currentLanguage(): Language {
  return asLanguage(i18n.locale) ?? 'fr';
}

/** The language remembered on this device, else the first of the browser's that exists here, else French. */
export function startLanguage(): Language {
  const remembered = asLanguage(readRemembered());
  if (remembered) return remembered;
  for (const tag of navigator.languages) {
    const found = asLanguage(tag.slice(0, 2).toLowerCase());
    if (found) return found;
  }
  return 'fr';
}

/**
 * Loads a language's texts and shows them, without a reload; of two calls the later one wins.
 * Rejects when the catalogue cannot be loaded, and then nothing has changed.
 */
export async function activateLanguage(language: Language, options: { remember: boolean }): Promise<void> {
  wanted = language;
  const { messages } = await catalogues[language]();
  if (wanted !== language) return;
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  if (options.remember) remember(language);
}

function asLanguage(text: string | null): Language | undefined {
  return languages.find((language) => language === text);
}

function readRemembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // A browser that refuses storage starts in its own language; the choice holds for this visit.
  }
}
