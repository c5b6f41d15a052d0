import type { OutboxRow } from '#client/store/database.ts';
import { outbox } from '#client/store/registrations-view.ts';
import { useLive } from './use-live.ts';

/** A mutation that waits or was refused. */
export type OutboxItem = OutboxRow;

/** In the order in which it was done. */
export function useOutbox(): readonly OutboxItem[] {
  return useLive(outbox);
}
