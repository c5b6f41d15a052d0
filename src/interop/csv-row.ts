import type { LocalDate, LocalTime, Slot } from '#domain/dates.ts';
import { isLocalDate, isLocalTime, isZone } from '#domain/dates.ts';
import { isUuid, uuidV8 } from '#domain/ids.ts';
import type {
  AccessibilityCode,
  DepartmentCode,
  Link,
  Picture,
  ProgrammeEvent,
  PublicContact,
  RegionCode,
  RegistrationPolicy,
  Venue,
} from '#domain/programme.ts';
import { accessibilityCodes } from '#domain/programme.ts';
import { departments, NATIONAL, regionsAndNational, zoneOfRegion } from '#domain/regions.ts';
import type { LocalizedText } from '#domain/text.ts';
import { fold, slugOf } from '#domain/text.ts';
import type { Made } from './collector.ts';
import type { Row } from './csv-columns.ts';
import { partsOf, words } from './csv-columns.ts';
import { formatOf } from './event-formats.ts';
import { htmlToMarkdown, plainStart } from './html-to-markdown.ts';
import type { ImportOptions } from './imported.ts';
import { limits, placed } from './imported.ts';
import { contactOf, cut, languageOf, line, quote, some, themeOf, webAddress } from './texts.ts';

/** Thrown inside of this file alone, with what is wrong with a cell. */
class Wrong extends Error {}

/** The event of a row, or why it cannot be one. A cell that says something that is none is told, not guessed. */
export function rowToEvent(row: Row, options: ImportOptions): Made | string {
  try {
    return eventOf(row, options);
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    throw error;
  }
}

function eventOf(row: Row, options: ImportOptions): Made {
  const title = line(row.titre ?? '', 300);
  if (title === '') throw new Wrong('it has no titre');
  for (const [name, cell] of Object.entries(row)) {
    if (cell.length > limits.text) throw new Wrong(`${name}: more than ${limits.text} characters`);
  }
  // Rows that nobody numbered are known by their title and first day.
  const externalId = line(row.id ?? `${title}\n${row.date ?? ''}\n${row.debut ?? ''}\n${row.ville ?? ''}`, 300);
  const lang = row.langue === undefined ? 'fr' : languageOf(row.langue);
  const venue = venueOf(row, lang, options);
  const at = regionOf(row, venue, options);
  const zone = row.fuseau ?? (at.region === NATIONAL ? options.zone : zoneOfRegion(at.region));
  if (!isZone(zone)) throw new Wrong(`fuseau: ${quote(zone)} is no time zone`);
  const slots = slotsOf(row, zone);
  const availability = availabilityOf(row);
  if (slots.length === 0 && !availability) throw new Wrong('it has no date');
  const prose = (cell: string | undefined): string => cut(htmlToMarkdown(cell ?? ''), 60_000);
  const description = localized(prose(row.description), prose(row.description_en), lang);
  const summary =
    localized(line(row.resume ?? '', 1000), line(row.resume_en ?? '', 1000), lang) ??
    (description &&
      localized(plainStart(description[lang] ?? '', 200), plainStart(description['en'] ?? '', 200), lang));
  const themes = partsOf(row.themes).map((label) => themeOf(line(label, 200), lang, options.themes));
  const format = row.format === undefined ? 'meeting' : formatOf(row.format);
  if (!format) throw new Wrong(`format: ${quote(row.format ?? '')} is not known`);
  const keywords = partsOf(row.mots_cles).map((word) => line(word, 100));
  const contacts = partsOf(row.contacts).map((text) => must('contacts', contactOf(text), text));
  const onlineUrl =
    row.lien_en_ligne === undefined
      ? undefined
      : must('lien_en_ligne', webAddress(row.lien_en_ligne), row.lien_en_ligne);
  const links = linksOf(row.liens);
  const event: ProgrammeEvent = {
    id: uuidV8(options.digest(`csv\n${options.editionId}\n${externalId}`)),
    editionId: options.editionId,
    slug: slugOf(title),
    ...at,
    title: localized(title, line(row.titre_en ?? '', 300), lang)!,
    ...some('summary', summary),
    ...some('description', description),
    format,
    themes: [...new Set(themes.map((t) => t.code))],
    audiences: partsOf(row.publics).map((text) => meant('publics', words.audiences, text)),
    attendanceMode:
      row.mode === undefined
        ? onlineUrl !== undefined && !venue
          ? 'online'
          : 'on_site'
        : meant('mode', words.modes, row.mode),
    status: row.statut === undefined ? 'scheduled' : meant('statut', words.statuses, row.statut),
    organisers: partsOf(row.organisateurs).map((name) => ({ name: line(name, 300) })),
    venues: venue ? [venue] : [],
    sessions: slots.map((slot, i) => ({
      id: uuidV8(options.digest(`csv session\n${options.editionId}\n${externalId}\n${i}`)),
      slot,
    })),
    ...some('availability', availability),
    ...some('onlineUrl', onlineUrl),
    accessibility: partsOf(row.accessibilite?.replaceAll(',', '|')).map(accessibilityOf),
    ...some('conditions', localized(line(row.conditions ?? '', 2000), '', lang)),
    ...(contacts.length > 0 ? { contacts: contacts satisfies PublicContact[] } : {}),
    ...(links.length > 0 ? { links } : {}),
    ...some('image', pictureOf(row)),
    ...(keywords.length > 0 ? { keywords: { [lang]: keywords } } : {}),
    ...some('age', ageOf(row)),
    registration: registrationOf(row),
    publishedAt: options.at,
    updatedAt: options.at,
  };
  const eventId = row.id !== undefined && isUuid(row.id) ? row.id : undefined;
  return { externalId, ...some('eventId', eventId), event, themes };
}

