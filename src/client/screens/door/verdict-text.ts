import type { Verdict } from '#domain/check-in.ts';
import type { Instant, Slot, Zone } from '#domain/dates.ts';
import { localOf } from '#domain/dates.ts';
import type { CheckInList } from '#domain/door-rules.ts';
import { textIn } from '#domain/text.ts';
import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { Finding } from './judge.ts';

export type VerdictTone = 'good' | 'attention' | 'bad' | 'leaving';

const tones: Readonly<Record<Verdict, VerdictTone>> = {
  admitted: 'good',
  admitted_walk_in: 'good',
  left: 'leaving',
  already_used: 'attention',
  unknown: 'attention',
  wrong_event: 'attention',
  not_yet: 'attention',
  waitlisted: 'attention',
  requested: 'attention',
  foreign: 'attention',
  refused_full: 'bad',
  revoked: 'bad',
  cancelled: 'bad',
  expired: 'bad',
  refused: 'bad',
  invalid: 'bad',
};

export function toneOf(verdict: Verdict): VerdictTone {
  return tones[verdict];
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
  /** Title of the session that the ticket is for, where the event has several. */
  readonly session?: string | undefined;
  readonly list?: CheckInList | undefined;
  /** Seats that this phone has left for walk-ins of the subject; undefined where they are not counted. */
  readonly seats?: number | undefined;
  readonly online: boolean;
  /** Exits are recorded too. */
  readonly countsInside: boolean;
}

export interface VerdictWords {
  readonly word: string;
  readonly reason: string | undefined;
  readonly next: string | undefined;
}

/** The word, the reason and what the person at the door does next. */
export function describe(finding: Finding, context: VerdictContext): VerdictWords {
  const { t } = context;
  const elsewhere = finding.byList && finding.verdict === 'wrong_event';
  const word = t(elsewhere ? 'door.verdict.wrong_event.byList.word' : `door.verdict.${finding.verdict}`);
  return { word, reason: reasonOf(finding, context), next: nextOf(finding, context) };
}

function reasonOf(finding: Finding, context: VerdictContext): string | undefined {
  const { t, format, slots, otherTitle, list } = context;
  const key = `door.verdict.${finding.verdict}`;
  switch (finding.verdict) {
    case 'admitted':
      if (!finding.entry && !finding.walkIn) return t(`${key}.offRoster`, { time: asOfText(context) });
      return finding.entry?.state === 'requested' ? t(`${key}.requested`) : undefined;
    case 'admitted_walk_in':
      if (finding.request) return t(`${key}.request`);
      return context.seats === undefined ? undefined : t(`${key}.seats`, { n: context.seats });
    case 'refused_full':
      return t(`${key}.reason`, { n: context.seats ?? 0 });
    case 'left':
      if (finding.inside === 0) return t(`${key}.notInside`);
      return finding.inside > finding.count ? t(`${key}.others`, { n: finding.inside - finding.count }) : undefined;
    case 'already_used': {
      const { previous } = finding;
      if (!previous) return undefined;
      const values = { time: timeText(Date.parse(previous.at), context), door: doorText(previous.door, t) };
      const party = finding.entry?.party ?? finding.ticket?.party ?? 1;
      return t(party > 1 ? `${key}.reason.party` : `${key}.reason`, values);
    }
    case 'wrong_event':
      if (finding.byList && list) return t(`${key}.byList`, { list: textIn(list.name, format.language).text });
      return otherTitle ? t(`${key}.named`, { title: otherTitle }) : t(`${key}.reason`);
    case 'not_yet': {
      if (finding.byList && list?.opensAt)
        return t(`${key}.byList`, { time: timeText(Date.parse(list.opensAt), context) });
      const days = slots.map((slot) => slot.date).toSorted();
      const today = localOf(context.now, slots[0]?.zone ?? 'UTC').date;
      return t(`${key}.reason`, { day: format.day(days.find((d) => d >= today) ?? days[0] ?? today, 'weekday') });
    }
    case 'expired': {
      if (finding.byList && list?.closesAt)
        return t(`${key}.byList`, { time: timeText(Date.parse(list.closesAt), context) });
      const days = slots.map((slot) => slot.endDate ?? slot.date).toSorted();
      return t(`${key}.reason`, { day: format.day(days.at(-1) ?? '1970-01-01', 'weekday') });
    }
    case 'refused':
      return finding.request ? t(`${key}.request.${requestReason(finding)}`) : t(`${key}.reason`);
    case 'requested':
      if (finding.request) return t(`${key}.request`);
      return t(`${key}.reason`, { time: asOfText(context) });
    case 'unknown':
    case 'waitlisted':
      return t(`${key}.reason`, { time: asOfText(context) });
    default:
      return t(`${key}.reason`);
  }
}

function nextOf(finding: Finding, context: VerdictContext): string | undefined {
  const { t, session, seats, online } = context;
  const key = `door.verdict.${finding.verdict}`;
  switch (finding.verdict) {
    case 'admitted':
      return finding.entry ? undefined : t(`${key}.next`);
    case 'already_used':
      return t(context.countsInside ? `${key}.next.inside` : `${key}.next`);
    case 'refused_full':
      return t(online ? `${key}.next.online` : `${key}.next`);
    case 'requested':
      if (!finding.request || seats === undefined) return t(`${key}.next`);
      return t(online ? `${key}.next.seats.online` : `${key}.next.seats`);
    case 'wrong_event':
      if (finding.byList) return session ? t(`${key}.byList.next`, { session }) : t(`${key}.byList.next.unknown`);
      return t(`${key}.next`);
    case 'not_yet':
    case 'expired':
      return t(finding.byList ? `${key}.byList.next` : `${key}.next`);
    default:
      return t(`${key}.next`);
  }
}

const REASONS = new Set(['closed', 'event_over', 'event_cancelled', 'party_too_large']);

function requestReason({ reason }: Finding): string {
  return reason && REASONS.has(reason) ? reason : 'other';
}

/** The clock alone on the same day, else day and clock; in the zone of the event. */
export function timeText(at: Instant, { format, now, zone }: Pick<VerdictContext, 'format' | 'now' | 'zone'>): string {
  return localOf(at, zone).date === localOf(now, zone).date ? format.clock(at, zone) : format.moment(at, zone);
}

export function asOfText(context: Pick<VerdictContext, 'format' | 'now' | 'zone' | 'asOf'>): string {
  return context.asOf === undefined ? '—' : timeText(context.asOf, context);
}

/** In the place of what takes long to be put into words or added up, until the door stands. */
export const NOT_YET = '…';

/** A door's name in a sentence: a letter or a number alone is « porte A », a name of its own stays as it was given. */
export function doorText(name: string, t: Translate): string {
  const bare = name.trim();
  return bare.length <= 3 ? t('door.at', { door: bare }) : bare;
}
