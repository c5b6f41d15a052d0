import type { DraftStop, TourDraft } from './draft.ts';

/** A draft with what can be taken back and what can be done again. */
export interface History {
  readonly draft: TourDraft;
  /** The latest last. */
  readonly undo: readonly TourDraft[];
  readonly redo: readonly TourDraft[];
  /** The field that is being written in, and when its last letter came (milliseconds). */
  readonly writing?: { readonly part: string; readonly at: number };
}

/** Steps that can be taken back. */
const MOST = 50;
/** Who writes on after a longer rest has begun something new. */
const REST_MS = 2000;

export function begun(draft: TourDraft): History {
  return { draft, undo: [], redo: [] };
}

/** A change is a step of its own; letters that follow each other in one field are one together. @param at milliseconds */
export function changed({ draft: before, undo, writing }: History, draft: TourDraft, at: number): History {
  const part = partWritten(before, draft);
  const goesOn = part !== undefined && writing?.part === part && at - writing.at < REST_MS;
  return {
    draft,
    undo: goesOn ? undo : [...undo.slice(1 - MOST), before],
    redo: [],
    ...(part === undefined ? {} : { writing: { part, at } }),
  };
}

export function takenBack({ draft, undo, redo }: History): History {
  const before = undo.at(-1);
  return before ? { draft: before, undo: undo.slice(0, -1), redo: [...redo, draft] } : { draft, undo, redo };
}

export function doneAgain({ draft, undo, redo }: History): History {
  const after = redo.at(-1);
  return after ? { draft: after, undo: [...undo, draft], redo: redo.slice(0, -1) } : { draft, undo, redo };
}

/** The one field whose words or number differ; undefined where more does, or something that nobody types. */
function partWritten(a: TourDraft, b: TourDraft): string | undefined {
  if (a.route !== b.route || a.approximate !== b.approximate || a.stops.length !== b.stops.length) return undefined;
  const parts = [
    ...wordsThatDiffer('title', a.title, b.title),
    ...a.stops.flatMap((stop, i) => (stop === b.stops[i] ? [] : stopPartsThatDiffer(stop, b.stops[i]!))),
  ];
  return parts.length === 1 ? parts[0] : undefined;
}

function stopPartsThatDiffer(a: DraftStop, b: DraftStop): string[] {
  // Another stop in its place, or one that was ticked: two parts are never one.
  if (a.id !== b.id || a.approximate !== b.approximate) return ['stop', 'other'];
  const single = (['address', 'lat', 'lon', 'dwell', 'after'] as const).filter((key) => !Object.is(a[key], b[key]));
  return [...single, ...wordsThatDiffer('title', a.title, b.title), ...wordsThatDiffer('text', a.text, b.text)].map(
    (part) => `${a.id} ${part}`,
  );
}

function wordsThatDiffer(part: string, a: DraftStop['title'], b: DraftStop['title']): string[] {
  const languages = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof typeof a)[]);
  return [...languages].filter((one) => (a[one] ?? '') !== (b[one] ?? '')).map((one) => `${part} ${one}`);
}
