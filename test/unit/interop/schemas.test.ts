import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { readable } from '#interop/formats.ts';
import type { ExportFormat } from '#interop/formats.ts';
import { eventNode } from '#interop/json-ld.ts';
import {
  aFullEvent,
  anEditionWithThemes,
  aPodcast,
  fixture,
  importOptions,
  readAll,
  taken,
  textOf,
  writtenAs,
} from '../../support/programmes.ts';

const fosdem = taken(readAll(readable['frab-xml'].reader, fixture('fosdem-2024.frab.xml.gz').toString('utf8')));
const PROGRAMMES = [
  ['an event that says everything', anEditionWithThemes, [aFullEvent, aPodcast]],
  ['a whole conference', fosdem.edition, fosdem.items.map((i) => i.event)],
  ['nothing', anEditionWithThemes, []],
] as const;

describe.each(PROGRAMMES)('%s', (_what, edition, events) => {
  const text = (format: ExportFormat): Promise<string> => textOf(format, events, writtenAs(edition));
  const dated = events.filter((e) => e.sessions.length > 0);

  test("is valid by the rules of frab's XML", async () => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'schedule.xml', contents: await text('frab-xml') }],
      schema: [{ fileName: 'schedule.xsd', contents: fixture('schedule.xsd').toString('utf8') }],
    });
    expect(errors.map((e) => e.message)).toEqual([]);
    expect(valid).toBe(true);
  });

  test("is valid by the rules of frab's JSON", async () => {
    const moment = v.pipe(v.string(), v.isoTimestamp());
    const web = v.pipe(v.string(), v.url());
    const uuid = v.pipe(v.string(), v.uuid());
    const event = v.looseObject({
      id: v.pipe(v.number(), v.integer(), v.minValue(1)),
      guid: uuid,
      date: moment,
      start: v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)),
      duration: v.pipe(v.string(), v.regex(/^\d+:\d\d$/)),
      room: v.string(),
      slug: v.pipe(v.string(), v.regex(/^[a-z0-9_-]+[a-z0-9]$/)),
      url: web,
      title: v.string(),
      subtitle: v.string(),
      track: v.string(),
      type: v.string(),
      language: v.string(),
      abstract: v.string(),
      persons: v.array(v.looseObject({ id: v.number(), public_name: v.string() })),
      links: v.array(v.object({ title: v.string(), url: web })),
    });
    const day = v.object({
      index: v.number(),
      date: v.pipe(v.string(), v.isoDate()),
      day_start: moment,
      day_end: moment,
      rooms: v.record(v.string(), v.array(event)),
    });
    const schema = v.object({
      generator: v.object({ name: v.string(), version: v.string() }),
      schedule: v.object({
        version: v.string(),
        base_url: web,
        conference: v.object({
          acronym: v.pipe(v.string(), v.regex(/^[a-z0-9_-][a-z0-9_]{3,}$/)),
          title: v.string(),
          start: v.pipe(v.string(), v.isoDate()),
          end: v.pipe(v.string(), v.isoDate()),
          daysCount: v.number(),
          timeslot_duration: v.string(),
          time_zone_name: v.pipe(v.string(), v.regex(/^[A-Z][a-z]+\/[A-Z][a-z]+$/)),
          url: web,
          rooms: v.array(v.object({ name: v.string(), guid: uuid, description: v.null(), capacity: v.null() })),
          days: v.array(day),
        }),
      }),
    });
    const { conference } = v.parse(schema, JSON.parse(await text('frab-json'))).schedule;
    const all = conference.days.flatMap((d) => Object.values(d.rooms).flat());
    for (const key of ['id', 'guid', 'slug'] as const) expect(new Set(all.map((e) => e[key])).size).toBe(all.length);
    expect(all).toHaveLength(events.flatMap((e) => e.sessions).length);
  });

  test('is a calendar that ical.js reads, with lines of at most 75 octets', async () => {
    const ics = await text('ics');
    for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const calendar = new ICAL.Component(ICAL.parse(ics) as never);
    const entries = calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
    expect(entries.length).toBeGreaterThanOrEqual(dated.flatMap((e) => e.sessions).length);
    expect(new Set(entries.map((e) => e.uid)).size).toBe(entries.length);
    for (const entry of entries) {
      expect(entry.summary).not.toBe('');
      expect(entry.endDate.compare(entry.startDate)).toBeGreaterThanOrEqual(0);
    }
  });

  test("keeps to OpenAgenda's documented rules", async () => {
    const text140 = v.pipe(
      v.record(v.string(), v.pipe(v.string(), v.minLength(1), v.maxLength(140))),
      v.check((t) => Object.keys(t).length > 0),
    );
    const event = v.looseObject({
      uid: v.pipe(v.number(), v.integer(), v.minValue(1)),
      slug: v.string(),
      title: text140,
      description: v.record(v.string(), v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
      longDescription: v.optional(v.record(v.string(), v.pipe(v.string(), v.maxLength(10_000)))),
      conditions: v.optional(v.record(v.string(), v.pipe(v.string(), v.maxLength(255)))),
      timings: v.pipe(
        v.array(v.object({ begin: v.pipe(v.string(), v.isoTimestamp()), end: v.pipe(v.string(), v.isoTimestamp()) })),
        v.minLength(1),
        v.maxLength(800),
      ),
      attendanceMode: v.picklist([1, 2, 3]),
      status: v.picklist([1, 2, 3, 4, 5, 6]),
      state: v.literal(2),
      accessibility: v.object({ hi: v.boolean(), vi: v.boolean(), pi: v.boolean(), mi: v.boolean(), ii: v.boolean() }),
      registration: v.array(v.object({ type: v.picklist(['link', 'email', 'phone']), value: v.string() })),
      location: v.nullable(
        v.looseObject({ name: v.pipe(v.string(), v.maxLength(100)), address: v.pipe(v.string(), v.maxLength(255)) }),
      ),
    });
    const file = v.parse(v.object({ events: v.array(event), total: v.number() }), JSON.parse(await text('openagenda')));
    expect(file.total).toBe(dated.length);
    for (const one of file.events) {
      if (one.attendanceMode !== 1) expect(one['onlineAccessLink']).toEqual(expect.any(String));
      let before = -Infinity;
      for (const { begin, end } of one.timings) {
        const [from, to] = [Date.parse(begin), Date.parse(end)];
        expect(from).toBeGreaterThanOrEqual(before);
        expect(to - from).toBeGreaterThanOrEqual(0);
        expect(to - from).toBeLessThanOrEqual(86_400_000);
        before = to;
      }
    }
  });

  test('is GeoJSON with positions as RFC 7946 wants them', async () => {
    const feature = v.looseObject({
      type: v.literal('Feature'),
      geometry: v.nullable(
        v.object({
          type: v.literal('Point'),
          coordinates: v.tuple([
            v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
            v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
          ]),
        }),
      ),
      properties: v.looseObject({ title: v.string(), url: v.pipe(v.string(), v.url()) }),
    });
    const schema = v.object({ type: v.literal('FeatureCollection'), features: v.array(feature) });
    expect(v.is(schema, JSON.parse(await text('geojson')))).toBe(true);
  });

  test('is schema.org with what search engines require of an event', async () => {
    const graph = (JSON.parse(await text('json-ld')) as { '@graph': Record<string, unknown>[] })['@graph'];
    expect(graph).toHaveLength(events.length + 1);
    for (const node of graph.slice(1)) requireEvent(node);
  });

  test('is a table in which no cell is a formula', async () => {
    const rows = parse(await text('csv'), { delimiter: ';', bom: true });
    expect(rows).toHaveLength(events.length + 1);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=@\t\r]|^[+-](?!\d+([.,]\d+)?$)/);
  });
});

