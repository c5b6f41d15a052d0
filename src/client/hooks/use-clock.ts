import type { Instant } from '#domain/dates.ts';
import { useNow } from '#client/components/use-now.ts';
import { setting } from '#client/store/settings.ts';
import { useLive } from './use-live.ts';

const offset = setting('clockOffset');

/**
 * The server's clock as far as it is known, to the minute: what is open, over or today is not left to a device's clock that
 * may be years off (P4). It is drawn again once the offset is read or measured.
 */
export function useClock(): Instant {
  return useNow() + (useLive(offset) ?? 0);
}
