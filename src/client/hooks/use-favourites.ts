import { addFavourites, toggleFavourite } from '#client/store/choices.ts';
import { favourites } from '#client/store/sync-view.ts';
import { useLive } from './use-live.ts';

export interface Favourites {
  /** Event ids. */
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => Promise<void>;
  /** What is there already stays. */
  readonly add: (ids: readonly string[]) => Promise<void>;
}

/** The person's agenda. */
export function useFavourites(): Favourites {
  return { ids: useLive(favourites), toggle: toggleFavourite, add: addFavourites };
}
