import type { Verdict } from '#domain/check-in.ts';
import type { Instant, Slot, Zone } from '#domain/dates.ts';
import { localOf } from '#domain/dates.ts';
import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { Finding } from './judge.ts';

/** Verdicts that this door can give; walk-ins and exits have no flow here. */
export type ShownVerdict = Exclude<Verdict, 'admitted_walk_in' | 'refused_full' | 'left'>;

export type VerdictTone = 'good' | 'attention' | 'bad';

const tones: Readonly<Record<ShownVerdict, VerdictTone>> = {
  admitted: 'good',
  already_used: 'attention',
  unknown: 'attention',
  wrong_event: 'attention',
  not_yet: 'attention',
  waitlisted: 'attention',
  requested: 'attention',
  foreign: 'attention',
  revoked: 'bad',
  cancelled: 'bad',
  expired: 'bad',
  refused: 'bad',
  invalid: 'bad',
};

export function toneOf(verdict: Verdict): VerdictTone {
  return tones[verdict as ShownVerdict];
}

export interface VerdictContext {
  readonly t: Translate;
  readonly format: Format;
  readonly now: Instant;
  readonly zone: Zone | undefined;
  /** When the roster was last known to be all there is. */
  readonly asOf: Instant | undefined;
  /** Title of the event that a ticket of another event is for, where the device knows it. */
  readonly otherTitle?: string | undefined;
  /** The subject's days. */
  readonly slots: readonly Slot[];
}

/** The word, the reason and what to do next. */
export function describe(
  finding: Finding,
  context: VerdictContext,
): { word: string; reason: string | undefined; next: string } {
  const { t } = context;
  const word = t(`door.verdict.${finding.verdict}`);
  return { word, reason: reasonOf(finding, context), next: t(`door.verdict.${finding.verdict}.next`) };
}

function reasonOf(finding: Finding, context: VerdictContext): string | undefined {
  const { t, format, slots, otherTitle } = context;
  const key = `door.verdict.${finding.verdict}`;
  switch (finding.verdict) {
    case 'admitted':
      return finding.entry ? undefined : t(`${key}.offRoster`, { time: asOfText(context) });
    case 'already_used': {
      const { previous } = finding;
      if (!previous) return undefined;
      const values = { time: timeText(Date.parse(previous.at), context), door: doorText(previous.door, t) };
      const party = finding.entry?.party ?? finding.ticket?.party ?? 1;
      return t(party > 1 ? `${key}.reason.party` : `${key}.reason`, values);
    }
    case 'wrong_event':
      return otherTitle ? t(`${key}.named`, { title: otherTitle }) : t(`${key}.reason`);
    case 'not_yet': {
      const days = slots.map((slot) => slot.date).toSorted();
      const today = localOf(context.now, slots[0]?.zone ?? 'UTC').date;
      return t(`${key}.reason`, { day: format.day(days.find((d) => d >= today) ?? days[0] ?? today, 'weekday') });
    }
    case 'expired': {
      const days = slots.map((slot) => slot.endDate ?? slot.date).toSorted();
      return t(`${key}.reason`, { day: format.day(days.at(-1) ?? '1970-01-01', 'weekday') });
    }
    case 'unknown':
    case 'waitlisted':
    case 'requested':
      return t(`${key}.reason`, { time: asOfText(context) });
    default:
      return t(`${key}.reason`);
  }
}

/** The clock alone on the same day, else day and clock; in the zone of the event. */
export function timeText(at: Instant, { format, now, zone }: Pick<VerdictContext, 'format' | 'now' | 'zone'>): string {
  const place = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return localOf(at, place).date === localOf(now, place).date ? format.clock(at, place) : format.moment(at, place);
}

export function asOfText(context: Pick<VerdictContext, 'format' | 'now' | 'zone' | 'asOf'>): string {
  return context.asOf === undefined ? '—' : timeText(context.asOf, context);
}

/** A door's name in a sentence: a letter or a number alone is « porte A », a name of its own stays as it was given. */
export function doorText(name: string, t: Translate): string {
  const bare = name.trim();
  return bare.length <= 3 ? t('door.at', { door: bare }) : bare;
}
