import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Imported, ImportOptions } from '#interop/imported.ts';
import { frabXmlReader, readFrabXml } from '#interop/frab-xml.ts';

const options: ImportOptions = {
  editionId: 'essai-2026',
  themes: [],
  locate: () => undefined,
  zone: 'Europe/Paris',
  at: '2026-11-01T08:00:00.000Z',
  digest: (text) => createHash('sha256').update(text).digest(),
};
const fosdem = (): string =>
  gunzipSync(readFileSync(new URL('../../fixtures/fosdem-2024.frab.xml.gz', import.meta.url))).toString('utf8');

const CONFERENCE = '<conference><title>Journée</title><start>2026-11-24</start><end>2026-11-25</end></conference>';
const schedule = (events: string, conference = CONFERENCE, day = 'date="2026-11-24"'): string =>
  `<?xml version="1.0"?>\n<schedule>${conference}\n<day index="1" ${day}><room name="Salle 1">\n${events}</room></day></schedule>`;
const event = (inner: string, attributes = 'id="7"'): string => `<event ${attributes}>${inner}</event>\n`;
const FULL = '<start>10:00</start><duration>00:40</duration><title>Design</title>';

function taken(imported: Imported) {
  if (imported.kind === 'refused') throw new Error(`${imported.problem.line}: ${imported.problem.message}`);
  return imported;
}
function one(xml: string) {
  const { items, refused } = taken(readFrabXml(xml, options));
  expect(refused).toEqual([]);
  expect(items).toHaveLength(1);
  return items[0]!.event;
}
const slotIn = (inner: string, conference?: string, day?: string) =>
  one(schedule(event(`<title>T</title>${inner}`), conference, day)).sessions[0]!.slot;
const problemIn = (xml: string) => {
  const imported = readFrabXml(xml, options);
  return imported.kind === 'refused' ? imported.problem : imported.refused[0];
};

describe('FOSDEM 2024, whole', () => {
  const imported = taken(readFrabXml(fosdem(), options));
  test('has its 674 talks, none refused, each with an id and a slot of its own', () => {
    expect(imported.items).toHaveLength(674);
    expect(imported.refused).toEqual([]);
    expect(new Set(imported.items.map((i) => i.event.id)).size).toBe(674);
    const days = new Set(imported.items.map((i) => i.event.sessions[0]!.slot.date));
    expect([...days].toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['2024-02-03', '2024-02-04']);
  });
  test('becomes an edition with its dates and its tracks as themes', () => {
    expect(imported.edition).toMatchObject({
      id: 'essai-2026',
      title: { en: 'FOSDEM 2024' },
      year: 2024,
      from: '2024-02-03',
      to: '2024-02-04',
      kind: 'imported',
    });
    expect(imported.edition.themes.map((t) => t.label['en'])).toContain('Web Performance devroom');
  });
  test('is told as the file tells it', () => {
    const talk = imported.items.find((i) => i.externalId === '10918')!.event;
    expect(talk).toMatchObject({
      title: { en: 'Overview of SPDX tooling and how SPDX3 gets adopted' },
      slug: 'fosdem-2024-3096-overview-of-spdx-tooling-and-how-spdx3-gets-adopted',
      format: 'talk',
      venues: [{ name: 'ULB (Université Libre de Bruxelles)', city: 'Brussels' }],
    });
    expect(talk.sessions[0]).toMatchObject({ room: 'K.4.401', people: [{ name: 'Maximilian Huber' }] });
    expect(talk.sessions[0]!.slot).toMatchObject({ start: '09:30', end: '09:45' });
    expect(talk.description!['en']).not.toMatch(/<p>|&lt;/);
  });
  test('is the same however it is cut into pieces', () => {
    const text = fosdem();
    const reader = frabXmlReader(options);
    for (let at = 0; at < text.length; at += 997) expect(reader.write(text.slice(at, at + 997))).toBeUndefined();
    expect(reader.end()).toEqual(imported);
  });
});

