import type { DoorView } from '#client/store/door-view.ts';
import { doorView } from '#client/store/door-view.ts';
import { ticketKeys } from '#client/store/directory-view.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { useLive } from './use-live.ts';

/** The door that this phone is, with its roster in memory. */
export function useDoor(): DoorView {
  return useLive(doorView());
}

/** The public keys that tickets are checked with, as this device holds them. */
export function useTicketKeys(): readonly TicketKey[] {
  return useLive(ticketKeys);
}
