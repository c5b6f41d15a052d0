import * as v from 'valibot';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { FrabConference, FrabEvent } from './frab-schedule.ts';
import { scheduleToProgramme } from './frab-schedule.ts';
import { frabConference, frabDays, roomId } from './frab-write.ts';
import type { ImportOptions, ImportProblem, ProgrammeReader } from './imported.ts';
import { limits } from './imported.ts';
import { messageOf } from './json-items.ts';
import { some } from './texts.ts';
import type { Written } from './written.ts';

/** A schedule is one tree and parsed at once: longer ones than this are no schedule. */
const MAX_TREE = 40_000_000;

const text = v.optional(v.nullable(v.union([v.string(), v.number(), v.boolean()])));
const record = v.record(v.string(), v.unknown());
const schedule = v.object({
  schedule: v.object({ conference: v.pipe(record), base_url: text }),
  generator: v.optional(record),
});
const day = v.object({
  date: text,
  day_start: text,
  rooms: v.union([v.record(v.string(), v.array(v.unknown())), v.array(v.unknown())]),
});

/** Reads a schedule as frab and pretalx export it in JSON: `schedule › conference › days › rooms › [event]`. */
export function frabJsonReader(options: ImportOptions): ProgrammeReader {
  let whole = '';
  let problem: ImportProblem | undefined;
  return {
    write(chunk) {
      if (whole.length + chunk.length > MAX_TREE) problem ??= { message: `more than ${MAX_TREE} characters` };
      else whole += chunk;
      return problem;
    },
    end() {
      if (problem) return { kind: 'refused', problem };
      let root: unknown;
      try {
        root = JSON.parse(whole);
      } catch (error) {
        return { kind: 'refused', problem: { message: `not valid JSON: ${messageOf(error)}`, ...lineIn(error) } };
      }
      const parsed = v.safeParse(schedule, root);
      if (!parsed.success) {
        const missing = parsed.issues[0].path?.map((p) => String(p.key)).join('.') ?? 'schedule';
        return { kind: 'refused', problem: { message: `it is no schedule: there is no ${missing}`, line: 1 } };
      }
      const { conference, base_url } = parsed.output.schedule;
      const days = conference['days'];
      if (!Array.isArray(days))
        return { kind: 'refused', problem: { message: 'there is no schedule.conference.days' } };
      const found = eventsIn(days, whole);
      if ('message' in found) return { kind: 'refused', problem: found };
      const about = conferenceOf(conference, told(base_url), told(parsed.output.generator?.['name']));
      return scheduleToProgramme(about, found.events, options);
    },
  };
}

function eventsIn(days: readonly unknown[], whole: string): { events: FrabEvent[] } | ImportProblem {
  const events: FrabEvent[] = [];
  let at = 0;
  for (const [i, one] of days.entries()) {
    const parsed = v.safeParse(day, one);
    if (!parsed.success) return { message: `day ${i + 1} has no rooms` };
    const { rooms, date, day_start } = parsed.output;
    // A list instead of an object is what PHP makes of a day without rooms.
    for (const [room, list] of Array.isArray(rooms) ? [] : Object.entries(rooms)) {
      for (const item of list) {
        if (events.length === limits.items) return { message: `more than ${limits.items} events` };
        const fields = v.is(record, item) ? item : {};
        // The tree does not say where its parts stand; their names, in the order of the file, do.
        const name = [fields['guid'], fields['slug'], fields['title']].find((f) => typeof f === 'string' && f !== '');
        const there = name === undefined ? -1 : whole.indexOf(JSON.stringify(name), at);
        if (there >= 0) at = there;
        const line = there < 0 ? undefined : lineAt(whole, there);
        events.push(eventOf(fields, room, told(date) ?? told(day_start)?.slice(0, 10), line));
      }
    }
  }
  return { events };
}

