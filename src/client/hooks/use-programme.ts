import { useEffect } from 'react';
import type { Live } from '#client/store/live.ts';
import { Cell } from '#client/store/live.ts';
import type { ProgrammeView } from '#client/store/programme-view.ts';
import { LOADING, programme } from '#client/store/programme-view.ts';
import { noteShown } from './read-early.ts';
import { useLive } from './use-live.ts';

const nothing: Live<ProgrammeView> = new Cell(LOADING);

/** The cards of an edition in the order of its programme; of no edition, as long as none is known. */
export function useProgramme(editionId: string | undefined): ProgrammeView {
  useEffect(() => {
    if (editionId) noteShown(editionId);
  }, [editionId]);
  return useLive(editionId ? programme(editionId) : nothing);
}
