import ICAL from 'ical.js';
import { isZone } from '#domain/dates.ts';
import { isUuid, uuidV8 } from '#domain/ids.ts';
import type { ProgrammeEvent, Session, Venue } from '#domain/programme.ts';
import { NATIONAL, zoneOfRegion } from '#domain/regions.ts';
import { slugOf } from '#domain/text.ts';
import { calendarBlocks } from './calendar-blocks.ts';
import type { Block } from './calendar-blocks.ts';
import { occurrencesOf, slotOf } from './calendar-times.ts';
import { EVENT, LANGUAGE, ZONE } from './calendar-write.ts';
import type { Collector, Made } from './collector.ts';
import { collector } from './collector.ts';
import { htmlToMarkdown, plainStart } from './html-to-markdown.ts';
import type { ImportOptions, ProgrammeReader } from './imported.ts';
import { placed } from './imported.ts';
import { messageOf } from './json-items.ts';
import { cut, isWeb, languageOf, line, some, themeOf } from './texts.ts';

/** A parsed entry with where it stands. */
interface Entry {
  readonly line: number;
  readonly component: ICAL.Component;
  readonly uid: string;
}

/** What a calendar says for all its entries. */
interface Calendar {
  readonly title: string;
  readonly zone: string;
  readonly root: ICAL.Component;
}

/**
 * Reads a calendar (RFC 5545), each VEVENT one event. One that repeats becomes one event with a session a time, when it ends
 * after at most so many; one without an end is refused, for nobody programmes for ever. Changed times (RECURRENCE-ID) take
 * the place of those of their series. Attendees, organisers' addresses and alarms are never looked at.
 */
export function calendarReader(options: ImportOptions): ProgrammeReader {
  const events: Block[] = [];
  const zones: unknown[] = [];
  const bad: { line: number; message: string }[] = [];
  const texts: Record<string, string> = {};
  const blocks = calendarBlocks(
    (block) => {
      if (block.name === 'VEVENT') return void events.push(block);
      if (block.name !== 'VTIMEZONE') return;
      try {
        zones.push(ICAL.parse(block.text));
      } catch (error) {
        bad.push({ line: block.line, message: `its time zone cannot be read: ${messageOf(error)}` });
      }
    },
    (name, text) => void (texts[name] ??= text),
  );
  return {
    write: (chunk) => blocks.write(chunk),
    end() {
      const problem = blocks.end() ?? bad[0];
      if (problem) return { kind: 'refused', problem };
      const title = line(texts['NAME'] ?? texts['X-WR-CALNAME'] ?? '', 300) || options.editionId;
      const said = texts['X-WR-TIMEZONE'];
      const calendar = {
        title,
        zone: said !== undefined && isZone(said) ? said : options.zone,
        root: new ICAL.Component(['vcalendar', [], zones] as never),
      };
      const all = collector(options);
      readEntries(events, calendar, all, options);
      return all.finish({ title, dateless: 'there are no events in it' });
    },
  };
}

function readEntries(blocks: readonly Block[], calendar: Calendar, all: Collector, options: ImportOptions): void {
  const groups = new Map<string, { main: Entry[]; changed: Entry[] }>();
  for (const block of blocks) {
    if (block.problem) {
      all.add({ line: block.problem.line, ...some('item', block.uid) }, block.problem.message);
      continue;
    }
    let component: ICAL.Component;
    try {
      component = new ICAL.Component(ICAL.parse(block.text) as never, calendar.root);
    } catch (error) {
      all.add({ line: block.line, ...some('item', block.uid) }, `it cannot be read: ${messageOf(error)}`);
      continue;
    }
    const uid = told(component, 'uid');
    if (uid === undefined) {
      all.add({ line: block.line, item: told(component, 'summary') ?? '' }, 'it has no UID');
      continue;
    }
    // The entries that we wrote of one event belong together; in other calendars each stands for itself.
    const ours = told(component, EVENT.toLowerCase());
    const key = ours !== undefined && isUuid(ours) ? ours : uid;
    const group = groups.get(key) ?? { main: [], changed: [] };
    groups.set(key, group);
    const changed = component.hasProperty('recurrence-id') && ours === undefined;
    group[changed ? 'changed' : 'main'].push({ line: block.line, component, uid });
  }
  for (const [key, { main, changed }] of groups) {
    const ours = isUuid(key);
    const [first, ...others] = main.length > 0 ? main : changed;
    if (!first) continue;
    all.add(
      { line: first.line, item: first.uid },
      guarded(() => eventOf(ours ? main : [first], main.length > 0 ? changed : [], key, calendar, options)),
    );
    if (ours && main.length > 0) continue;
    for (const again of others)
      all.add({ line: again.line, item: again.uid }, `the same id was on line ${first.line} already`);
  }
}

/** The library throws at values that it finds when they are asked for. */
function guarded(make: () => Made | string): Made | string {
  try {
    return make();
  } catch (error) {
    return `it cannot be read: ${messageOf(error)}`;
  }
}

