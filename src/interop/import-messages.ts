/**
 * The readers' messages by what they mean, for screens that say them in other words. What a message names stands in braces.
 * A message that is none of these is shown as it is.
 */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  noneTaken: ['{first}; {count} more are refused, and none can be taken'],
  empty: ['the file is empty'],
  cutOff: ['the file ends inside {what}', 'the file ends in the middle'],
  packed: ['it is compressed ({kind}): unpack it first', 'it is a 7z archive: unpack it first'],
  spreadsheet: [
    'it is a zip archive or a spreadsheet: unpack it, or save it as CSV',
    'it is a spreadsheet: save it as CSV',
  ],
  notText: [
    'its bytes are not {encoding}',
    'it holds NUL characters: not a text',
    'it is a PDF',
    'the encoding {encoding} is not known',
  ],
  tooLong: [
    'more than {max} characters',
    'an item of more than {max} characters',
    'a row of more than {max} characters',
    'a line of more than {max} characters',
    'a text of more than {max} characters',
    '{field}: more than {max} characters',
  ],
  tooMuch: ['it takes more memory or time to read than there is'],
  tooMany: ['more than {max} items', 'more than {max} events', 'more than {max} rows'],
  tooDeep: [
    'elements are nested more than {max} deep',
    'brackets are nested more than {max} deep',
    'components are nested more than {max} deep',
  ],
  broken: [
    'not valid JSON: {why}',
    'not well-formed XML: {why}',
    'a quotation mark is never closed',
    'there is {what} after the end',
    'there is more after END:VCALENDAR',
    '{what} closes nothing',
    '{what} where {open} is open',
  ],
  doctype: ['a document type with declarations of its own is not read'],
  otherFormat: [
    'the root element is <{name}>, not <schedule>',
    'it does not begin with BEGIN:VCALENDAR',
    'the file is neither a list nor an object',
    'it is no schedule: there is no {what}',
    'there is no schedule.conference.days',
    'there is no <conference>',
    'there is no list {what}',
    'the first item has neither uid, title nor timings: not OpenAgenda events',
    'it is not an object',
    'day {day} has no rooms',
  ],
  header: ['the header has no column titre; it begins with {found}'],
  listHeader: ['the list has no column {columns}; its header begins with {found}'],
  columnTwice: ['the column {column} is there twice'],
  cells: ['it has {cells} cells, and the header {columns}'],
  unknownColumns: ['columns left aside, not being of the documented header: {columns}'],
  dateless: [
    'there are no events in it',
    'there are no rows with dates',
    'there are no events with dates',
    'the conference has neither dates nor events',
  ],
  noTitle: ['it has no title', 'it has no titre', 'it has no SUMMARY', 'the conference has no title'],
  noId: ['it has neither guid nor id', 'it has neither uid nor slug', 'it has no UID'],
  noDate: [
    'it has no date',
    'it has no timings',
    'it has no begin',
    'it has no DTSTART',
    'it has no date and stands in no day',
    '{field}: it has no date',
    'fin: it has no debut',
  ],
  sameId: [
    'the same id was on line {line} already',
    'the same id was there already',
    'it is the same event as {other}',
  ],
  tooManyTimes: ['it has {count} times, more than {max}', 'it repeats more than {max} times'],
  forEver: ['it repeats for ever (RRULE without COUNT or UNTIL)'],
  noTimeLeft: ['none of its times is left'],
  badDate: [
    'its date {value} is none',
    'its begin {value} is no moment',
    'its end {value} is no moment',
    'its start {value} is no time',
    'its duration {value} is none',
    'its duration {value} is negative',
    'its {field} {value} is no date',
    'timing {number}: its begin {value} is no moment',
    'timing {number}: its end {value} is no moment',
  ],
  endBeforeStart: [
    'its end {value} is before its start',
    'its end {value} is before its begin',
    'timing {number}: its end {value} is before its begin',
    'date_fin: {value} is before {start}',
  ],
  tooLasting: [
    'it lasts more than a year',
    'it lasts more than a year ({value})',
    'timing {number}: it lasts more than a year ({value})',
  ],
  badZone: [
    'its time zone {value} is not known',
    'fuseau: {value} is no time zone',
    'its time zone cannot be read: {why}',
  ],
  unfolded: [
    'a line is neither a property nor folded: it should begin with a space',
    'neither a property nor a folded line',
  ],
  unread: ['it cannot be read: {why}'],
  badCell: ['{field}: {value} cannot be read', '{field}: {value} is not known'],
  noAddress: ['lien_inscription: registration is elsewhere, and nobody says where', 'disponible_lien: it is missing'],
  unpublished: ['it is not published (state {state})', 'it is a draft', 'it is private'],
  otherRegion: ['it is of another region ({region})'],
  noEdition: ['there is no edition {edition}, and only the national team makes one'],
};

interface Pattern {
  readonly key: string;
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

const patterns: readonly Pattern[] = Object.entries(MESSAGES).flatMap(([key, templates]) =>
  templates.map((template) => {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    const source = template.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\w+\\\}/g, '(.+?)');
    return { key, names, pattern: new RegExp(`^${source}$`, 's') };
  }),
);

/** What a message means and what it names; undefined for one that has no other words. */
export function meaningOf(
  message: string,
): { readonly key: string; readonly values: Record<string, string> } | undefined {
  for (const { key, names, pattern } of patterns) {
    const match = pattern.exec(message);
    if (match) return { key, values: Object.fromEntries(names.map((name, i) => [name, match[i + 1] ?? ''])) };
  }
  return undefined;
}
