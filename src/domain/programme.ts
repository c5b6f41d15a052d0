import type { LocalDate, Slot } from './dates.ts';
import type { EventQuestion } from './event-question.ts';
import type { Uuid } from './ids.ts';
import type { ProposalRules } from './proposal.ts';
import type { RegistrationForm } from './registration-question.ts';
import type { LocalizedText } from './text.ts';

/** INSEE code of a region (code officiel géographique), or `FR` for the national and online part. */
export type RegionCode = string;
/** INSEE code of a département: `01` … `2B` … `976`. */
export type DepartmentCode = string;

export const eventFormats = [
  'conference',
  'webinar',
  'training',
  'workshop',
  'simplification',
  'debate',
  'round_table',
  'visit',
  'walk',
  'podcast',
  'exhibition',
  'open_day',
  'meeting',
  'talk',
] as const;
export type EventFormat = (typeof eventFormats)[number];

/** Agents, managers, general public (tout public). */
export const audiences = ['agents', 'managers', 'public'] as const;
export type Audience = (typeof audiences)[number];

export const attendanceModes = ['on_site', 'online', 'mixed'] as const;
export type AttendanceMode = (typeof attendanceModes)[number];

/** Status of a published event, with the meanings of OpenAgenda v2. */
export const eventStatuses = ['scheduled', 'rescheduled', 'moved_online', 'postponed', 'full', 'cancelled'] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** OpenAgenda's codes: hearing, visual, psychic, motor and intellectual impairment. */
export const accessibilityCodes = ['hi', 'vi', 'pi', 'mi', 'ii'] as const;
export type AccessibilityCode = (typeof accessibilityCodes)[number];

/** What the public may know of free places: never a number, so that a registration does not rewrite the programme. */
export const places = ['open', 'few', 'full'] as const;
export type Places = (typeof places)[number];

export interface Theme {
  readonly code: string;
  readonly label: LocalizedText;
}

/** One year's programme. */
export interface Edition {
  readonly id: string;
  readonly title: LocalizedText;
  readonly year: number;
  /** First and last day, where the source gives them; `month` or nothing more precise otherwise. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly themes: readonly Theme[];
  readonly about?: LocalizedText;
  /** `demo` is fictional and says so on every screen; `archive` is past. */
  readonly kind: 'current' | 'archive' | 'demo' | 'imported';
  readonly source?: Source;
  /** The edition that a first visit shows. */
  readonly current: boolean;
  /** How it takes proposals; what is usual without it (`rulesOf`). */
  readonly proposals?: ProposalRules;
}

/** Where a fact comes from. */
export interface Source {
  readonly name: string;
  readonly url?: string;
  readonly licence?: string;
}

export interface Position {
  /** WGS 84 degrees. */
  readonly lat: number;
  readonly lon: number;
  /** Placed by hand and not surveyed: shown as such, never used for guiding. */
  readonly approximate?: true;
}

export interface Venue {
  readonly id: Uuid;
  readonly name: string;
  readonly address?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly position?: Position;
  /** How to get in: the accessible entrance, the floor, what the reception asks for. */
  readonly access?: LocalizedText;
  /** How to get there: stops, stations, where to leave a bicycle or a car. */
  readonly transport?: LocalizedText;
}

export interface Person {
  readonly name: string;
  readonly role?: LocalizedText;
}

export interface Body {
  readonly name: string;
  readonly url?: string;
}

/** A picture that stands for an event, where its owner put it. */
export interface Picture {
  readonly url: string;
  /** What it shows, for those who do not see it. */
  readonly alt?: LocalizedText;
  readonly credit?: string;
  readonly licence?: string;
}

/** Whom the public may ask or register with: an address or number that the organiser gave for that. */
export interface PublicContact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/** What the organiser asks of those who come. `none`: no registration; `external`: at `url`; `approval`: the organiser decides. */
export interface RegistrationPolicy {
  readonly mode: 'none' | 'open' | 'approval' | 'external';
  readonly url?: string;
  /** Seats; without it there is no limit. */
  readonly capacity?: number;
  readonly waitingList?: boolean;
  /** Largest party in one registration. */
  readonly maxParty?: number;
  /** ISO 8601 instant after which nobody can register. */
  readonly closesAt?: string;
  /** Written by the server when it publishes; never by an organiser. */
  readonly places?: Places;
}

export interface Session {
  readonly id: Uuid;
  readonly title?: LocalizedText;
  readonly summary?: LocalizedText;
  readonly slot: Slot;
  /** Absent: the event's own. */
  readonly venueId?: Uuid;
  readonly room?: string;
  readonly people?: readonly Person[];
  readonly attendanceMode?: AttendanceMode;
  readonly onlineUrl?: string;
  readonly status?: EventStatus;
  readonly registration?: RegistrationPolicy;
}