function localized(text: string, en: string, lang: string): LocalizedText | undefined {
  return text === '' && en === ''
    ? undefined
    : { ...(text === '' ? {} : { [lang]: text }), ...(en === '' ? {} : { en }) };
}

function must<T>(column: string, value: T | undefined, said: string): T {
  if (value === undefined) throw new Wrong(`${column}: ${quote(said)} cannot be read`);
  return value;
}

function meant<K extends string>(column: string, list: Readonly<Record<K, string>>, said: string): K {
  const wanted = fold(said);
  const found = (Object.entries(list) as [K, string][]).find(
    ([code, word]) => fold(word) === wanted || fold(code) === wanted,
  );
  return must(column, found?.[0], said);
}

function accessibilityOf(said: string): AccessibilityCode {
  return must(
    'accessibilite',
    accessibilityCodes.find((code) => code === said.toLowerCase()),
    said,
  );
}

/** `2026-11-24`, and `24/11/2026` as French spreadsheets write it. */
function dateOf(column: string, said: string): LocalDate {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(said) ?? [];
  const date = year === undefined ? said : `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return must(column, isLocalDate(date) ? date : undefined, said);
}

/** `10:00`, `9:30:00`, `10h`, `10 h 30`. */
function timeOf(column: string, said: string): LocalTime {
  const [, hour, minute = ''] = /^(\d{1,2})\s*(?:[:hH]\s*(\d{2})?(?::\d{2})?)$/.exec(said) ?? [];
  const time = hour === undefined ? said : `${hour.padStart(2, '0')}:${minute || '00'}`;
  return must(column, isLocalTime(time) ? time : undefined, said);
}

function slotsOf(row: Row, zone: string): Slot[] {
  const others = partsOf(row.autres_seances);
  if (others.length + 1 > limits.sessions)
    throw new Wrong(`it has ${others.length + 1} times, more than ${limits.sessions}`);
  const rest = others.map((text) => slotIn(text, zone));
  if (row.date === undefined) {
    const alone = (['debut', 'fin', 'date_fin'] as const).find((name) => row[name] !== undefined);
    if (alone) throw new Wrong(`${alone}: it has no date`);
    return rest;
  }
  const first = slotFrom(
    dateOf('date', row.date),
    row.debut === undefined ? undefined : timeOf('debut', row.debut),
    row.fin === undefined ? undefined : timeOf('fin', row.fin),
    row.date_fin === undefined ? undefined : dateOf('date_fin', row.date_fin),
    zone,
  );
  return [first, ...rest];
}

function slotIn(text: string, zone: string): Slot {
  const [, date, last] = /^(\S+?)\s*\.\.\s*(\S+)$/.exec(text) ?? [];
  if (date !== undefined && last !== undefined)
    return slotFrom(dateOf('autres_seances', date), undefined, undefined, dateOf('autres_seances', last), zone);
  const parts = /^(\S+)(?:\s+([\dhH: ]+?)(?:\s*[-–]\s*([\dhH: ]+?))?)?(?:\s*\((\S+)\))?$/.exec(text);
  if (!parts) throw new Wrong(`autres_seances: ${quote(text)} cannot be read`);
  const [, day, start, end, endDate] = parts;
  const column = 'autres_seances';
  return slotFrom(
    dateOf(column, day!),
    start === undefined ? undefined : timeOf(column, start),
    end === undefined ? undefined : timeOf(column, end),
    endDate === undefined ? undefined : dateOf(column, endDate),
    zone,
  );
}

function slotFrom(
  date: LocalDate,
  start: LocalTime | undefined,
  end: LocalTime | undefined,
  endDate: LocalDate | undefined,
  zone: string,
): Slot {
  if (endDate !== undefined && endDate < date) throw new Wrong(`date_fin: ${endDate} is before ${date}`);
  if (start === undefined && end !== undefined) throw new Wrong('fin: it has no debut');
  return {
    date,
    ...some('start', start),
    ...some('end', end),
    ...(endDate === undefined || endDate === date ? {} : { endDate }),
    zone,
  };
}

function venueOf(row: Row, lang: string, options: ImportOptions): Venue | undefined {
  const name = line(row.lieu ?? row.adresse ?? row.ville ?? '', 300);
  if (name === '') return undefined;
  const degrees = (column: 'latitude' | 'longitude', most: number): number | undefined => {
    const said = row[column];
    if (said === undefined) return undefined;
    const number = /^[+-]?\d+([.,]\d+)?$/.test(said) ? Number(said.replace(',', '.')) : Number.NaN;
    return must(column, Math.abs(number) <= most ? number : undefined, said);
  };
  const [lat, lon] = [degrees('latitude', 90), degrees('longitude', 180)];
  const key = [name, row.adresse, row.code_postal, row.ville].join('\n');
  return {
    id: uuidV8(options.digest(`csv venue\n${options.editionId}\n${key}`)),
    name,
    ...(row.adresse === undefined ? {} : { address: line(row.adresse, 300) }),
    // Spreadsheets take the zero off Bourg-en-Bresse.
    ...(row.code_postal === undefined ? {} : { postalCode: line(row.code_postal.replace(/^\d{4}$/, '0$&'), 20) }),
    ...(row.ville === undefined ? {} : { city: line(row.ville, 120) }),
    ...(lat === undefined || lon === undefined ? {} : { position: { lat, lon } }),
    ...some('access', localized(line(row.acces ?? '', 2000), '', lang)),
    ...some('transport', localized(line(row.transports ?? '', 2000), '', lang)),
  };
}

/** A code or a name; what the row itself says comes before its address, and what was asked for before both. */
function regionOf(
  row: Row,
  venue: Venue | undefined,
  options: ImportOptions,
): { region: RegionCode; department?: DepartmentCode } {
  const found = placed(venue ? [venue] : [], options);
  if (options.region !== undefined) return found;
  const department =
    row.departement === undefined
      ? undefined
      : must(
          'departement',
          departments.find(
            (d) =>
              d.code === row.departement!.toUpperCase().padStart(2, '0') || fold(d.name) === fold(row.departement!),
          ),
          row.departement,
        );
  const region =
    row.region === undefined
      ? undefined
      : must(
          'region',
          regionsAndNational.find(
            (r) =>
              r.code === row.region!.toUpperCase().padStart(2, '0') || fold(r.name['fr'] ?? '') === fold(row.region!),
          ),
          row.region,
        );
  if (region) return { region: region.code, ...some('department', department?.code) };
  return department ? { region: department.region, department: department.code } : found;
}

function registrationOf(row: Row): RegistrationPolicy {
  const url =
    row.lien_inscription === undefined
      ? undefined
      : must('lien_inscription', webAddress(row.lien_inscription), row.lien_inscription);
  const mode =
    row.inscription === undefined
      ? url === undefined
        ? 'none'
        : 'external'
      : meant('inscription', words.registrations, row.inscription);
  const places =
    row.places === undefined
      ? undefined
      : must('places', /^\d{1,6}$/.test(row.places) ? Number(row.places) : undefined, row.places);
  if (mode === 'external' && url === undefined)
    throw new Wrong('lien_inscription: registration is elsewhere, and nobody says where');
  return { mode, ...some('url', url), ...(mode === 'none' || mode === 'external' ? {} : some('capacity', places)) };
}

function availabilityOf(row: Row): ProgrammeEvent['availability'] {
  if (row.disponible_lien === undefined) {
    if (row.disponible_du ?? row.disponible_au) throw new Wrong('disponible_lien: it is missing');
    return undefined;
  }
  return {
    ...(row.disponible_du === undefined ? {} : { from: dateOf('disponible_du', row.disponible_du) }),
    ...(row.disponible_au === undefined ? {} : { to: dateOf('disponible_au', row.disponible_au) }),
    url: must('disponible_lien', webAddress(row.disponible_lien), row.disponible_lien),
  };
}

function pictureOf(row: Row): Picture | undefined {
  if (row.image === undefined) return undefined;
  const url = must('image', webAddress(row.image), row.image);
  return { url, ...(row.credit_image === undefined ? {} : { credit: line(row.credit_image, 300) }) };
}

function ageOf(row: Row): ProgrammeEvent['age'] {
  const years = (column: 'age_min' | 'age_max'): number | undefined => {
    const said = row[column];
    return said === undefined
      ? undefined
      : must(column, /^\d{1,3}$/.test(said) && Number(said) <= 120 ? Number(said) : undefined, said);
  };
  const [min, max] = [years('age_min'), years('age_max')];
  return min === undefined && max === undefined ? undefined : { ...some('min', min), ...some('max', max) };
}

/** `Label https://…`; an address alone is its own label. */
function linksOf(cell: string | undefined): Link[] {
  return partsOf(cell).map((part) => {
    const [, label = '', address = part] = /^(.*?)\s*(\S+)$/.exec(part) ?? [];
    const url = must('liens', webAddress(address), part);
    return { label: line(label || url, 300), url };
  });
}
