import { describe, expect, test } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { ImportFormat } from '#interop/formats.ts';
import { importFormats, readable } from '#interop/formats.ts';
import type { ImportOptions } from '#interop/imported.ts';
import { marksOf } from '#interop/merge.ts';
import {
  aFullEvent,
  anEditionWithThemes,
  aPodcast,
  digest,
  fixture,
  importOptions,
  readAll,
  taken,
  textOf,
  writtenAs,
} from '../../support/programmes.ts';

const decoded = (bytes: Buffer, encoding = 'utf-8'): string => new TextDecoder(encoding).decode(bytes);
const read = (format: ImportFormat, text: string, options: ImportOptions = importOptions) =>
  readAll(readable[format].reader, text, options);

/** The five entries of the sample are one event; in an agenda each has a number and an address of its own. */
const numbered = (text: string): string =>
  JSON.stringify(
    (JSON.parse(text) as { uid: number; slug: string }[]).map((entry, at) => ({
      ...entry,
      uid: entry.uid + at,
      // In front: what is too long loses its end.
      slug: `${at + 1}-${entry.slug}`,
    })),
  );

const FILES: readonly (readonly [ImportFormat, string, events: number, refused: number])[] = [
  ['openagenda', decoded(fixture('openagenda-5-events.json.gz')), 1, 4],
  ['openagenda', numbered(decoded(fixture('openagenda-5-events.json.gz'))), 5, 0],
  ['frab-json', decoded(fixture('democon.frab.json.gz')), 36, 0],
  ['frab-xml', decoded(fixture('fosdem-2024.frab.xml.gz')), 674, 0],
  ['ics', decoded(fixture('kielux-2020.ics.gz')), 24, 0],
  ['csv', decoded(fixture('excel-fr.csv'), 'windows-1252'), 2, 0],
];

describe.each(FILES)('a real file: %s', (format, text, events, refused) => {
  const imported = taken(read(format, text));
  test('is read whole, each event with an id and a time of its own', () => {
    expect([imported.items.length, imported.refused.length]).toEqual([events, refused]);
    expect(new Set(imported.items.map((i) => i.event.id)).size).toBe(events);
    for (const { event } of imported.items) expect(event.sessions.length).toBeGreaterThan(0);
  });
  test('is the same however it is cut into pieces', () => {
    const reader = readable[format].reader(importOptions);
    for (let at = 0; at < text.length; at += 991) expect(reader.write(text.slice(at, at + 991))).toBeUndefined();
    expect(reader.end()).toEqual(imported);
  });
  test.each(importFormats)('goes out as %s and comes back unchanged, as far as that format goes', async (other) => {
    const all = imported.items.map((item) => item.event);
    const written = writtenAs(imported.edition);
    const back = taken(read(other, await textOf(other, all, written)));
    expect(back.refused).toEqual([]);
    expect(back.items).toHaveLength(all.length);
    const { image, carries } = readable[other];
    const byId = new Map(all.map((event) => [event.id, event]));
    for (const { event, eventId } of back.items) {
      const ours = byId.get(eventId ?? '')!;
      expect(marksOf(event, carries, digest)).toEqual(marksOf(image(ours, written, importOptions)!, carries, digest));
    }
  });
});

describe('OpenAgenda', () => {
  const imported = taken(read('openagenda', FILES[0]![1]));
  const event = imported.items[0]!.event;
  test('is told as the file tells it', () => {
    expect(event).toMatchObject({
      region: '53',
      department: '35',
      attendanceMode: 'on_site',
      status: 'scheduled',
      accessibility: ['hi', 'vi', 'pi', 'mi', 'ii'],
      conditions: { fr: 'Gratuit' },
      contacts: [{ kind: 'phone', value: '02 35 17 61 09' }],
      registration: { mode: 'external', url: 'http://www.v1histoireetpatrimoine.fr' },
      venues: [{ city: 'Rennes', postalCode: '35000', position: { lat: 48.108097, lon: -1.679642 } }],
      source: { name: 'Cet été à Rennes' },
    });
    expect(event.image?.url).toBe('https://cdn.openagenda.com/main/347c52b650d84e8aad815ac8afbc7472.full.image.jpg');
    expect(event.sessions).toHaveLength(85);
    expect(event.sessions[0]!.slot).toEqual({ date: '2023-06-23', start: '14:00', end: '16:00', zone: 'Europe/Paris' });
  });
  test('names the entries that repeat an id, by line', () => {
    expect(imported.refused[0]).toEqual({ message: 'the same id was on line 2 already', line: 499, item: '81517351' });
  });
  test('takes in nothing of members, contributors and owners', () => {
    const people = {
      member: { name: 'Jeanne Secrète', email: 'jeanne@secret.example' },
      contributor: { email: 'jeanne@secret.example' },
      ownerUid: 34742324,
      creatorUid: 34742324,
    };
    const file = [
      {
        uid: 1,
        title: 'T',
        timings: [{ begin: '2026-11-24T10:00:00+0100', end: '2026-11-24T11:00:00+0100' }],
        ...people,
      },
    ];
    const one = taken(read('openagenda', JSON.stringify(file)));
    expect(JSON.stringify(one)).not.toMatch(/jeanne|Jeanne|34742324/);
    expect(one.items[0]!.event.sessions[0]!.slot).toMatchObject({ start: '10:00', end: '11:00' });
  });
  test('becomes Markdown without any HTML, whichever of the two it is', () => {
    const file = (longDescription: string) =>
      JSON.stringify([
        {
          uid: 1,
          title: 'T',
          longDescription: { fr: longDescription },
          timings: [{ begin: '2026-11-24T10:00:00+01:00' }],
        },
      ]);
    const text = (long: string) => taken(read('openagenda', file(long))).items[0]!.event.description?.['fr'];
    expect(text('<p>Un <strong>atelier</strong><script>alert(1)</script></p>')).toBe('Un **atelier**');
    expect(text('Un **atelier** et un [lien](https://exemple.fr)')).toBe(
      'Un **atelier** et un [lien](https://exemple.fr)',
    );
  });
});

