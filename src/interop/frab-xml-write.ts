import type { ProgrammeEvent } from '#domain/programme.ts';
import type { FrabItem } from './frab-write.ts';
import { frabConference, frabDays } from './frab-write.ts';
import type { Written } from './written.ts';

/** A schedule in frab's XML, piece by piece, in the order of the schema that the video people of the field check with. */
export function* writeFrabXml(events: readonly ProgrammeEvent[], written: Written): Generator<string> {
  const conference = frabConference(written);
  const days = frabDays(events, written);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<schedule>\n';
  yield `  <generator name="${escape(conference.generator ?? '')}" version="1"/>\n`;
  yield `  <version>${escape(written.at)}</version>\n  <conference>\n`;
  yield tag(4, 'title', conference.title ?? '') + tag(4, 'acronym', conference.acronym);
  if (conference.start) yield tag(4, 'start', conference.start);
  if (conference.end) yield tag(4, 'end', conference.end);
  yield tag(4, 'days', String(days.length)) + tag(4, 'timeslot_duration', '00:05');
  yield tag(4, 'base_url', conference.url ?? '') + tag(4, 'time_zone_name', conference.zone ?? '');
  yield '  </conference>\n';
  for (const day of days) {
    yield `  <day index="${day.index}" date="${day.date}" start="${day.start}" end="${day.end}">\n`;
    for (const room of day.rooms) {
      yield `    <room name="${escape(room.name)}">\n`;
      for (const item of room.items) yield itemXml(item);
      yield '    </room>\n';
    }
    yield '  </day>\n';
  }
  // The schema wants a day, even of a programme that has none yet.
  if (days.length === 0) yield '  <day/>\n';
  yield '</schedule>\n';
}

function itemXml(item: FrabItem): string {
  const fields = [
    'room',
    'title',
    'subtitle',
    'type',
    'date',
    'start',
    'duration',
    'abstract',
    'slug',
    'track',
    'language',
    'description',
    'url',
  ] as const;
  return [
    `      <event guid="${escape(item.externalId)}" id="${item.id}">\n`,
    ...fields.map((field) => tag(8, field, item[field])),
    '        <persons>\n',
    ...item.people.map((name) => tag(10, 'person', name)),
    '        </persons>\n        <links>\n',
    ...item.links.map(({ label, url }) => `          <link href="${escape(url)}">${escape(label)}</link>\n`),
    '        </links>\n      </event>\n',
  ].join('');
}

function tag(indent: number, name: string, text: string): string {
  return `${' '.repeat(indent)}<${name}>${escape(text)}</${name}>\n`;
}

/** Characters that XML 1.0 has no way to write are left out. */
function escape(text: string): string {
  return text
    .replace(
      // oxlint-disable-next-line no-control-regex
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
