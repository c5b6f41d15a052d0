import { useEffect } from 'react';
import { useKioskMode } from '#client/hooks/use-kiosk-mode.ts';
import { changeLanguage } from '#client/i18n/i18n.ts';
import type { KioskProps } from './kiosk-props.ts';
import { KioskRunning } from './kiosk-running.tsx';
import { KioskStart } from './kiosk-start.tsx';

/** A tablet where people record their own arrival: set up by staff, then locked to this screen until they come back with the PIN. */
export function KioskView(props: KioskProps) {
  const mode = useKioskMode();
  const running = mode?.deviceId === props.door.deviceId ? mode : undefined;
  const language = running?.language;

  // A reload in the middle of somebody else's language begins in the kiosk's own.
  useEffect(() => {
    if (language) changeLanguage(language).catch(() => undefined);
  }, [language]);

  return running ? <KioskRunning {...props} mode={running} /> : <KioskStart {...props} />;
}
