import type { RegistrationNews } from '#client/store/registration-news.ts';
import { markNewsSeen, registrationNews } from '#client/store/registration-news.ts';
import { useLive } from './use-live.ts';

/** What became of the person's registrations, and has not been seen yet. */
export function useRegistrationNews(): {
  readonly news: readonly RegistrationNews[];
  readonly seen: (ids: readonly string[]) => Promise<void>;
} {
  return { news: useLive(registrationNews), seen: markNewsSeen };
}