describe('calendars', () => {
  test('Kielux is told as the file tells it, without its attendees', () => {
    const imported = taken(read('ics', FILES[4]![1]));
    expect(imported.edition).toMatchObject({
      title: { und: '18. Kieler Open Source und Linux Tage' },
      from: '2020-09-18',
      to: '2020-09-19',
    });
    const talk = imported.items[0]!.event;
    expect(talk.title).toEqual({ und: 'OpenCelium - Der generische OpenSoure API-Hub' });
    expect(talk.sessions[0]!.slot).toEqual({ date: '2020-09-18', start: '13:00', end: '14:00', zone: 'Europe/Paris' });
    expect(JSON.stringify(imported)).not.toContain('nomail');
  });
  const calendar = (...lines: string[]): string =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:1',
      'SUMMARY:T',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
  const slots = (...lines: string[]) =>
    taken(read('ics', calendar(...lines))).items[0]!.event.sessions.map((s) => s.slot);
  test.each([
    [
      ['DTSTART;TZID=Indian/Reunion:20261124T100000', 'DURATION:PT90M'],
      { date: '2026-11-24', start: '10:00', end: '11:30', zone: 'Indian/Reunion' },
    ],
    [
      ['DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261127'],
      { date: '2026-11-24', endDate: '2026-11-26', zone: 'Europe/Paris' },
    ],
    [['DTSTART;VALUE=DATE:20261124'], { date: '2026-11-24', zone: 'Europe/Paris' }],
    [
      ['DTSTART:20261124T230000Z', 'DTEND:20261125T010000Z'],
      { date: '2026-11-25', start: '00:00', end: '02:00', zone: 'Europe/Paris' },
    ],
    [
      ['DTSTART:20261124T220000', 'DTEND:20261125T010000'],
      { date: '2026-11-24', start: '22:00', end: '01:00', endDate: '2026-11-25', zone: 'Europe/Paris' },
    ],
  ])('%j is that time', (lines, slot) => {
    expect(slots(...lines)).toEqual([slot]);
  });
  test('a series that ends is one event with a session a time, its exceptions taken and its changes in place', () => {
    const text = calendar(
      'DTSTART;TZID=Europe/Paris:20261102T100000',
      'DTEND;TZID=Europe/Paris:20261102T110000',
      'RRULE:FREQ=WEEKLY;COUNT=5',
      'EXDATE;TZID=Europe/Paris:20261109T100000',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:1',
      'SUMMARY:T',
      'RECURRENCE-ID;TZID=Europe/Paris:20261116T100000',
      'DTSTART;TZID=Europe/Paris:20261117T140000',
      'DTEND;TZID=Europe/Paris:20261117T150000',
    );
    const { items, refused } = taken(read('ics', text));
    expect(refused).toEqual([]);
    expect(items[0]!.event.sessions.map(({ slot }) => `${slot.date} ${slot.start}-${slot.end}`)).toEqual([
      '2026-11-02 10:00-11:00',
      '2026-11-17 14:00-15:00',
      '2026-11-23 10:00-11:00',
      '2026-11-30 10:00-11:00',
    ]);
  });
  test('a zone that the file defines is believed', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Romance Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const text = calendar('DTSTART;TZID=Romance Standard Time:20261124T100000').replace(
      'BEGIN:VEVENT',
      [...zone, 'BEGIN:VEVENT'].join('\r\n'),
    );
    expect(taken(read('ics', text)).items[0]!.event.sessions[0]!.slot).toMatchObject({
      start: '10:00',
      zone: 'Europe/Paris',
    });
  });
  test('an address in the place is told apart, and gives the region', () => {
    const { event } = taken(
      read('ics', calendar('DTSTART:20261124T100000', 'LOCATION:Médiathèque\\, 1 rue de la Paix\\, 97400 Saint-Denis')),
    ).items[0]!;
    expect(event.region).toBe('04');
    expect(event.venues[0]).toMatchObject({
      name: 'Médiathèque',
      address: '1 rue de la Paix',
      postalCode: '97400',
      city: 'Saint-Denis',
    });
    expect(event.sessions[0]!.slot.zone).toBe('Indian/Reunion');
  });
});

