import type { Instant, LocalDate } from './dates.ts';
import { addDays, isLocalDate, lastDay, slotBounds } from './dates.ts';
import type { EventCard } from './event-card.ts';
import type { Uuid } from './ids.ts';
import type { AccessibilityCode, Audience, DepartmentCode, EventFormat, RegionCode } from './programme.ts';
import { accessibilityCodes, audiences, eventFormats } from './programme.ts';

/** Days and hours that move along with the clock, so that an address that says `today` still does tomorrow. */
export const whens = ['now', 'today', 'weekend'] as const;
export type When = (typeof whens)[number];

/** What narrows a programme down, the same in the list and on the map. An absent part narrows nothing. */
export interface ProgrammeFilter {
  /** Words to search for; the search itself answers with ids. */
  readonly q?: string;
  readonly region?: RegionCode;
  readonly department?: DepartmentCode;
  readonly format?: EventFormat;
  readonly public?: Audience;
  /** Code of a theme of the edition. */
  readonly theme?: string;
  /** Days, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly when?: When;
  /** Where one can be: on the spot or online; a mixed event is both. */
  readonly mode?: 'on_site' | 'online';
  /** Those that take registrations and have places left. */
  readonly places?: 'free';
  readonly access?: AccessibilityCode;
}

/** What `when` is measured by. */
export interface Moment {
  readonly now: Instant;
  /** On the reader's calendar. */
  readonly today: LocalDate;
}

/** The parameters of an address that hold a filter, by the names of its parts. */
export const filterKeys = [
  'q',
  'region',
  'department',
  'format',
  'public',
  'theme',
  'from',
  'to',
  'when',
  'mode',
  'places',
  'access',
] as const;
export type FilterKey = (typeof filterKeys)[number];

/** Reads a filter from an address, which anyone may have written: what is no possible value is left out. */
export function readFilter(params: { get(name: string): string | null }): ProgrammeFilter {
  const text = (key: FilterKey, max: number, valid: (value: string) => boolean): string | undefined => {
    const value = params.get(key)?.trim();
    return value && value.length <= max && valid(value) ? value : undefined;
  };
  const found: Record<FilterKey, string | undefined> = {
    q: text('q', 200, () => true),
    region: text('region', 2, (value) => /^(FR|\d{2})$/.test(value)),
    department: text('department', 3, (value) => /^(\d{2}|2[AB]|97\d)$/.test(value)),
    format: text('format', 40, (value) => (eventFormats as readonly string[]).includes(value)),
    public: text('public', 40, (value) => (audiences as readonly string[]).includes(value)),
    theme: text('theme', 64, () => true),
    from: text('from', 10, isLocalDate),
    to: text('to', 10, isLocalDate),
    when: text('when', 10, (value) => (whens as readonly string[]).includes(value)),
    mode: text('mode', 10, (value) => value === 'on_site' || value === 'online'),
    places: text('places', 10, (value) => value === 'free'),
    access: text('access', 2, (value) => (accessibilityCodes as readonly string[]).includes(value)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** A filter as the parameters of an address, in a fixed order. */
export function writeFilter(filter: ProgrammeFilter): [FilterKey, string][] {
  return filterKeys.flatMap((key) => (filter[key] ? [[key, filter[key]] as [FilterKey, string]] : []));
}

/** A filter without one of its parts; without its region it has no département either. */
export function withoutPart(filter: ProgrammeFilter, key: FilterKey): ProgrammeFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([name]) => name !== key && !(key === 'region' && name === 'department')),
  );
}

/**
 * True when an event is within the filter.
 * @param ids what the search found for `q`; undefined when nothing is searched for, or nothing is found yet
 * @param moment without it `when` narrows nothing
 */
export function matchesFilter(
  card: EventCard,
  filter: ProgrammeFilter,
  ids?: ReadonlySet<Uuid>,
  moment?: Moment,
): boolean {
  return matcherOf(filter, ids, moment)(card);
}

/** The same for many events: what does not depend on the event is worked out once. */
export function matcherOf(
  filter: ProgrammeFilter,
  ids?: ReadonlySet<Uuid>,
  moment?: Moment,
): (card: EventCard) => boolean {
  const { region, department, format, public: audience, theme, mode, places, access, from, to } = filter;
  const isNow = filter.when && moment ? withinOf(filter.when, moment) : undefined;
  return (card) => {
    if (ids && !ids.has(card.id)) return false;
    if (region && card.region !== region) return false;
    if (department && card.department !== department) return false;
    if (format && card.format !== format) return false;
    if (audience && !card.audiences.includes(audience)) return false;
    if (theme && !card.themes.includes(theme)) return false;
    if (mode && card.attendanceMode !== 'mixed' && card.attendanceMode !== mode) return false;
    if (places && !hasPlaces(card)) return false;
    if (access && !card.accessibility.includes(access)) return false;
    if (isNow && !isNow(card)) return false;
    if (!from && !to) return true;
    return card.slots.some((slot) => (!to || slot.date <= to) && (!from || lastDay(slot) >= from));
  };
}

/** It takes registrations and has places left. */
function hasPlaces(card: EventCard): boolean {
  return card.places !== undefined && card.places !== 'full' && card.status !== 'cancelled';
}

function withinOf(when: When, { now, today }: Moment): (card: EventCard) => boolean {
  if (when === 'now') {
    // Zones cost much to ask: only for what is about today, anywhere on Earth.
    const [before, after] = [addDays(today, -1), addDays(today, 1)];
    return (card) =>
      card.slots.some((slot) => {
        if (slot.date > after || lastDay(slot) < before) return false;
        const { from, to } = slotBounds(slot);
        return from <= now && now < to;
      });
  }
  const { from, to } = daysOfWhen(when, today);
  return (card) => card.slots.some((slot) => slot.date <= to && lastDay(slot) >= from);
}

/** Today, or what is left of this week-end or else the next one. */
export function daysOfWhen(when: Exclude<When, 'now'>, today: LocalDate): { from: LocalDate; to: LocalDate } {
  if (when === 'today') return { from: today, to: today };
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay();
  const sunday = addDays(today, (7 - weekday) % 7);
  return { from: weekday === 0 ? today : addDays(sunday, -1), to: sunday };
}