/** Lines are counted on from the last one that was asked for. */
let counted: { text: string; at: number; line: number } = { text: '', at: 0, line: 1 };
function lineAt(text: string, at: number): number {
  if (counted.text !== text || counted.at > at) counted = { text, at: 0, line: 1 };
  let { line } = counted;
  for (let i = text.indexOf('\n', counted.at); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  counted = { text, at, line };
  return line;
}

function conferenceOf(
  fields: Readonly<Record<string, unknown>>,
  base: string | undefined,
  generator: string | undefined,
): FrabConference {
  return {
    ...some('title', told(fields['title']) ?? told(fields['acronym'])),
    ...some('venue', told(fields['venue'])),
    ...some('city', told(fields['city'])),
    ...some('start', told(fields['start'])),
    ...some('end', told(fields['end'])),
    ...some('zone', told(fields['time_zone_name'])),
    ...some('url', told(fields['url']) ?? base),
    ...some('generator', generator),
  };
}

function eventOf(
  fields: Readonly<Record<string, unknown>>,
  room: string,
  on: string | undefined,
  line: number | undefined,
): FrabEvent {
  const list = (key: string): unknown[] => {
    const found = fields[key];
    return Array.isArray(found) ? found.slice(0, 500) : [];
  };
  return {
    ...some('line', line),
    ...some('externalId', told(fields['guid']) ?? told(fields['id'])),
    ...some('day', on),
    ...some('date', told(fields['date'])),
    ...some('start', told(fields['start'])),
    ...some('duration', told(fields['duration'])),
    ...some('room', told(fields['room']) ?? told(room)),
    ...some('slug', told(fields['slug'])),
    ...some('url', told(fields['url'])),
    ...some('title', told(fields['title'])),
    ...some('subtitle', told(fields['subtitle'])),
    ...some('track', told(fields['track'])),
    ...some('type', told(fields['type'])),
    ...some('language', told(fields['language'])),
    ...some('abstract', told(fields['abstract'])),
    ...some('description', told(fields['description'])),
    people: list('persons').flatMap((one) => {
      const name = v.is(record, one) ? (told(one['public_name']) ?? told(one['name'])) : told(one);
      return name ?? [];
    }),
    links: [...list('links'), ...list('attachments')].flatMap((one) => {
      const url = v.is(record, one) ? told(one['url']) : told(one);
      const label = v.is(record, one) ? (told(one['title']) ?? told(one['name']) ?? url) : url;
      return url && label ? { label, url } : [];
    }),
  };
}

/** Numbers are as good as texts; what is neither says nothing. */
function told(value: unknown): string | undefined {
  const parsed = v.safeParse(text, value);
  const said =
    parsed.success && parsed.output !== null && parsed.output !== undefined ? String(parsed.output).trim() : '';
  return said === '' || said.length > limits.text ? undefined : said;
}

function lineIn(error: unknown): { line?: number } {
  const line = error instanceof Error ? /\(line (\d+) column/.exec(error.message)?.[1] : undefined;
  return line === undefined ? {} : { line: Number(line) };
}

/** A schedule in frab's JSON, as its schema wants it. */
export function* writeFrabJson(events: readonly ProgrammeEvent[], written: Written): Generator<string> {
  const about = frabConference(written);
  const days = frabDays(events, written);
  const rooms = [...new Set(days.flatMap((d) => d.rooms.map((room) => room.name)))];
  const { generator, url, zone, ...conference } = about;
  const head = {
    version: written.at,
    base_url: url,
    conference: {
      ...conference,
      start: conference.start ?? days[0]?.date ?? '',
      end: conference.end ?? days.at(-1)?.date ?? '',
      daysCount: days.length,
      timeslot_duration: '00:05',
      time_zone_name: zone,
      url,
      rooms: rooms.map((name) => ({ name, guid: roomId(name, written), description: null, capacity: null })),
    },
  };
  yield `{"generator":${JSON.stringify({ name: generator, version: '1' })},"schedule":${JSON.stringify(head).slice(0, -2)},"days":[`;
  for (const [i, { date, index, start, end, rooms: list }] of days.entries()) {
    yield `${i === 0 ? '' : ','}\n${JSON.stringify({ index, date, day_start: start, day_end: end }).slice(0, -1)},"rooms":{`;
    for (const [j, { name, items }] of list.entries()) {
      yield `${j === 0 ? '' : ','}\n${JSON.stringify(name)}:[`;
      for (const [k, item] of items.entries()) {
        const { externalId, people, links, day: _, ...fields } = item;
        const persons = people.map((person, n) => ({ id: n + 1, name: person, public_name: person }));
        const one = { ...fields, guid: externalId, persons, links: links.map((l) => ({ title: l.label, url: l.url })) };
        yield `${k === 0 ? '' : ','}\n${JSON.stringify({ ...one, attachments: [] })}`;
      }
      yield ']';
    }
    yield '}}';
  }
  yield ']}}}\n';
}
