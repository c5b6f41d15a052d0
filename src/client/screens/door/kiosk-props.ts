import type { AllotmentRow } from '#client/store/database.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';

/** What a kiosk knows, while it is set up and while it runs. */
export interface KioskProps {
  readonly door: Door & { readonly eventId: string };
  readonly roster: RosterIndex;
  readonly allotments: readonly AllotmentRow[];
  readonly asOf: number | undefined;
  readonly pending: number;
}
