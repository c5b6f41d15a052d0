type Theme = 'system' | 'light' | 'dark';

/** Where the choice stands for the next start, beside the settings in IndexedDB: known before the first paint. */
const REMEMBERED = 'escale.theme';

/** `--paper` of the tokens: the browser's own bars take it. */
const COLOURS = { light: '#FBF9F4', dark: '#0E161B' } as const;

/** The theme remembered on this device, before the settings are read. */
export function startTheme(): void {
  try {
    const remembered = localStorage.getItem(REMEMBERED);
    if (remembered === 'light' || remembered === 'dark') show(remembered);
  } catch {
    // A browser that refuses storage starts as the device says.
  }
}

/** Shows a theme at once and remembers it for the next start. */
export function applyTheme(theme: Theme): void {
  show(theme);
  try {
    localStorage.setItem(REMEMBERED, theme);
  } catch {
    // The choice holds for this visit.
  }
}

function show(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = COLOURS[theme === 'system' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme];
  }
}