describe('a table of a French Excel', () => {
  const { items, notes } = taken(read('csv', FILES[5]![1]));
  test('is read with its quotes, dates, hours, decimals and zeros', () => {
    expect(items[0]!.event).toMatchObject({
      title: { fr: 'Atelier "guichet" ; première séance' },
      summary: { fr: "Refaire l'accueil à partir de l’usager — avec un œil neuf" },
      region: '84',
      department: '01',
      sessions: [{ slot: { date: '2026-11-24', start: '10:30', end: '12:00', zone: 'Europe/Paris' } }],
      venues: [{ postalCode: '01000', position: { lat: 46.2052, lon: 5.2255 } }],
      audiences: ['agents', 'public'],
      registration: { mode: 'open', capacity: 25 },
      accessibility: ['mi', 'hi'],
      keywords: { fr: ['guichet', 'usagers'] },
    });
    expect(items[1]!.event).toMatchObject({
      region: '04',
      format: 'meeting',
      sessions: [{ slot: { zone: 'Indian/Reunion' } }],
    });
  });
  test('names the columns that it leaves aside', () => {
    expect(notes).toEqual(['columns left aside, not being of the documented header: "Commentaire interne"']);
  });
});

describe('an event that says everything', () => {
  const written = writtenAs(anEditionWithThemes);
  const options = { ...importOptions, themes: anEditionWithThemes.themes };
  test.each(importFormats)('comes back from %s with its sessions in one piece', async (format) => {
    const text = await textOf(format, [aFullEvent], written);
    const { items, refused } = taken(read(format, text, options));
    expect(refused).toEqual([]);
    expect(items).toHaveLength(1);
    const back: ProgrammeEvent = items[0]!.event;
    expect(items[0]!.eventId).toBe(aFullEvent.id);
    expect(back.title['fr']).toBe(aFullEvent.title['fr']);
    expect(back.themes).toEqual(['accueil']);
    const days = back.sessions.map(({ slot }) => `${slot.date} ${slot.start ?? ''}`).toSorted();
    expect(days).toEqual(['2026-11-24 22:00', '2026-11-25 14:00', '2026-11-26 ', '2026-11-27 09:00']);
  });
  test.each(['openagenda', 'csv'] as const)('loses nothing that %s has room for', async (format) => {
    const text = await textOf(format, [aFullEvent], written);
    const back = taken(read(format, text, options)).items[0]!.event;
    const {
      format: kind,
      audiences,
      attendanceMode,
      status,
      accessibility,
      contacts,
      keywords,
      age,
      image,
      onlineUrl,
      conditions,
      region,
      department,
    } = aFullEvent;
    expect(back).toMatchObject({
      format: kind,
      audiences,
      attendanceMode,
      status,
      accessibility,
      contacts,
      keywords,
      age,
      image,
      onlineUrl,
      conditions,
      region,
      department,
    });
  });
  test('how to come and how to get in stay apart in a table, and are one text where the format has one', async () => {
    const backFrom = async (format: ImportFormat) =>
      taken(read(format, await textOf(format, [aFullEvent], written), options)).items[0]!.event.venues[0]!;
    const { access, transport } = aFullEvent.venues[0]!;
    expect(await backFrom('csv')).toMatchObject({ access: { fr: access!['fr'] }, transport: { fr: transport!['fr'] } });
    const there = await backFrom('openagenda');
    expect(there.access).toEqual({ fr: `${transport!['fr']} ${access!['fr']}`, en: transport!['en'] });
    expect(there.transport).toBeUndefined();
  });
  test('what has no session is left out where the format wants times, and stands where it has a place', async () => {
    const count = async (format: ImportFormat) => {
      const imported = read(format, await textOf(format, [aFullEvent, aPodcast], written), options);
      return taken(imported).items.length;
    };
    const counted = await Promise.all(importFormats.map(async (format) => [format, await count(format)]));
    expect(counted).toEqual([
      ['openagenda', 1],
      ['frab-xml', 1],
      ['frab-json', 1],
      ['ics', 2],
      ['csv', 2],
    ]);
  });
});
