import { useEffect } from 'react';
import { useKioskMode } from '#client/hooks/use-kiosk-mode.ts';
import { changeLanguage } from '#client/i18n/i18n.ts';
import type { AllotmentRow } from '#client/store/database.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import { KioskRunning } from './kiosk-running.tsx';
import { KioskStart } from './kiosk-start.tsx';

export interface KioskProps {
  readonly door: Door & { readonly eventId: string };
  readonly roster: RosterIndex;
  readonly allotments: readonly AllotmentRow[];
  readonly asOf: number | undefined;
  readonly pending: number;
}

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
