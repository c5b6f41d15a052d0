import { useEffect, useMemo } from 'react';
import { ownPicture } from '#client/components/event/event-picture.tsx';
import { Cell } from '#client/store/live.ts';
import type { PictureRow } from '#client/store/picture-rows.ts';
import { pictureOf } from '#client/store/pictures.ts';
import { useLive } from './use-live.ts';

const none = new Cell<PictureRow | null | undefined>(null);

export interface ShownPicture {
  /** For an `img`; undefined while it is looked for, and for a picture of somebody else's server. */
  readonly source: string | undefined;
  readonly state: PictureRow['state'];
}

/** A proposal's picture: this device's own copy where it has one, else the server's. */
export function usePicture(url: string | undefined): ShownPicture {
  const path = ownPicture(url);
  const row = useLive(path ? pictureOf(path.slice(-64)) : none);
  const blob = row?.blob;
  const made = useMemo(() => (blob ? URL.createObjectURL(blob) : undefined), [blob]);
  useEffect(() => () => void (made && URL.revokeObjectURL(made)), [made]);
  return { source: made ?? (row === null ? path : undefined), state: row?.state ?? 'sent' };
}
