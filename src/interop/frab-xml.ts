import { SaxesParser } from 'saxes';
import type { FrabConference, FrabEvent } from './frab-schedule.ts';
import { scheduleToProgramme } from './frab-schedule.ts';
import type { Imported, ImportOptions, ImportProblem, ProgrammeReader } from './imported.ts';
import { limits } from './imported.ts';
import { some } from './texts.ts';

const MAX_DEPTH = 24;
const MAX_PARTS = 500;

const CONFERENCE_FIELDS = new Set([
  'title',
  'acronym',
  'venue',
  'city',
  'start',
  'end',
  'day_change',
  'time_zone_name',
  'base_url',
  'url',
]);
const EVENT_FIELDS = new Set([
  'date',
  'start',
  'duration',
  'room',
  'slug',
  'url',
  'title',
  'subtitle',
  'track',
  'type',
  'language',
  'abstract',
  'description',
]);

/** An event while it is read; everything is the file's text, trimmed. */
interface Draft {
  readonly line: number;
  readonly day?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly fields: Record<string, string>;
  readonly people: string[];
  readonly links: { label: string; url: string }[];
}

/**
 * Reads frab's schedule XML, which pentabarf began and pretalx and many conferences' own software write too:
 * `schedule › conference, day › room › event`. What the dialects add is left aside.
 */
export function frabXmlReader(options: ImportOptions): ProgrammeReader {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const path: string[] = [];
  const conference: Record<string, string> = {};
  const events: FrabEvent[] = [];
  let sawConference = false;
  let problem: ImportProblem | undefined;
  let draft: Draft | undefined;
  let day: string | undefined;
  let roomName: string | undefined;
  let text = '';
  let link: string | undefined;
  let length = 0;

  const refuse = (message: string): void => {
    problem ??= { message, line: parser.line };
  };

  // A handler of its own keeps saxes from throwing; only the first error means something.
  parser.on('error', (error) => refuse(`not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('doctype', (doctype) => {
    // Entities of a file's own are how small files become large ones.
    if (doctype.includes('[')) refuse('a document type with declarations of its own is not read');
  });

  parser.on('opentag', ({ name, attributes }) => {
    if (problem) return;
    path.push(name);
    text = '';
    if (path.length > MAX_DEPTH) return refuse(`elements are nested more than ${MAX_DEPTH} deep`);
    if (path.length === 1 && name !== 'schedule')
      return refuse(`the root element is <${name.slice(0, 60)}>, not <schedule>`);
    if (name === 'conference' && path.length === 2) sawConference = true;
    if (name === 'generator' && path.length === 2 && attributes['name']) conference['generator'] = attributes['name'];
    if (name === 'day' && path.length === 2) day = attributes['date'] ?? attributes['start']?.slice(0, 10);
    if (name === 'event' && !draft) {
      if (events.length === limits.items) return refuse(`more than ${limits.items} events`);
      const room = path[path.length - 2] === 'room' ? roomName : undefined;
      draft = {
        line: parser.line,
        ...(day === undefined ? {} : { day }),
        attributes: { ...attributes },
        fields: room === undefined ? {} : { room },
        people: [],
        links: [],
      };
    } else if (name === 'room' && !draft) {
      roomName = attributes['name'];
    } else if (draft && (name === 'link' || name === 'attachment')) {
      link = attributes['href'] ?? attributes['url'];
    }
  });

  const addText = (more: string): void => {
    if (problem) return;
    text += more;
    if (text.length > limits.text) refuse(`a text of more than ${limits.text} characters`);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.on('closetag', ({ name }) => {
    if (problem) return;
    path.pop();
    const value = text.trim();
    text = '';
    const parent = path[path.length - 1];
    if (!draft) {
      if (parent === 'conference' && path.length === 2 && CONFERENCE_FIELDS.has(name) && value !== '')
        conference[name] ??= value;
      if (name === 'day') day = undefined;
      if (name === 'room') roomName = undefined;
      return;
    }
    if (name === 'event') {
      events.push(eventOf(draft));
      draft = undefined;
    } else if (parent === 'event') {
      if (EVENT_FIELDS.has(name) && value !== '') draft.fields[name] = value;
    } else if (parent === 'persons' && name === 'person') {
      if (value !== '' && draft.people.length < MAX_PARTS) draft.people.push(value);
    } else if ((parent === 'links' && name === 'link') || (parent === 'attachments' && name === 'attachment')) {
      const url = link ?? value;
      if (url !== '' && draft.links.length < MAX_PARTS) draft.links.push({ label: value || url, url });
      link = undefined;
    }
  });

  return {
    write(chunk) {
      if (problem) return problem;
      length += chunk.length;
      if (length > limits.file) refuse(`more than ${limits.file} characters`);
      else parser.write(chunk);
      return problem;
    },
    end() {
      if (!problem) parser.close();
      if (!problem && path.length > 0) refuse(`the file ends inside <${path[path.length - 1]}>`);
      if (!problem && !sawConference) refuse('there is no <conference>');
      if (problem) return { kind: 'refused', problem };
      return scheduleToProgramme(conferenceOf(conference), events, options);
    },
  };
}

/** The whole text at once. */
export function readFrabXml(text: string, options: ImportOptions): Imported {
  const reader = frabXmlReader(options);
  reader.write(text);
  return reader.end();
}

function conferenceOf(fields: Readonly<Record<string, string>>): FrabConference {
  const title = fields['title'] ?? fields['acronym'];
  return {
    ...some('title', title),
    ...some('venue', fields['venue']),
    ...some('city', fields['city']),
    ...some('start', fields['start']),
    ...some('end', fields['end']),
    ...some('dayChange', fields['day_change']),
    ...some('zone', fields['time_zone_name']),
    ...some('url', fields['url'] ?? fields['base_url']),
    ...some('generator', fields['generator']),
  };
}

function eventOf({ line, day, attributes, fields, people, links }: Draft): FrabEvent {
  return {
    line,
    // pentabarf has numbers, its successors UUIDs that outlive a new numbering.
    ...some('externalId', attributes['guid']?.trim() || attributes['id']?.trim() || undefined),
    ...some('day', day),
    ...some('date', fields['date']),
    ...some('start', fields['start']),
    ...some('duration', fields['duration']),
    ...some('room', fields['room']),
    ...some('slug', fields['slug']),
    ...some('url', fields['url']),
    ...some('title', fields['title']),
    ...some('subtitle', fields['subtitle']),
    ...some('track', fields['track']),
    ...some('type', fields['type']),
    ...some('language', fields['language']),
    ...some('abstract', fields['abstract']),
    ...some('description', fields['description']),
    people,
    links,
  };
}