/** developers.google.com, structured data for events: name, startDate and location; a place has an address. schema.org's enumerations for the rest. */
function requireEvent(node: Record<string, unknown>): void {
  expect(node['name']).toEqual(expect.stringMatching(/\S/));
  if (node['@type'] === 'CreativeWork') return;
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$/;
  expect(node['startDate']).toMatch(iso);
  if (node['endDate'] !== undefined) expect(node['endDate']).toMatch(iso);
  expect(node['eventStatus']).toMatch(
    /^https:\/\/schema\.org\/Event(Scheduled|Rescheduled|MovedOnline|Postponed|Cancelled)$/,
  );
  expect(node['eventAttendanceMode']).toMatch(/^https:\/\/schema\.org\/(Offline|Online|Mixed)EventAttendanceMode$/);
  const places = [node['location']].flat() as Record<string, unknown>[];
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) {
    if (place['@type'] === 'VirtualLocation') expect(place['url']).toMatch(/^https?:/);
    else expect(place['address']).toMatchObject({ '@type': 'PostalAddress' });
  }
  for (const part of (node['subEvent'] ?? []) as Record<string, unknown>[]) requireEvent(part);
}

test('an event with several sessions has each as a part of it, with its own hours, place and offer', () => {
  const node = eventNode(aFullEvent, writtenAs(anEditionWithThemes));
  expect(node).toMatchObject({
    '@type': 'Event',
    startDate: '2026-11-24T22:00:00+04:00',
    endDate: expect.stringMatching(/^2026-11-27/) as string,
    inLanguage: 'fr',
    eventStatus: 'https://schema.org/EventRescheduled',
    eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    typicalAgeRange: '12-',
  });
  const parts = node['subEvent'] as Record<string, unknown>[];
  expect(parts).toHaveLength(4);
  expect(parts[0]).toMatchObject({
    startDate: '2026-11-25T14:00:00+04:00',
    location: [{ name: 'Annexe' }, { '@type': 'VirtualLocation', url: 'https://visio.example/salle' }],
    offers: { price: 0, availability: 'https://schema.org/InStock' },
    performer: [{ name: 'Ada Ndiaye' }],
  });
  expect(parts[2]).toMatchObject({ startDate: '2026-11-26', endDate: '2026-11-26' });
});

test('the rules refuse what breaks them', async () => {
  const schema = [{ fileName: 'schedule.xsd', contents: fixture('schedule.xsd').toString('utf8') }];
  const broken = (await textOf('frab-xml', [aFullEvent], writtenAs(anEditionWithThemes))).replace(
    /guid="[^"]*"/,
    'guid="7"',
  );
  expect((await validateXML({ xml: [{ fileName: 'x.xml', contents: broken }], schema })).valid).toBe(false);
  expect(taken(readAll(readable['frab-xml'].reader, broken, importOptions)).items).toHaveLength(1);
});
