import { useCallback, useEffect, useRef, useState } from 'react';
import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { DeskTour } from '#protocol/desk-tour.ts';
import { deskTour } from '#protocol/desk-tour.ts';
import { readDeskTour, saveDeskTour } from '#client/platform/desk-tour.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import type { TourDraft } from './draft.ts';
import { draftOf, problemsOf, tourOf } from './draft.ts';
import type { History } from './history.ts';
import { begun, changed, doneAgain, takenBack } from './history.ts';

/** A draft as it waits on this device, with the published tour that it began with. */
const localized = v.record(v.string(), v.string());
const kept = v.object({
  published: deskTour,
  draft: v.object({
    title: localized,
    stops: v.array(
      v.object({
        id: v.string(),
        title: localized,
        text: localized,
        lat: v.number(),
        lon: v.number(),
        address: v.string(),
        dwell: v.exactOptional(v.number()),
        after: v.exactOptional(v.number()),
        approximate: v.boolean(),
      }),
    ),
    route: v.array(v.object({ lat: v.number(), lon: v.number() })),
    approximate: v.boolean(),
  }),
});

export interface Editing extends History {
  /** The published tour that the draft began with. */
  readonly published: DeskTour;
}

export type SaveState =
  | { readonly kind: 'idle' | 'saving' | 'saved' | 'incomplete' }
  | { readonly kind: 'failed'; readonly reason: CallFailure['reason'] }
  /** Somebody else has published another tour meanwhile. */
  | { readonly kind: 'conflict' };

export interface DraftEditor {
  readonly editing: Editing | undefined;
  /** Why the published tour could not be read. */
  readonly failure: CallFailure['reason'] | undefined;
  /** A draft of an earlier visit was found. */
  readonly found: boolean;
  readonly dirty: boolean;
  readonly save: SaveState;
  readonly change: (next: TourDraft | ((draft: TourDraft) => TourDraft)) => void;
  readonly takeBack: () => void;
  /** What was taken back last is done again. */
  readonly takeAgain: () => void;
  readonly publish: () => Promise<void>;
  /** Back to the published tour; the draft can be taken back. */
  readonly discard: () => void;
  /** Takes the tour that is published now for the one that the draft began with; theirs is shown, one's own can be taken back. */
  readonly takeTheirs: () => Promise<void>;
  readonly reload: () => void;
}

/** The tour of an event while it is edited: kept on this device at every change, published on demand. */
export function useDraft(eventId: Uuid): DraftEditor {
  const key = `escale.tour.${eventId}`;
  const [editing, setEditing] = useState<Editing>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [found, setFound] = useState(false);
  const [save, setSave] = useState<SaveState>({ kind: 'idle' });
  const latest = useRef(editing);
  latest.current = editing;

  const load = useCallback(async () => {
    setFailure(undefined);
    const [called, stored] = [await readDeskTour(eventId), readStored(key, kept)];
    if (called.kind === 'failed') {
      setFailure(called.reason);
      // What was begun here goes on without a network.
      if (stored && called.reason === 'offline') {
        setEditing({ published: stored.published, ...begun(stored.draft) });
        setFound(true);
      }
      return;
    }
    const published = called.value;
    const fresh = draftOf(published.tour, published.title);
    if (!stored || same(stored.draft, fresh)) {
      setEditing({ published, ...begun(fresh) });
      return;
    }
    // A draft that began with another tour than the one that is published now can only be published over it knowingly.
    const stale = stored.published.version !== published.version;
    setEditing({ published: stale ? stored.published : published, ...begun(stored.draft) });
    setFound(true);
    if (stale) setSave({ kind: 'conflict' });
  }, [eventId, key]);
  useEffect(() => void load(), [load]);

  const keep = useCallback(
    (next: Editing) => {
      const fresh = draftOf(next.published.tour, next.published.title);
      const { published, draft } = next;
      writeStored(key, same(draft, fresh) ? undefined : { published, draft });
      setEditing(next);
    },
    [key],
  );

  const change = useCallback<DraftEditor['change']>(
    (to) => {
      const now = latest.current;
      if (!now) return;
      const draft = typeof to === 'function' ? to(now.draft) : to;
      if (draft === now.draft) return;
      const next = { published: now.published, ...changed(now, draft, performance.now()) };
      latest.current = next;
      keep(next);
      setSave((state) => (state.kind === 'conflict' ? state : { kind: 'idle' }));
    },
    [keep],
  );

  const takeBack = (): void => {
    if (editing) keep({ published: editing.published, ...takenBack(editing) });
  };
  const takeAgain = (): void => {
    if (editing) keep({ published: editing.published, ...doneAgain(editing) });
  };

  const publish = async (): Promise<void> => {
    if (!editing) return;
    if (problemsOf(editing.draft).length > 0) return setSave({ kind: 'incomplete' });
    setSave({ kind: 'saving' });
    const called = await saveDeskTour(eventId, { tour: tourOf(editing.draft), basedOn: editing.published.version });
    if (called.kind === 'failed') {
      const conflict = called.reason === 'edited_elsewhere';
      return setSave(conflict ? { kind: 'conflict' } : { kind: 'failed', reason: called.reason });
    }
    const published = called.value;
    keep({ published, draft: draftOf(published.tour, published.title), undo: editing.undo, redo: [] });
    setFound(false);
    setSave({ kind: 'saved' });
  };

  const discard = (): void => {
    if (!editing) return;
    change(draftOf(editing.published.tour, editing.published.title));
    setFound(false);
  };

  const takeTheirs = async (): Promise<void> => {
    if (!editing) return;
    const called = await readDeskTour(eventId);
    if (called.kind === 'failed') return setSave({ kind: 'failed', reason: called.reason });
    const published = called.value;
    const draft = draftOf(published.tour, published.title);
    keep({ published, draft, undo: [...editing.undo, editing.draft], redo: [] });
    setSave({ kind: 'idle' });
  };

  const fresh = editing && draftOf(editing.published.tour, editing.published.title);
  return {
    editing,
    failure,
    found,
    dirty: editing !== undefined && fresh !== undefined && !same(editing.draft, fresh),
    save,
    change,
    takeBack,
    takeAgain,
    publish,
    discard,
    takeTheirs,
    reload: () => void load(),
  };
}

function same(a: TourDraft, b: TourDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