describe('when it takes place', () => {
  const ZONED = CONFERENCE.replace('</conference>', '<time_zone_name>Indian/Reunion</time_zone_name></conference>');
  test("a wall clock is read in the conference's zone, else in the one that the importer gives", () => {
    expect(slotIn('<start>10:00</start><duration>1:30</duration>')).toEqual({
      date: '2026-11-24',
      start: '10:00',
      end: '11:30',
      zone: 'Europe/Paris',
    });
    expect(slotIn('<start>10:00</start>', ZONED)).toEqual({
      date: '2026-11-24',
      start: '10:00',
      zone: 'Indian/Reunion',
    });
    expect(slotIn('<start>9:05</start>')).toMatchObject({ start: '09:05' });
  });
  test('a moment comes before the day that it stands in, and keeps its own hours', () => {
    expect(
      slotIn('<date>2026-11-25T14:00:00+01:00</date><start>10:00</start><duration>00:20</duration>'),
    ).toMatchObject({
      date: '2026-11-25',
      start: '14:00',
      end: '14:20',
      zone: 'Europe/Paris',
    });
    expect(slotIn('<date>2026-11-24T10:00:00+05:00</date>')).toMatchObject({ start: '10:00', zone: 'Etc/GMT-5' });
    expect(slotIn('<date>2026-11-24T10:00:00-03:30</date>')).toMatchObject({ start: '10:00', zone: '-03:30' });
    expect(slotIn('<date>2026-11-24T10:00:00Z</date>')).toMatchObject({ start: '11:00', zone: 'Europe/Paris' });
    expect(slotIn('<date>2026-11-24T10:00:00+0400</date>', ZONED)).toMatchObject({
      start: '10:00',
      zone: 'Indian/Reunion',
    });
  });
  test('past midnight it ends the day after', () => {
    expect(slotIn('<start>23:30</start><duration>01:00</duration>')).toMatchObject({
      end: '00:30',
      endDate: '2026-11-25',
    });
    expect(slotIn('<start>10:00</start><duration>2:00:00:00</duration>')).toMatchObject({
      end: '10:00',
      endDate: '2026-11-26',
    });
  });
  test('what begins before the day changes belongs to the night after it', () => {
    const night = CONFERENCE.replace('</conference>', '<day_change>04:00:00</day_change></conference>');
    expect(slotIn('<start>01:00</start>', night)).toMatchObject({ date: '2026-11-25', start: '01:00' });
    expect(slotIn('<start>04:00</start>', night)).toMatchObject({ date: '2026-11-24' });
  });
  test('a day without an hour stays one', () => {
    expect(slotIn('')).toEqual({ date: '2026-11-24', zone: 'Europe/Paris' });
    expect(slotIn('<date>2026-11-25</date>', CONFERENCE, '')).toEqual({ date: '2026-11-25', zone: 'Europe/Paris' });
  });
});

describe('one bad event is named with its line, the others stand', () => {
  test.each([
    ['neither guid nor id', event(FULL, ''), 'it has neither guid nor id'],
    ['no title', event('<start>10:00</start>'), 'it has no title'],
    [
      'a year that is none',
      event(`${FULL}<date>20008-01-01T10:00:00Z</date>`),
      'its date "20008-01-01T10:00:00Z" is none',
    ],
    ['a day that is none', event(`${FULL}<date>2026-02-30</date>`), 'its date "2026-02-30" is none'],
    ['an hour that is none', event('<title>T</title><start>25:00</start>'), 'its start "25:00" is no time'],
    [
      'a duration that is none',
      event('<title>T</title><start>10:00</start><duration>long</duration>'),
      'its duration "long" is none',
    ],
    [
      'a duration of years',
      event('<title>T</title><start>10:00</start><duration>9999:00</duration>'),
      'its duration "9999:00" is none',
    ],
  ])('%s', (_, bad, message) => {
    const { items, refused } = taken(
      readFrabXml(schedule(event(FULL, 'id="1"') + bad + event(FULL, 'id="2"')), options),
    );
    expect(items.map((i) => i.externalId)).toEqual(['1', '2']);
    expect(refused).toEqual([expect.objectContaining({ message, line: 5 })]);
  });
  test('a day of the file that is none', () => {
    expect(problemIn(schedule(event(FULL), CONFERENCE, 'date="20008-01-01"'))).toMatchObject({
      item: '7',
      message: 'its date "20008-01-01" is none',
    });
    expect(problemIn(schedule(event(FULL), CONFERENCE, ''))).toMatchObject({
      message: 'it has no date and stands in no day',
    });
  });
  test('an id that comes twice', () => {
    const { items, refused } = taken(readFrabXml(schedule(event(FULL) + event(FULL)), options));
    expect(items).toHaveLength(1);
    expect(refused).toEqual([{ message: 'the same id was on line 4 already', line: 5, item: '7' }]);
  });
});

