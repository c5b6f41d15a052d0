import type { Slot } from './dates.ts';
import { isLocalDate, isLocalTime, isZone } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { ProgrammeEvent, RegistrationPolicy, Session, Source } from './programme.ts';
import type { ProposalContent } from './proposal.ts';
import { eventFields } from './proposal.ts';
import { NATIONAL } from './regions.ts';
import { slugOf, textIn } from './text.ts';

/** What an event has beside what the form holds. */
export interface EventGround {
  readonly id: Uuid;
  readonly editionId: string;
  /** Of an edit: the published event, whose address, tour and source stay. */
  readonly published?: ProgrammeEvent;
  /** Of a new one: where it comes from. */
  readonly source?: Source;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * The event that a content is: for a preview as attendees would see it, of a draft too, and for what is published, once nothing
 * is wrong with it. What is blank or half typed is left out.
 */
export function eventOf(
  content: ProposalContent,
  { id, editionId, published, source, at }: EventGround,
): ProgrammeEvent {
  const { privateContact: _p, custom: _c, ...given } = content;
  const fields = (tidy(given) ?? {}) as typeof given;
  const title = fields.title ?? {};
  const sessions = (fields.sessions ?? []).flatMap((one) => sessionOf(one) ?? []);
  const venues = (fields.venues ?? []).filter((one) => one.name !== undefined);
  const known = new Set(venues.map((one) => one.id));
  const named = <T extends { readonly name: string }>(list: readonly T[]): T[] => list.filter((one) => one.name);
  const { availability, links, contacts, image, statusNote, registrationForm, keywords, age, ...rest } = fields;
  return {
    ...(published ? withoutForm(published) : source ? { source } : {}),
    ...rest,
    id,
    editionId,
    slug: published?.slug ?? slugOf(textIn(title, 'fr').text),
    region: fields.region ?? NATIONAL,
    title,
    format: fields.format ?? 'meeting',
    themes: fields.themes ?? [],
    audiences: fields.audiences ?? [],
    attendanceMode: fields.attendanceMode ?? 'on_site',
    status: fields.status ?? 'scheduled',
    ...(statusNote ? { statusNote } : {}),
    organisers: named(fields.organisers ?? []),
    ...(fields.bodies ? { bodies: named(fields.bodies) } : {}),
    venues,
    sessions: sessions.map((one) => {
      const { venueId, ...others } = one;
      return venueId !== undefined && known.has(venueId) ? one : others;
    }),
    ...(availability?.url && sessions.length === 0 ? { availability } : {}),
    accessibility: fields.accessibility ?? [],
    ...(contacts ? { contacts: contacts.filter((one) => one.value) } : {}),
    ...(links ? { links: links.filter((one) => one.label && one.url) } : {}),
    ...(image?.url ? { image } : {}),
    ...(keywords ? { keywords } : {}),
    ...(age && (age.min !== undefined || age.max !== undefined) ? { age } : {}),
    registration: policyOf(fields.registration),
    ...(registrationForm?.questions?.length || registrationForm?.namesRequired
      ? { registrationForm: { ...registrationForm, questions: registrationForm.questions ?? [] } }
      : {}),
    publishedAt: published?.publishedAt ?? at,
    updatedAt: at,
  };
}

/** What the form does not hold: its tour, where it comes from, and whatever events have besides. */
function withoutForm(published: ProgrammeEvent): Partial<ProgrammeEvent> {
  const fields: ReadonlySet<string> = new Set(eventFields);
  return Object.fromEntries(Object.entries(published).filter(([key]) => !fields.has(key)));
}

function sessionOf(session: Session): Session | undefined {
  const { slot, registration, people, ...rest } = session as Omit<Session, 'slot'> & { readonly slot?: Partial<Slot> };
  if (!slot?.date || !slot.zone || !isLocalDate(slot.date) || !isZone(slot.zone)) return undefined;
  const { date, start, end, endDate, zone } = slot;
  return {
    ...rest,
    ...(people ? { people: people.filter((one) => one.name) } : {}),
    ...(registration ? { registration: policyOf(registration) } : {}),
    slot: {
      date,
      ...(start && isLocalTime(start) ? { start } : {}),
      ...(start && end && isLocalTime(end) ? { end } : {}),
      ...(endDate && isLocalDate(endDate) && endDate > date ? { endDate } : {}),
      zone,
    },
  };
}

/** Only what belongs to the mode: an address of before would be shown otherwise. */
function policyOf(policy: RegistrationPolicy | undefined): RegistrationPolicy {
  if (!policy || policy.mode === 'none') return { mode: 'none' };
  const { places: _, ...given } = policy;
  if (policy.mode === 'external') return policy.url ? { mode: 'external', url: policy.url } : { mode: 'none' };
  const { url: _u, closesAt, capacity, maxParty, ...rest } = given;
  return {
    ...rest,
    ...(capacity === undefined ? {} : { capacity }),
    ...(maxParty ? { maxParty } : {}),
    ...(closesAt && !Number.isNaN(Date.parse(closesAt)) ? { closesAt: new Date(closesAt).toISOString() } : {}),
  };
}

/** Without blank texts and control signs, every text trimmed. A list keeps its entries, save those that are nothing at all. */
function tidy(value: unknown): unknown {
  // oxlint-disable-next-line no-control-regex
  if (typeof value === 'string') return value.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '').trim() || undefined;
  if (Array.isArray(value)) {
    const kept = value.map(tidy).filter((one) => one !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, tidy(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
