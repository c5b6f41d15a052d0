import { startTexts } from './i18n.ts';

/** Imported before everything else: the first page's words come while the app is still being evaluated. */
export const texts = startTexts();
texts.catch(() => undefined);
