import type { ProgrammeEvent, Session, Venue } from '#domain/programme.ts';
import type { ImportOptions } from './imported.ts';

/** The fields of an event that a file may say. */
export type Carried =
  | 'title'
  | 'summary'
  | 'description'
  | 'format'
  | 'themes'
  | 'audiences'
  | 'attendanceMode'
  | 'status'
  | 'organisers'
  | 'sessions'
  | 'venues'
  | 'onlineUrl'
  | 'registration'
  | 'contacts'
  | 'accessibility'
  | 'conditions'
  | 'region'
  | 'department'
  | 'keywords'
  | 'age'
  | 'image'
  | 'links'
  | 'availability';

/** Texts are compared language by language: a translation made here is no reason to keep an old title in the other. */
const LOCALIZED: ReadonlySet<Carried> = new Set(['title', 'summary', 'description', 'conditions', 'keywords']);

/** What a file said, short: a mark a field, and a mark a language for texts (`title.fr`). */
export type Marks = Readonly<Record<string, string>>;

/** Marks of the fields that a format carries; two events with the same marks say the same as far as the format goes. */
export function marksOf(event: ProgrammeEvent, carries: readonly Carried[], digest: ImportOptions['digest']): Marks {
  const marks: Record<string, string> = {};
  const mark = (path: string, value: unknown): void => {
    if (value === undefined) return;
    const bytes = digest(JSON.stringify(value, sorted)).subarray(0, 9);
    marks[path] = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  };
  for (const field of carries) {
    const value = event[field];
    if (LOCALIZED.has(field)) for (const [lang, text] of Object.entries(value ?? {})) mark(`${field}.${lang}`, text);
    else mark(field, value);
  }
  return marks;
}

/** The order of keys and where a venue's or session's id comes from say nothing. */
function sorted(key: string, value: unknown): unknown {
  if (key === 'id' || key === 'venueId') return undefined;
  return value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

export interface Merge {
  readonly event: ProgrammeEvent;
  /** Paths that were taken from the file. */
  readonly taken: readonly string[];
  /** Paths that the file changed and that are kept as they were edited here. */
  readonly kept: readonly string[];
}

export interface MergeInput {
  /** The event as it is here. */
  readonly ours: ProgrammeEvent;
  /** The event as it would come back from the format. */
  readonly image: ProgrammeEvent;
  /** What the file says. */
  readonly theirs: ProgrammeEvent;
  /** What the file said at the last import; absent when it never came from there: then the file is a later state of ours. */
  readonly base?: Marks;
}

/**
 * Three ways, field by field: what the file has not changed since it was last read stays as it is here; what it has changed
 * and nobody edited here is taken; what both changed stays as it was edited here, and is told.
 */
export function mergeImport(input: MergeInput, carries: readonly Carried[], digest: ImportOptions['digest']): Merge {
  const { ours, theirs, image } = input;
  const [here, there] = [marksOf(image, carries, digest), marksOf(theirs, carries, digest)];
  const base = input.base ?? here;
  const taken: string[] = [];
  const kept: string[] = [];
  for (const path of new Set([...Object.keys(here), ...Object.keys(there), ...Object.keys(base)])) {
    if (!carries.includes(path.split('.')[0] as Carried)) continue;
    if (there[path] === base[path] || there[path] === here[path]) continue;
    (here[path] === base[path] ? taken : kept).push(path);
  }
  let event = ours;
  for (const path of taken) event = withPath(event, path, input);
  // A venue that is gone is no place for a session.
  const venues = new Set(event.venues.map((v) => v.id));
  if (event.sessions.some((s) => s.venueId !== undefined && !venues.has(s.venueId)))
    event = { ...event, sessions: event.sessions.map((s) => withoutVenue(s, venues)) };
  return { event, taken, kept };
}

function withPath(event: ProgrammeEvent, path: string, { ours, image, theirs }: MergeInput): ProgrammeEvent {
  const [field, lang] = path.split('.') as [Carried, string | undefined];
  if (field === 'sessions')
    return { ...event, sessions: mergedSessions(ours.sessions, image.sessions, theirs.sessions) };
  if (field === 'venues') return { ...event, venues: mergedVenues(ours.venues, image.venues, theirs.venues) };
  if (lang !== undefined) {
    const text = (theirs[field] as Record<string, unknown> | undefined)?.[lang];
    const { [lang]: _, ...others } = (event[field] ?? {}) as Record<string, unknown>;
    const merged = text === undefined ? others : { ...others, [lang]: text };
    return withField(event, field, Object.keys(merged).length === 0 ? undefined : merged);
  }
  return withField(event, field, theirs[field]);
}

function withField(event: ProgrammeEvent, field: Carried, value: unknown): ProgrammeEvent {
  const { [field]: _, ...rest } = event;
  return (value === undefined ? rest : { ...rest, [field]: value }) as ProgrammeEvent;
}

/**
 * Sessions keep their ids, which registrations hang on, and what the format cannot say: the one of the same name in the file,
 * else the one of the same hours, else, when there are as many, the one in the same place of the list.
 */
function mergedSessions(ours: readonly Session[], image: readonly Session[], theirs: readonly Session[]): Session[] {
  // A format that cuts or joins times gives back other ones than it was given.
  const aligned = ours.length === image.length;
  const free = new Set(ours);
  const claim = (session: Session | undefined): Session | undefined =>
    session && free.delete(session) ? session : undefined;
  const bySame = theirs.map((their) => {
    const i = aligned ? image.findIndex((one) => one.id === their.id) : -1;
    return claim(i < 0 ? undefined : ours[i]);
  });
  const key = (s: Session): string => JSON.stringify(s.slot, sorted);
  const byHours = theirs.map((their, i) => bySame[i] ?? claim([...free].find((one) => key(one) === key(their))));
  return theirs.map((their, i) => {
    const mine = byHours[i] ?? (theirs.length === ours.length ? claim(ours[i]) : undefined);
    if (!mine) return their;
    const index = ours.indexOf(mine);
    const same = aligned && image[index];
    // Room, people and title come back as the format tells them: only what differs from that was changed in the file.
    const said = Object.fromEntries(
      Object.entries(their).filter(
        ([k, v]) =>
          k !== 'id' &&
          JSON.stringify(v, sorted) !== JSON.stringify(same ? same[k as keyof Session] : undefined, sorted),
      ),
    );
    return { ...mine, ...said };
  });
}

/** As many venues as before are the same ones, told anew; else they are other ones. */
function mergedVenues(ours: readonly Venue[], image: readonly Venue[], theirs: readonly Venue[]): Venue[] {
  if (image.length !== theirs.length || ours.length < theirs.length) return [...theirs];
  return ours.map((mine, i) => {
    const their = theirs[i];
    if (!their) return mine;
    const moved =
      JSON.stringify(their.position) !== JSON.stringify(image[i]?.position) || their.name !== image[i]?.name;
    const { position, ...rest } = mine;
    const { id: _, ...said } = their;
    // Another house is somewhere else, and how one got into the old one is no help.
    if (moved && their.name !== image[i]?.name) return { ...said, id: mine.id };
    return { ...rest, ...(position && !moved ? { position } : {}), ...said, id: mine.id };
  });
}

function withoutVenue(session: Session, venues: ReadonlySet<string>): Session {
  if (session.venueId === undefined || venues.has(session.venueId)) return session;
  const { venueId: _, ...rest } = session;
  return rest;
}
