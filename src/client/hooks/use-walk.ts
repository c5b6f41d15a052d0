import type { WalkRow } from '#client/store/database.ts';
import type { Live } from '#client/store/live.ts';
import { Cell } from '#client/store/live.ts';
import { walkOf, walks } from '#client/store/walks.ts';
import { useLive } from './use-live.ts';
import { followed } from './walk-session.ts';

export interface WalkView {
  /** Undefined until the store was read, null where none was begun. */
  readonly walk: WalkRow | null | undefined;
  /** This tab follows it now. */
  readonly running: boolean;
}

const nothing: Live<WalkRow | null | undefined> = new Cell(undefined);

/** Where somebody is in a tour, as this device has it written down. */
export function useWalk(slug: string | undefined): WalkView {
  const walk = useLive(slug ? walkOf(slug) : nothing);
  const running = useLive(followed) === slug && slug !== undefined;
  return { walk, running: running && walk?.state.phase !== 'finished' };
}

/** Walks that were begun and not ended, the latest first. */
export function useOpenWalks(): readonly WalkRow[] {
  return useLive(walks)
    .filter((row) => row.state.phase !== 'finished')
    .toSorted((a, b) => b.updatedAt - a.updatedAt);
}
