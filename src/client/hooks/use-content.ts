import type { Content } from '#client/store/content-view.ts';
import { content } from '#client/store/content-view.ts';
import { useLive } from './use-live.ts';

/** The pages and the news that this device keeps. */
export function useContent(): Content {
  return useLive(content);
}
