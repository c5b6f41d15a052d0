import type { Messages } from '@lingui/core';
import { setupI18n } from '@lingui/core';
import { useSyncExternalStore } from 'react';
import type { Language } from '#domain/text.ts';
import { languages } from '#domain/text.ts';

/** Values that a message names in braces. */
export type TextValues = Record<string, string | number>;
export type Translate = (id: string, values?: TextValues) => string;

const i18n = setupI18n();
type Catalogue = () => Promise<{ messages: Messages }>;

/** The first page's texts, which everything waits for, those of the screens that come after, and those of the desk. */
const catalogues: Record<Language, { readonly first: Catalogue; readonly rest: Catalogue; readonly desk: Catalogue }> =
  {
    fr: {
      first: () => import('./catalogue-fr.ts'),
      rest: () => import('./catalogue-fr-rest.ts'),
      desk: () => import('./catalogue-fr-desk.ts'),
    },
    en: {
      first: () => import('./catalogue-en.ts'),
      rest: () => import('./catalogue-en-rest.ts'),
      desk: () => import('./catalogue-en-desk.ts'),
    },
  };

/** Where the choice stands for the next start, beside the settings in IndexedDB: known before the first paint. */
const REMEMBERED = 'escale.language';

let wanted: Language = 'fr';
/** Languages of which all texts but the desk's are loaded. */
const whole = new Set<Language>();
/** The same for the desk's, once one of its pages was opened. */
const desk = new Set<Language>();
let deskOpened = false;

/** The text of an id in the active language, and a new rendering when the language changes. */
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
function startLanguage(): Language {
  const remembered = asLanguage(readRemembered());
  if (remembered) return remembered;
  for (const tag of navigator.languages) {
    const found = asLanguage(tag.slice(0, 2).toLowerCase());
    if (found) return found;
  }
  return 'fr';
}

/** Shows the first page's texts in the language of this start. Rejects when they cannot be loaded. */
export async function startTexts(): Promise<void> {
  const language = startLanguage();
  wanted = language;
  const { messages } = await catalogues[language].first();
  show(language, messages);
}

/** As `allTexts`, for what only the desk says. */
export async function deskTexts(): Promise<void> {
  deskOpened = true;
  const language = shownLanguage();
  if (desk.has(language)) return;
  const { messages } = await catalogues[language].desk();
  desk.add(language);
  i18n.load(language, messages);
}

/** Resolves once every text of the language that is shown, or about to be, is there; what fails is tried again at the next call. */
export async function allTexts(): Promise<void> {
  const language = shownLanguage();
  if (whole.has(language)) return;
  const { messages } = await catalogues[language].rest();
  whole.add(language);
  i18n.load(language, messages);
}

/**
 * Changes the language, without a reload, and remembers it for the next start; of two calls the later one wins.
 * Rejects when its texts cannot be loaded, and then nothing has changed.
 */
export async function changeLanguage(language: Language): Promise<void> {
  wanted = language;
  remember(language);
  if (language === currentLanguage()) return;
  const { first, rest } = catalogues[language];
  const parts = await Promise.all([first(), rest(), ...(deskOpened ? [catalogues[language].desk()] : [])]);
  if (wanted !== language) return;
  whole.add(language);
  if (deskOpened) desk.add(language);
  show(language, Object.assign({}, ...parts.map((part) => part.messages)) as Messages);
}

function show(language: Language, messages: Messages): void {
  i18n.load(language, messages);
  i18n.activate(language);
  document.documentElement.lang = language;
}

/** The one that is shown; before there is any, that of this start. A change that could not be made changes neither. */
function shownLanguage(): Language {
  return asLanguage(i18n.locale) ?? wanted;
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
