import { compareSlots, isLocalDate, isZone } from '#domain/dates.ts';
import type { Edition, RegistrationPolicy, Session, Venue } from '#domain/programme.ts';
import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import { rulesOf } from '#domain/proposal.ts';
import { departmentOf, regionOf } from '#domain/regions.ts';
import type { LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';

/** What a field is said with. */
export interface Saying {
  readonly t: Translate;
  readonly format: Format;
  readonly edition: Edition | undefined;
}

/** A field as lines of plain text, in the reader's language: what a difference is drawn from. */
export function linesOf(field: ProposalField, content: ProposalContent, saying: Saying): string[] {
  const { t, format } = saying;
  switch (field) {
    case 'region':
      return content.region ? [textIn(regionOf(content.region)?.name, format.language).text || content.region] : [];
    case 'department':
      return content.department ? [departmentOf(content.department)?.name ?? content.department] : [];
    case 'title':
    case 'summary':
    case 'description':
    case 'statusNote':
    case 'conditions':
      return textLines(content[field]);
    case 'format':
      return content.format ? [t(`format.${content.format}`)] : [];
    case 'themes':
      return (content.themes ?? []).map((code) => themeName(code, saying));
    case 'audiences':
      return (content.audiences ?? []).map((one) => t(`audience.${one}`));
    case 'attendanceMode':
      return content.attendanceMode ? [t(`mode.${content.attendanceMode}`)] : [];
    case 'status':
      return content.status ? [t(`status.${content.status}`)] : [];
    case 'organisers':
    case 'bodies':
      return (content[field] ?? []).map(({ name, url }) => joined([name, url]));
    case 'venues':
      return (content.venues ?? []).flatMap((one) => venueLines(one, saying));
    case 'sessions':
      return sessionLines(content, saying);
    case 'availability': {
      const { from, to, url } = content.availability ?? { url: '' };
      return joined([from, to, url]) ? [joined([from, to, url])] : [];
    }
    case 'onlineUrl':
      return content.onlineUrl ? [content.onlineUrl] : [];
    case 'accessibility':
      return (content.accessibility ?? []).map((code) => t(`event.access.${code}`));
    case 'contacts':
      return (content.contacts ?? []).map((one) => one.value);
    case 'links':
      return (content.links ?? []).map(({ label, url }) => joined([label, url]));
    case 'image': {
      const { url, alt, credit, licence } = content.image ?? { url: '' };
      return [url, ...textLines(alt), joined([credit, licence])].filter(Boolean);
    }
    case 'keywords':
      return textLines(
        Object.fromEntries(
          Object.entries(content.keywords ?? {}).map(([language, list]) => [language, list.join(', ')]),
        ),
      );
    case 'age': {
      const { min, max } = content.age ?? {};
      if (min === undefined) return max === undefined ? [] : [t('event.age.to', { max })];
      return [max === undefined ? t('event.age.from', { min }) : t('event.age.between', { min, max })];
    }
    case 'registration':
      return policyLines(content.registration, saying);
    case 'registrationForm':
      return (content.registrationForm?.questions ?? []).map(({ text, options, required }) =>
        joined([
          textIn(text, format.language).text,
          (options ?? []).map((one) => textIn(one, format.language).text).join(' / '),
          required ? t('moderation.required') : '',
        ]),
      );
    case 'privateContact': {
      const { name, email, phone } = content.privateContact ?? {};
      return [name, email, phone].filter((one) => one !== undefined && one !== '') as string[];
    }
    case 'custom':
      return customLines(content, saying);
  }
}

function textLines(text: LocalizedText | undefined): string[] {
  const languages = Object.entries(text ?? {}).filter(([, one]) => one.trim());
  return languages.flatMap(([language, one]) =>
    one
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => (language === 'fr' ? line : `[${language}] ${line}`)),
  );
}

function themeName(code: string, { edition, format }: Saying): string {
  const theme = edition?.themes.find((one) => one.code === code);
  return theme ? textIn(theme.label, format.language).text : code;
}

function venueLines(venue: Venue, { format }: Saying): string[] {
  const town = [venue.postalCode, venue.city].filter(Boolean).join(' ');
  const { position } = venue;
  return [
    joined([venue.name, venue.address, town]),
    textIn(venue.transport, format.language).text,
    textIn(venue.access, format.language).text,
    position ? `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}` : '',
  ].filter(Boolean);
}

function sessionLines(content: ProposalContent, saying: Saying): string[] {
  const { format, t } = saying;
  return (content.sessions ?? [])
    .toSorted((a, b) => compareSlots(a.slot, b.slot))
    .flatMap((one) => {
      const venue = content.venues?.find(({ id }) => id === one.venueId)?.name;
      const own = one.registration ? policyLines(one.registration, saying) : [];
      const first = joined([
        slotText(one, format),
        textIn(one.title, format.language).text,
        one.room,
        venue,
        one.attendanceMode ? t(`mode.${one.attendanceMode}`) : '',
        one.onlineUrl,
        one.status ? t(`status.${one.status}`) : '',
      ]);
      const people = (one.people ?? []).map(({ name, role }) => joined([name, textIn(role, format.language).text]));
      return [first, ...people, ...textLines(one.summary), ...own.map((line) => `${slotText(one, format)} · ${line}`)];
    });
}

/** A slot may be half typed, and nothing may invent the rest. */
function slotText({ slot }: Session, format: Format): string {
  if (!isLocalDate(slot.date) || !isZone(slot.zone)) return [slot.date, slot.start].filter(Boolean).join(' ');
  return format.slot(slot, 'full');
}

function policyLines(policy: RegistrationPolicy | undefined, { t, format }: Saying): string[] {
  if (!policy) return [];
  const { mode, url, capacity, maxParty, waitingList, closesAt } = policy;
  const closes = closesAt === undefined ? Number.NaN : Date.parse(closesAt);
  return [
    joined([t(`moderation.policy.${mode}`), url]),
    capacity === undefined ? '' : t('moderation.policy.capacity', { n: capacity }),
    maxParty === undefined ? '' : t('moderation.policy.party', { n: maxParty }),
    waitingList ? t('moderation.policy.waiting') : '',
    Number.isNaN(closes) ? '' : t('moderation.policy.closes', { at: format.moment(closes) }),
  ].filter(Boolean);
}

function customLines({ custom }: ProposalContent, { edition, format, t }: Saying): string[] {
  const fields = edition ? (rulesOf(edition)?.customFields ?? []) : [];
  return fields.flatMap(({ id, label, kind, options }) => {
    const given = custom?.[id]?.trim();
    if (!given) return [];
    const chosen = kind === 'choice' ? textIn(options?.[Number(given)], format.language).text : '';
    const said = kind === 'yes_no' ? t(given === 'yes' ? 'moderation.yes' : 'moderation.no') : chosen || given;
    return [`${textIn(label, format.language).text} : ${said}`];
  });
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((one) => one?.trim()).join(' · ');
}