/** What a reader makes of the entries that we write of one event. */
export function calendarImage(text: string, options: ImportOptions): ProgrammeEvent | undefined {
  const reader = calendarReader(options);
  reader.write(text);
  const imported = reader.end();
  return imported.kind === 'programme' ? imported.items[0]?.event : undefined;
}

function eventOf(
  entries: readonly Entry[],
  changed: readonly Entry[],
  key: string,
  calendar: Calendar,
  options: ImportOptions,
): Made | string {
  const { component } = entries[0]!;
  const title = line(told(component, 'summary') ?? '', 300);
  if (title === '') return 'it has no SUMMARY';
  const ours = isUuid(key);
  const spoken = component.getFirstProperty('summary')?.getFirstParameter('language');
  const lang = languageOf(told(component, LANGUAGE.toLowerCase()) ?? spoken);
  const venue = venueOf(component, options);
  const at = placed(venue ? [venue] : [], options);
  const zone = at.region === NATIONAL ? calendar.zone : zoneOfRegion(at.region);
  const sessions: Session[] = [];
  for (const entry of entries) {
    const own = told(entry.component, ZONE.toLowerCase());
    const here = own !== undefined && isZone(own) ? own : zone;
    const slots =
      entries.length > 1
        ? slotOf(entry.component, here)
        : occurrencesOf(
            entry.component,
            changed.map((c) => c.component),
            here,
          );
    if (typeof slots === 'string') return slots;
    for (const [i, slot] of (Array.isArray(slots) ? slots : [slots]).entries()) {
      sessions.push({ id: uuidV8(options.digest(`ics session\n${options.editionId}\n${entry.uid}\n${i}`)), slot });
    }
  }
  const prose = cut(htmlToMarkdown(told(component, 'description') ?? ''), 60_000);
  const summary = plainStart(prose, 200);
  const themes = component
    .getAllProperties('categories')
    .flatMap((property) => property.getValues() as unknown[])
    .map((label) => line(String(label), 200))
    .filter((label) => label !== '')
    .map((label) => themeOf(label, lang, options.themes));
  const url = told(component, 'url');
  const status = told(component, 'status')?.toUpperCase();
  const event: ProgrammeEvent = {
    id: uuidV8(options.digest(`ics\n${options.editionId}\n${key}`)),
    editionId: options.editionId,
    slug: slugOf(title),
    ...at,
    title: { [lang]: title },
    ...(summary === '' ? {} : { summary: { [lang]: summary } }),
    ...(prose === '' ? {} : { description: { [lang]: prose } }),
    format: 'meeting',
    themes: [...new Set(themes.map((t) => t.code))],
    audiences: [],
    attendanceMode: 'on_site',
    status: status === 'CANCELLED' ? 'cancelled' : status === 'TENTATIVE' && ours ? 'postponed' : 'scheduled',
    organisers: [{ name: calendar.title }],
    venues: venue ? [venue] : [],
    sessions,
    accessibility: [],
    ...(url !== undefined && isWeb(url) && !ours ? { links: [{ label: line(url, 300), url }] } : {}),
    registration: { mode: 'none' },
    source: { name: calendar.title, ...(url !== undefined && isWeb(url) ? { url } : {}) },
    publishedAt: options.at,
    updatedAt: options.at,
  };
  return { externalId: line(key, 300), ...(ours ? { eventId: key } : {}), event, themes };
}

/** `NAME, address, 35000 Rennes`: what stands before the first comma is the name. */
function venueOf(component: ICAL.Component, options: ImportOptions): Venue | undefined {
  const text = line(told(component, 'location') ?? '', 600);
  if (text === '' || isWeb(text)) return undefined;
  const [name = '', ...rest] = text.split(/\s*[,;]\s*/);
  const town = rest.findIndex((part) => /^\d{5} \p{L}/u.test(part));
  const [, postalCode, city] = /^(\d{5}) (.+)$/.exec(rest[town] ?? '') ?? [];
  const address = line(rest.filter((_, i) => i !== town).join(', '), 300);
  const geo: unknown = component.getFirstPropertyValue('geo');
  const [lat, lon] = Array.isArray(geo) ? (geo as unknown[]).map(Number) : [];
  const there = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return {
    id: uuidV8(options.digest(`ics venue\n${options.editionId}\n${text}`)),
    name: line(name || text, 300),
    ...(address === '' ? {} : { address }),
    ...some('postalCode', postalCode),
    ...(city === undefined ? {} : { city: line(city, 120) }),
    ...(there && (lat !== 0 || lon !== 0) ? { position: { lat, lon } } : {}),
  };
}

function told(component: ICAL.Component, name: string): string | undefined {
  const value: unknown = component.getFirstPropertyValue(name);
  if (value === null || value === undefined) return undefined;
  // oxlint-disable-next-line typescript/no-base-to-string
  const text = String(value).trim();
  return text === '' ? undefined : text;
}
