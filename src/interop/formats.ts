import type { ProgrammeEvent } from '#domain/programme.ts';
import { CALENDAR_END, calendarEntry, calendarStart } from './icalendar.ts';
import { calendarImage, calendarReader } from './calendar-read.ts';
import { calendarEntries, calendarWriter } from './calendar-write.ts';
import { csvReader } from './csv-read.ts';
import { rowToEvent } from './csv-row.ts';
import { csvRow, csvWriter } from './csv-write.ts';
import { frabJsonReader, writeFrabJson } from './frab-json.ts';
import { frabImage } from './frab-schedule.ts';
import { frabConference, frabItems } from './frab-write.ts';
import { frabXmlReader } from './frab-xml.ts';
import { writeFrabXml } from './frab-xml-write.ts';
import { geoJsonWriter } from './geojson.ts';
import type { ImportOptions, ProgrammeReader } from './imported.ts';
import { jsonLdWriter } from './json-ld.ts';
import type { Carried } from './merge.ts';
import { openAgendaImage, openAgendaReader } from './openagenda.ts';
import { openAgendaEvent, openAgendaWriter } from './openagenda-write.ts';
import type { EventWriter, Written } from './written.ts';

export const importFormats = ['openagenda', 'frab-xml', 'frab-json', 'ics', 'csv'] as const;
export type ImportFormat = (typeof importFormats)[number];
export const exportFormats = [...importFormats, 'geojson', 'json-ld'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A format that can be read. */
interface Readable {
  readonly reader: (options: ImportOptions) => ProgrammeReader;
  /** Whose ids it shares: the same talk in frab's two dialects is one event. */
  readonly family: 'openagenda' | 'frab' | 'ics' | 'csv';
  /** What it can say of an event. */
  readonly carries: readonly Carried[];
  /** An event as it would come back, were it written and read again; undefined when the format has no way to write it. */
  readonly image: (event: ProgrammeEvent, written: Written, options: ImportOptions) => ProgrammeEvent | undefined;
}

const frab = {
  family: 'frab',
  carries: ['title', 'summary', 'description', 'format', 'themes', 'sessions', 'links'],
  image: (event, written, options) => frabImage(frabConference(written), frabItems(event, written), options),
} as const satisfies Omit<Readable, 'reader'>;

export const readable: Readonly<Record<ImportFormat, Readable>> = {
  openagenda: {
    reader: openAgendaReader,
    family: 'openagenda',
    carries: [
      'title',
      'summary',
      'description',
      'conditions',
      'keywords',
      'image',
      'accessibility',
      'sessions',
      'age',
      'attendanceMode',
      'status',
      'onlineUrl',
      'registration',
      'contacts',
      'venues',
      'format',
      'themes',
      'audiences',
      'organisers',
      'region',
      'department',
    ],
    image: (event, written, options) => {
      const made = openAgendaEvent(event, written);
      return made && openAgendaImage(made, options);
    },
  },
  'frab-xml': { ...frab, reader: frabXmlReader },
  'frab-json': { ...frab, reader: frabJsonReader },
  ics: {
    reader: calendarReader,
    family: 'ics',
    carries: ['title', 'summary', 'description', 'themes', 'status', 'sessions', 'venues'],
    image: (event, written, options) => {
      const entries = calendarEntries(event, written).map((entry) => calendarEntry(entry, 0));
      return entries.length === 0
        ? undefined
        : calendarImage(calendarStart() + entries.join('') + CALENDAR_END, options);
    },
  },
  csv: {
    reader: csvReader,
    family: 'csv',
    carries: [
      'title',
      'summary',
      'description',
      'format',
      'themes',
      'audiences',
      'attendanceMode',
      'status',
      'organisers',
      'sessions',
      'venues',
      'onlineUrl',
      'registration',
      'contacts',
      'accessibility',
      'conditions',
      'region',
      'department',
      'keywords',
      'age',
      'image',
      'links',
      'availability',
    ],
    image: (event, written, options) => {
      const made = rowToEvent(csvRow(event, written), options);
      return typeof made === 'string' ? undefined : made.event;
    },
  },
};

/** A format that can be written: piece by piece, or, where its order is not that of the events, as a whole. */
type Writable = {
  readonly type: string;
  /** How a file's name ends. */
  readonly ending: string;
} & (
  | { readonly by: 'event'; readonly writer: EventWriter }
  | { readonly by: 'whole'; readonly write: (events: readonly ProgrammeEvent[], written: Written) => Iterable<string> }
);

export const writable: Readonly<Record<ExportFormat, Writable>> = {
  openagenda: { by: 'event', writer: openAgendaWriter, type: 'application/json', ending: 'json' },
  'frab-xml': { by: 'whole', write: writeFrabXml, type: 'application/xml', ending: 'xml' },
  'frab-json': { by: 'whole', write: writeFrabJson, type: 'application/json', ending: 'json' },
  ics: { by: 'event', writer: calendarWriter, type: 'text/calendar; charset=utf-8', ending: 'ics' },
  csv: { by: 'event', writer: csvWriter, type: 'text/csv; charset=utf-8', ending: 'csv' },
  geojson: { by: 'event', writer: geoJsonWriter, type: 'application/geo+json', ending: 'geojson' },
  'json-ld': { by: 'event', writer: jsonLdWriter, type: 'application/ld+json', ending: 'jsonld' },
};

/** A programme in a format, as it comes: events that are read one after the other are written one after the other. */
export async function* writeProgramme(
  format: ExportFormat,
  events: AsyncIterable<ProgrammeEvent> | Iterable<ProgrammeEvent>,
  written: Written,
): AsyncGenerator<string> {
  const how = writable[format];
  if (how.by === 'whole') {
    const all: ProgrammeEvent[] = [];
    for await (const event of events) all.push(event);
    yield* how.write(all, written);
    return;
  }
  yield how.writer.start(written);
  let count = 0;
  for await (const event of events) {
    const piece = how.writer.event(event, written, count);
    if (piece === '') continue;
    count++;
    yield piece;
  }
  yield how.writer.end(written, count);
}
