import type { LocalDate } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { Audience, DepartmentCode, EventFormat, EventStatus, RegionCode } from './programme.ts';
import { audiences, eventFormats } from './programme.ts';
import type { ProposalState } from './proposal.ts';
import type { RegistrationState } from './registration.ts';
import { departmentsOf, regionsAndNational } from './regions.ts';

/** What is counted of one event, out of the books of its registrations and doors. Numbers of people unless they say otherwise. */
export interface EventFigures {
  readonly id: Uuid;
  readonly region: RegionCode;
  readonly department?: DepartmentCode;
  readonly format: EventFormat;
  readonly audiences: readonly Audience[];
  readonly status: EventStatus;
  /** Absent of what has no session. */
  readonly firstDay?: LocalDate;
  readonly lastDay?: LocalDate;
  readonly confirmed: number;
  /** Asked for and not answered yet, and on the waiting list. */
  readonly requested: number;
  readonly waitlisted: number;
  /** Who may come in: those confirmed, and those not answered yet where the event lets them in. */
  readonly expected: number;
  readonly arrived: number;
  /** Of those who arrived, without a registration. */
  readonly walkIns: number;
}

/** Sums of a part of the programme. An event that is cancelled counts as such, and nothing of its registrations does. */
export interface Counts {
  /** Events that take place, or took place. */
  readonly events: number;
  /** Events that are cancelled. */
  readonly cancelled: number;
  /** People with a place. */
  readonly registered: number;
  /** People who wait for an answer or for a place. */
  readonly waiting: number;
  /** People who came in, walk-ins among them. */
  readonly arrived: number;
  readonly walkIns: number;
  /** People awaited at events that are over and whose doors recorded arrivals: what `absent` is measured by. */
  readonly awaited: number;
  /** Of these, people who did not come. */
  readonly absent: number;
}

export interface PlaceFigures extends Counts {
  readonly region: RegionCode;
  /** Absent: of the region and of no département, as what is online. */
  readonly department?: DepartmentCode;
}

/** A moment of a series: a day, or `2026-11-24T09` for an hour of it, on the clocks of metropolitan France. */
export interface Point {
  readonly at: string;
  readonly count: number;
}

/** Everything that the dashboard shows of an edition, or of a part of it. */
export interface Figures {
  readonly total: Counts;
  /** Events that are over, had people with a place and recorded no arrival: nobody knows who was absent. */
  readonly unrecorded: number;
  readonly regions: readonly PlaceFigures[];
  /** Every département of the regions asked about, the empty ones too. */
  readonly departments: readonly PlaceFigures[];
  readonly formats: readonly (Counts & { readonly format: EventFormat })[];
  /** An event for several audiences counts for each of them. */
  readonly audiences: readonly (Counts & { readonly audience: Audience })[];
  readonly registrations: readonly {
    readonly state: RegistrationState;
    readonly parties: number;
    readonly people: number;
  }[];
  readonly proposals: readonly {
    readonly state: ProposalState;
    /** Of new events, and of changes to published ones. */
    readonly added: number;
    readonly changes: number;
  }[];
  /** Events by their first day. */
  readonly eventDays: readonly Point[];
  /** People registered by the day on which they asked, whatever became of it. */
  readonly registrationDays: readonly Point[];
  /** People by when they came in; by the hour when all that was asked about is one day. */
  readonly arrivalTimes: readonly Point[];
}

export const NO_COUNTS: Counts = {
  events: 0,
  cancelled: 0,
  registered: 0,
  waiting: 0,
  arrived: 0,
  walkIns: 0,
  awaited: 0,
  absent: 0,
};

/**
 * Adds events up by place, format and audience.
 * @param today an event is over once its last day is before it
 * @param within the regions asked about: their départements are listed though they have nothing
 */
