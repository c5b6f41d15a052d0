import type { Slot } from '#domain/dates.ts';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import type { Column, Row } from './csv-columns.ts';
import { BETWEEN, columns, harmless, words } from './csv-columns.ts';
import { some } from './texts.ts';
import type { EventWriter, Written } from './written.ts';
import { mainLanguage, pageOf } from './written.ts';

/**
 * The programme as a table: UTF-8 with a byte order mark and semicolons, which is what a French spreadsheet opens by a double
 * click. Lines end as RFC 4180 wants; no cell is a formula.
 */
export const csvWriter: EventWriter = {
  start: () => `\ufeff${NAMES.join(';')}\r\n`,
  event: (event, written) => {
    const row = csvRow(event, written);
    return `${NAMES.map((name) => quoted(harmless(row[name] ?? ''))).join(';')}\r\n`;
  },
  end: () => '',
};

const NAMES = columns.map(([name]) => name);

/** A row of the table; texts in the event's main language, and in English beside it. */
export function csvRow(event: ProgrammeEvent, written: Written): Row {
  const lang = mainLanguage(event);
  const english = (text: ProgrammeEvent['title'] | undefined): string | undefined =>
    lang === 'en' ? undefined : text?.['en'];
  const [first, ...others] = event.sessions.map((s) => s.slot);
  const venue = event.venues[0];
  const policy = policyOf(event);
  const themes = event.themes.map((code) => {
    const theme = written.edition.themes.find((t) => t.code === code);
    return theme ? textIn(theme.label, lang).text : code;
  });
  const cells: readonly (readonly [Column, string | undefined])[] = [
    ['id', event.id],
    ['langue', lang],
    ['titre', textIn(event.title, lang).text],
    ['titre_en', english(event.title)],
    ['resume', textIn(event.summary, lang).text],
    ['resume_en', english(event.summary)],
    ['description', textIn(event.description, lang).text],
    ['description_en', english(event.description)],
    ['format', words.formats[event.format]],
    ['themes', themes.join(BETWEEN)],
    ['publics', event.audiences.map((one) => words.audiences[one]).join(BETWEEN)],
    ['mode', words.modes[event.attendanceMode]],
    ['statut', words.statuses[event.status]],
    ['organisateurs', event.organisers.map((body) => body.name).join(BETWEEN)],
    ['date', first?.date],
    ['debut', first?.start],
    ['fin', first?.end],
    ['date_fin', first?.endDate],
    ['autres_seances', others.map(slotText).join(BETWEEN)],
    ['fuseau', first?.zone],
    ['lieu', venue?.name],
    ['adresse', venue?.address],
    ['code_postal', venue?.postalCode],
    ['ville', venue?.city],
    ['latitude', venue?.position && String(venue.position.lat)],
    ['longitude', venue?.position && String(venue.position.lon)],
    ['acces', textIn(venue?.access, lang).text],
    ['transports', textIn(venue?.transport, lang).text],
    ['lien_en_ligne', event.onlineUrl],
    ['inscription', words.registrations[policy.mode]],
    ['lien_inscription', policy.url],
    ['places', policy.capacity === undefined ? undefined : String(policy.capacity)],
    ['contacts', event.contacts?.map((c) => c.value).join(BETWEEN)],
    ['accessibilite', event.accessibility.join(BETWEEN)],
    ['conditions', textIn(event.conditions, lang).text],
    ['region', event.region],
    ['departement', event.department],
    ['mots_cles', (event.keywords?.[lang] ?? []).join(BETWEEN)],
    ['age_min', event.age?.min === undefined ? undefined : String(event.age.min)],
    ['age_max', event.age?.max === undefined ? undefined : String(event.age.max)],
    ['image', event.image?.url],
    ['credit_image', event.image?.credit],
    ['liens', event.links?.map((link) => `${link.label.replaceAll('|', '/')} ${link.url}`).join(BETWEEN)],
    ['disponible_du', event.availability?.from],
    ['disponible_au', event.availability?.to],
    ['disponible_lien', event.availability?.url],
    ['page', pageOf(written, event)],
  ];
  return Object.assign({}, ...cells.map(([name, text]) => (text ? some(name, text) : {}))) as Row;
}

/** The event's own, or that of its only session; where sessions differ a table has no room for it. */
export function policyOf(event: ProgrammeEvent): RegistrationPolicy {
  const own = event.sessions.flatMap((s) => s.registration ?? []);
  return event.registration.mode === 'none' && event.sessions.length === 1 && own[0] ? own[0] : event.registration;
}

/** `2026-11-24 10:00-12:00`, `2026-11-24`, `2026-11-24..2026-11-28`, `2026-11-24 22:00-02:00 (2026-11-25)`. */
function slotText({ date, start, end, endDate }: Slot): string {
  if (start === undefined) return endDate === undefined ? date : `${date}..${endDate}`;
  return `${date} ${start}${end === undefined ? '' : `-${end}`}${endDate === undefined ? '' : ` (${endDate})`}`;
}

function quoted(cell: string): string {
  return /[;,"\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
