import { useEffect } from 'react';
import { useSetting } from '#client/hooks/use-setting.ts';
import { changeLanguage } from '#client/i18n/i18n.ts';
import { applyTheme } from './theme.ts';

/** Language and theme follow the settings, whichever screen or tab changed them. */
export function usePreferences(): void {
  const [language] = useSetting('language');
  const [theme] = useSetting('theme');

  useEffect(() => {
    // A catalogue that cannot be loaded leaves the language as it is; the setting is tried again at the next start.
    if (language) changeLanguage(language).catch(() => undefined);
  }, [language]);

  useEffect(() => {
    if (theme) applyTheme(theme);
  }, [theme]);
}
