import type { Slot } from './dates.ts';
import { compareSlots } from './dates.ts';
import type { Uuid } from './ids.ts';
import { pictureHash } from './picture.ts';
import type {
  AccessibilityCode,
  AttendanceMode,
  Audience,
  EventFormat,
  EventStatus,
  Places,
  Position,
  ProgrammeEvent,
  RegionCode,
  DepartmentCode,
} from './programme.ts';
import { subjectsOf } from './programme.ts';
import type { LocalizedText } from './text.ts';

/**
 * What lists, filters and the map need of an event: about a tenth of it, so that ten thousand are held in memory
 * while the rest stays packed until someone opens it.
 */
export interface EventCard {
  readonly id: Uuid;
  readonly slug: string;
  readonly editionId: string;
  readonly region: RegionCode;
  readonly department?: DepartmentCode;
  readonly title: LocalizedText;
  readonly summary?: LocalizedText;
  readonly format: EventFormat;
  readonly themes: readonly string[];
  readonly audiences: readonly Audience[];
  readonly accessibility: readonly AccessibilityCode[];
  readonly attendanceMode: AttendanceMode;
  readonly status: EventStatus;
  /** The best of its subjects; absent when it takes no registrations here. */
  readonly places?: Places;
  readonly city?: string;
  /** Where all its sessions are; absent where they have several rooms, and on cards that were kept before rooms were. */
  readonly room?: string;
  readonly organiser?: string;
  /** In the order of the programme. */
  readonly slots: readonly Slot[];
  /** Where it is on a map; nowhere when it is online. */
  readonly venues: readonly { readonly name: string; readonly city?: string; readonly position: Position }[];
  readonly tour: boolean;
  /** Of its picture, where the server has it (`pictureHash`). */
  readonly picture?: string;
}

export function cardOf(event: ProgrammeEvent): EventCard {
  const policies = subjectsOf(event).map((s) => s.policy.places ?? 'open');
  const best = (['open', 'few', 'full'] as const).find((p) => policies.includes(p));
  const city = event.venues.find((v) => v.city)?.city;
  const room = roomOf(event);
  const organiser = event.organisers[0]?.name;
  const picture = pictureHash(event.image?.url);
  return {
    id: event.id,
    slug: event.slug,
    editionId: event.editionId,
    region: event.region,
    ...(event.department ? { department: event.department } : {}),
    title: event.title,
    ...(event.summary ? { summary: event.summary } : {}),
    format: event.format,
    themes: event.themes,
    audiences: event.audiences,
    accessibility: event.accessibility,
    attendanceMode: event.attendanceMode,
    status: event.status,
    ...(best ? { places: best } : {}),
    ...(city ? { city } : {}),
    ...(room ? { room } : {}),
    ...(organiser ? { organiser } : {}),
    slots: event.sessions.map((s) => s.slot).toSorted(compareSlots),
    venues: (event.attendanceMode === 'online' ? [] : event.venues).flatMap((v) =>
      v.position ? [{ name: v.name, ...(v.city ? { city: v.city } : {}), position: v.position }] : [],
    ),
    tour: event.tour !== undefined,
    ...(picture ? { picture } : {}),
  };
}

function roomOf({ attendanceMode, sessions }: ProgrammeEvent): string | undefined {
  const room = sessions[0]?.room;
  return attendanceMode !== 'online' && sessions.every((session) => session.room === room) ? room : undefined;
}