export function foldFigures(
  events: readonly EventFigures[],
  today: LocalDate,
  within: readonly RegionCode[],
): Pick<Figures, 'total' | 'unrecorded' | 'regions' | 'departments' | 'formats' | 'audiences' | 'eventDays'> {
  const regions = new Map<RegionCode, Counts>(within.map((code) => [code, NO_COUNTS]));
  const departments = new Map<DepartmentCode, Counts>();
  const formats = new Map<EventFormat, Counts>();
  const publics = new Map<Audience, Counts>();
  const days = new Map<LocalDate, number>();
  let total = NO_COUNTS;
  let unrecorded = 0;
  for (const event of events) {
    const counts = countsOf(event, today);
    total = plus(total, counts);
    add(regions, event.region, counts);
    if (event.department !== undefined) add(departments, event.department, counts);
    add(formats, event.format, counts);
    for (const audience of new Set(event.audiences)) add(publics, audience, counts);
    if (event.status === 'cancelled') continue;
    if (event.firstDay !== undefined) days.set(event.firstDay, (days.get(event.firstDay) ?? 0) + 1);
    if (isOver(event, today) && event.expected > 0 && event.arrived === 0) unrecorded++;
  }
  return {
    total,
    unrecorded,
    regions: regionsAndNational.flatMap(({ code }) => {
      const counts = regions.get(code);
      return counts ? [{ region: code, ...counts }] : [];
    }),
    departments: regionsAndNational.flatMap(({ code: region }) =>
      departmentsOf(region).flatMap(({ code }) => {
        const counts = departments.get(code) ?? (within.includes(region) ? NO_COUNTS : undefined);
        return counts ? [{ region, department: code, ...counts }] : [];
      }),
    ),
    formats: eventFormats.flatMap((format) => {
      const counts = formats.get(format);
      return counts ? [{ format, ...counts }] : [];
    }),
    audiences: audiences.map((audience) => ({ audience, ...(publics.get(audience) ?? NO_COUNTS) })),
    eventDays: [...days].map(([at, count]) => ({ at, count })).toSorted(byTime),
  };
}

function countsOf(event: EventFigures, today: LocalDate): Counts {
  if (event.status === 'cancelled') return { ...NO_COUNTS, cancelled: 1 };
  const { confirmed, requested, waitlisted, expected, arrived, walkIns } = event;
  const measured = isOver(event, today) && arrived > 0;
  return {
    events: 1,
    cancelled: 0,
    registered: confirmed,
    waiting: requested + waitlisted,
    arrived,
    walkIns,
    awaited: measured ? expected : 0,
    absent: measured ? Math.max(0, expected - (arrived - walkIns)) : 0,
  };
}

function isOver({ lastDay }: EventFigures, today: LocalDate): boolean {
  return lastDay !== undefined && lastDay < today;
}

function add<Key>(sums: Map<Key, Counts>, key: Key, counts: Counts): void {
  sums.set(key, plus(sums.get(key) ?? NO_COUNTS, counts));
}

function plus(a: Counts, b: Counts): Counts {
  return {
    events: a.events + b.events,
    cancelled: a.cancelled + b.cancelled,
    registered: a.registered + b.registered,
    waiting: a.waiting + b.waiting,
    arrived: a.arrived + b.arrived,
    walkIns: a.walkIns + b.walkIns,
    awaited: a.awaited + b.awaited,
    absent: a.absent + b.absent,
  };
}

/** Hours of UTC added up by what the clocks show then. @param local gives `2026-11-24T09` or `2026-11-24` of an hour since 1970 */
export function seriesOf(
  hours: readonly { readonly hour: number; readonly count: number }[],
  local: (hour: number) => string,
): Point[] {
  const sums = new Map<string, number>();
  for (const { hour, count } of hours) {
    const at = local(hour);
    sums.set(at, (sums.get(at) ?? 0) + count);
  }
  return [...sums].map(([at, count]) => ({ at, count })).toSorted(byTime);
}

function byTime(a: Point, b: Point): number {
  return a.at < b.at ? -1 : 1;
}
