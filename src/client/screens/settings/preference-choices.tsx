import { Choice } from '#client/components/forms/choice.tsx';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';

/** Each language by its own name, so that whoever needs it can read it. */
const LANGUAGE_OPTIONS = [
  { value: 'fr', label: 'Français', lang: 'fr' },
  { value: 'en', label: 'English', lang: 'en' },
] as const;

/** Light, dark, or as the device says. */
const THEMES = ['system', 'light', 'dark'] as const;

export function LanguageChoice() {
  const t = useT();
  const language = useLanguage();
  const [, setLanguage] = useSetting('language');
  return <Choice label={t('settings.language')} value={language} options={LANGUAGE_OPTIONS} onChange={setLanguage} />;
}

export function ThemeChoice() {
  const t = useT();
  const [theme, setTheme] = useSetting('theme');
  return (
    <Choice
      label={t('settings.theme')}
      value={theme ?? 'system'}
      options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
      onChange={setTheme}
    />
  );
}