describe('a file that is no schedule is refused whole', () => {
  test.each([
    ['nothing', '', /document must contain a root element/],
    ['a text', 'BEGIN:VCALENDAR', /not well-formed XML/],
    ['another format', '<rss><channel/></rss>', /the root element is <rss>, not <schedule>/],
    ['cut off', schedule(event(FULL)).slice(0, -40), /not well-formed XML: unclosed tag/],
    ['no conference', schedule(event(FULL), ''), /there is no <conference>/],
    [
      'a conference without a title',
      schedule(event(FULL), '<conference><start>2026-11-24</start></conference>'),
      /the conference has no title/,
    ],
    ['no date anywhere', '<schedule><conference><title>T</title></conference></schedule>', /neither dates nor events/],
    ['an entity', schedule(event('<title>&xxe;</title>')), /not well-formed XML: .*entity/],
    [
      'entities of its own',
      `<!DOCTYPE schedule [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${schedule(event('<title>&b;</title>')).slice(22)}`,
      /declarations of its own/,
    ],
    ['too deep', `<schedule>${'<a>'.repeat(40)}`, /nested more than/],
    ['a text without end', schedule(event(`<title>${'x'.repeat(300_000)}</title>`)), /more than 200000 characters/],
    ['a control character', schedule(event('<title>a\u0000b</title>')), /not well-formed XML/],
  ])('%s', (_, xml, message) => {
    const imported = readFrabXml(xml, options);
    expect(imported.kind).toBe('refused');
    if (imported.kind === 'refused') expect(imported.problem.message).toMatch(message);
  });
  test('at the first piece that shows it, with the line', () => {
    const reader = frabXmlReader(options);
    expect(reader.write('<?xml version="1.0"?>\n\n<schedule>\n')).toBeUndefined();
    expect(reader.write('<day></night>')).toMatchObject({ line: 4 });
    expect(reader.end()).toMatchObject({ kind: 'refused', problem: { line: 4 } });
  });
});

describe('texts from outside', () => {
  test('HTML becomes Markdown, scripts go, addresses that run go', () => {
    const html =
      '<p>Un <strong>atelier</strong>.</p><script>alert(1)</script><a href="javascript:alert(1)">ici</a> <a href="https://example.org/a">là</a>';
    const { description } = one(
      schedule(event(`${FULL}<language>fr</language><abstract><![CDATA[${html}]]></abstract>`)),
    );
    expect(description).toEqual({ fr: 'Un **atelier**.\n\nici [là](https://example.org/a)' });
  });
  test('only web addresses are links', () => {
    const links = [
      'javascript:alert(1)',
      'mailto:a@example.org',
      'https://example.org/a b',
      'https://example.org/ok',
      'http://',
    ]
      .map((href) => `<link href="${href}">L</link>`)
      .join('');
    expect(one(schedule(event(`${FULL}<links>${links}</links>`))).links).toEqual([
      { label: 'L', url: 'https://example.org/ok' },
    ]);
  });
  test('an unknown language is said to be unknown', () => {
    expect(one(schedule(event(`${FULL}<language>de_CH</language>`))).title).toEqual({ 'de-CH': 'Design' });
    expect(one(schedule(event(`${FULL}<language>Français !</language>`))).title).toEqual({ und: 'Design' });
    expect(one(schedule(event(FULL))).title).toEqual({ und: 'Design' });
  });
  test('a guid comes before an id, and the same source item is the same event in the same edition alone', () => {
    const guid = 'id="7" guid="0b5f3a1e-1111-4222-8333-444455556666"';
    const a = one(schedule(event(FULL, guid)));
    expect(one(schedule(event(FULL.replace('Design', 'Autre'), guid.replace('"7"', '"8"')))).id).toBe(a.id);
    expect(one(schedule(event(FULL))).id).not.toBe(a.id);
    const elsewhere = taken(readFrabXml(schedule(event(FULL, guid)), { ...options, editionId: 'autre-2026' }));
    expect(elsewhere.items[0]!.event.id).not.toBe(a.id);
  });
});