export interface TourStop {
  readonly id: Uuid;
  readonly title: LocalizedText;
  readonly text?: LocalizedText;
  readonly position: Position;
  readonly address?: string;
  /** Minutes spent there. */
  readonly dwell?: number;
  /** Minutes after the walk's start at which the group is to be there; reckoned from the way and the pace where nobody says it. */
  readonly after?: number;
}

export interface Tour {
  readonly slug: string;
  readonly title: LocalizedText;
  readonly stops: readonly TourStop[];
  /** Ordered [lat, lon] pairs; without it the walk is the straight line from stop to stop. */
  readonly route?: readonly (readonly [number, number])[];
  /** The route was drawn by hand and not surveyed. */
  readonly approximate?: true;
  /** Metres. */
  readonly length?: number;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** One published entry of the programme. */
export interface ProgrammeEvent {
  readonly id: Uuid;
  readonly editionId: string;
  /** Unique across editions. */
  readonly slug: string;
  readonly region: RegionCode;
  readonly department?: DepartmentCode;
  readonly title: LocalizedText;
  /** At most 200 characters. */
  readonly summary?: LocalizedText;
  /** Markdown. */
  readonly description?: LocalizedText;
  readonly format: EventFormat;
  readonly themes: readonly string[];
  readonly audiences: readonly Audience[];
  readonly attendanceMode: AttendanceMode;
  readonly status: EventStatus;
  /** What changed, in the organiser's words. */
  readonly statusNote?: LocalizedText;
  readonly organisers: readonly Body[];
  /** Bodies present beside the organisers. */
  readonly bodies?: readonly Body[];
  readonly venues: readonly Venue[];
  readonly sessions: readonly Session[];
  /** For what has no session (a podcast, a module): when it can be had. */
  readonly availability?: { readonly from?: LocalDate; readonly to?: LocalDate; readonly url: string };
  readonly onlineUrl?: string;
  readonly accessibility: readonly AccessibilityCode[];
  readonly conditions?: LocalizedText;
  readonly contacts?: readonly PublicContact[];
  readonly links?: readonly Link[];
  readonly image?: Picture;
  /** By language. */
  readonly keywords?: Readonly<Record<string, readonly string[]>>;
  /** Years of those it is meant for. */
  readonly age?: { readonly min?: number; readonly max?: number };
  readonly registration: RegistrationPolicy;
  /** Markdown: what came out of it, in the organiser's words. */
  readonly afterwards?: LocalizedText;
  /** Beside it; each says what it shows and under which licence. */
  readonly afterwardsPictures?: readonly Picture[];
  /** What is asked of those who register here, for the event or for any of its sessions. */
  readonly registrationForm?: RegistrationForm;
  readonly tour?: Tour;
  readonly question?: EventQuestion;
  readonly source?: Source;
  /** ISO 8601 instants. */
  readonly publishedAt: string;
  readonly updatedAt: string;
}

/** A thing that one registers for: a session with its own policy, or the event as a whole when no session has one. */
export interface Subject {
  readonly id: Uuid;
  readonly eventId: Uuid;
  readonly session?: Session;
  readonly policy: RegistrationPolicy;
}

/** PRODUCT: an event without sessions that take registrations counts as one subject, whose id is the event's. */
export function subjectsOf(event: ProgrammeEvent): Subject[] {
  const sessions = event.sessions.filter((s) => s.registration && s.registration.mode !== 'none');
  if (sessions.length > 0) {
    return sessions.map((session) => ({ id: session.id, eventId: event.id, session, policy: session.registration! }));
  }
  return event.registration.mode === 'none' ? [] : [{ id: event.id, eventId: event.id, policy: event.registration }];
}

/** The days and hours that count for a subject: its session's, or all of the event's. */
export function slotsOf(event: ProgrammeEvent, subjectId: Uuid): readonly Slot[] {
  const session = event.sessions.find((s) => s.id === subjectId);
  return session ? [session.slot] : event.sessions.map((s) => s.slot);
}

/** The venue of a session, else the event's first; none where people meet online, for what has moved online may keep its venues. */
export function venueOf(event: ProgrammeEvent, session?: Session): Venue | undefined {
  if ((session?.attendanceMode ?? event.attendanceMode) === 'online') return undefined;
  return event.venues.find((v) => v.id === session?.venueId) ?? event.venues[0];
}
