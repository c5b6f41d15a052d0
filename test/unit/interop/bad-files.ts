import type { ImportFormat } from '#interop/formats.ts';
import type { ImportProblem } from '#interop/imported.ts';

export const ics = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
export const entry = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const GOOD = entry('UID:bon', 'SUMMARY:Bon', 'DTSTART:20261124T100000Z');
export const oa = (...events: object[]): string => JSON.stringify(events, undefined, 1);
export const timing = (begin: string, end?: string): object => ({ uid: 1, title: 'T', timings: [{ begin, end }] });
export const frab = (event: object, more: object[] = []): string =>
  JSON.stringify(
    { schedule: { conference: { title: 'C', days: [{ date: '2026-11-24', rooms: { Salle: [event, ...more] } }] } } },
    undefined,
    1,
  );
export const TALK = { guid: 'a', title: 'T', date: '2026-11-24T10:00:00+01:00', duration: '00:30' };

/** Files that are none of the format's: refused whole, with what is wrong and where. */
export const WHOLE: readonly (readonly [ImportFormat, string, string, ImportProblem])[] = [
  ['ics', 'another format', '<rss/>', { message: 'it does not begin with BEGIN:VCALENDAR', line: 1 }],
  ['ics', 'a file that is cut off', ics(...GOOD).slice(0, 90), { message: 'the file ends inside VEVENT', line: 6 }],
  [
    'ics',
    'ends that do not match',
    ics('BEGIN:VEVENT', 'UID:1', 'END:VTODO'),
    { message: 'END:VTODO where VEVENT is open', line: 5 },
  ],
  [
    'ics',
    'something after the calendar',
    `${ics(...GOOD)}UID:2\r\n`,
    { message: 'there is more after END:VCALENDAR', line: 9 },
  ],
  ['ics', 'a calendar without events', ics(), { message: 'there are no events in it' }],
  [
    'ics',
    'components in components',
    ics(...Array.from({ length: 9 }, () => 'BEGIN:X')),
    { message: 'components are nested more than 8 deep', line: 10 },
  ],
  ['openagenda', 'another format', '<rss/>', { message: 'the file is neither a list nor an object', line: 1 }],
  [
    'openagenda',
    'JSON of another kind',
    '{"type":"FeatureCollection","features":[]}',
    { message: 'there is no list "events"', line: 1 },
  ],
  [
    'openagenda',
    'a list of something else',
    '[{"a":1}]',
    { message: 'the first item has neither uid, title nor timings: not OpenAgenda events', line: 1 },
  ],
  [
    'openagenda',
    'a file that is cut off',
    oa(timing('2026-11-24T10:00:00Z')).slice(0, 60),
    { message: 'the file ends in the middle', line: 7 },
  ],
  [
    'openagenda',
    'broken JSON inside',
    '[\n{"uid":1,"title":"T",},\n{"uid":2}]',
    { message: 'not valid JSON: Expected double-quoted property name', line: 2 },
  ],
  [
    'openagenda',
    'brackets without end',
    '['.repeat(300),
    { message: 'brackets are nested more than 200 deep', line: 1 },
  ],
  ['openagenda', 'something after the end', '[] []', { message: 'there is "[" after the end', line: 1 }],
  [
    'frab-json',
    'broken JSON',
    '{"schedule":\n {]}',
    { message: "not valid JSON: Expected property name or '}'", line: 2 },
  ],
  [
    'frab-json',
    'JSON of another kind',
    '{"events":[]}',
    { message: 'it is no schedule: there is no schedule', line: 1 },
  ],
  [
    'frab-json',
    'no days',
    '{"schedule":{"conference":{"title":"C"}}}',
    { message: 'there is no schedule.conference.days' },
  ],
  [
    'frab-json',
    'days without rooms',
    '{"schedule":{"conference":{"title":"C","days":[{}]}}}',
    { message: 'day 1 has no rooms' },
  ],
  ['frab-xml', 'another format', '<rss/>', { message: 'the root element is <rss>, not <schedule>', line: 1 }],
  [
    'frab-xml',
    'a billion laughs',
    '<?xml version="1.0"?>\n<!DOCTYPE schedule [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<schedule>&b;</schedule>',
    { message: 'a document type with declarations of its own is not read', line: 2 },
  ],
  [
    'frab-xml',
    'a file from elsewhere',
    '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule/>',
    { message: 'a document type with declarations of its own is not read', line: 1 },
  ],
  ['csv', 'no header', 'a;b\n1;2\n', { message: 'the header has no column titre; it begins with "a", "b"', line: 1 }],
  [
    'csv',
    'a column twice',
    'titre;Title;date\nT;T;2026-11-24\n',
    { message: 'the column titre is there twice', line: 1 },
  ],
  [
    'csv',
    'a quotation mark that is never closed',
    'titre;date\n"T;2026-11-24\n',
    { message: 'a quotation mark is never closed', line: 2 },
  ],
  ['csv', 'bytes that are no text', 'titre\0;date\n', { message: 'it holds NUL characters: not a text' }],
  ['csv', 'a header alone', 'titre;date\n', { message: 'there are no rows with dates' }],
];

/** Items that cannot be events, beside one that can. */
export const ITEMS: readonly (readonly [ImportFormat, string, string, ImportProblem])[] = [
  [
    'ics',
    'a line that was broken and not folded',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:Un', 'texte sans espace', 'DTSTART:20261124T100000Z')),
    { message: 'a line is neither a property nor folded: it should begin with a space', line: 11, item: '1' },
  ],
  [
    'ics',
    'an address that was broken and not folded',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:Un', 'http://exemple.fr', 'DTSTART:20261124T100000Z')),
    { message: 'a line is neither a property nor folded: it should begin with a space', line: 11, item: '1' },
  ],
  [
    'ics',
    'the year 20008',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART:200081124T100000Z')),
    { message: 'its DTSTART "2000-81-12TT1:00:00" is no date', line: 8, item: '1' },
  ],
  [
    'ics',
    'a month too many',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART;VALUE=DATE:20261324')),
    { message: 'its DTSTART "2026-13-24" is no date', line: 8, item: '1' },
  ],
  [
    'ics',
    'no UID',
    ics(...GOOD, ...entry('SUMMARY:Sans', 'DTSTART:20261124T100000Z')),
    { message: 'it has no UID', line: 8, item: 'Sans' },
  ],
  [
    'ics',
    'no start',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T')),
    { message: 'it has no DTSTART', line: 8, item: '1' },
  ],
  [
    'ics',
    'the same UID twice',
    ics(...GOOD, ...GOOD),
    { message: 'the same id was on line 3 already', line: 8, item: 'bon' },
  ],
  [
    'ics',
    'an end before its start',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART:20261124T100000Z', 'DTEND:20261124T090000Z')),
    { message: 'its end "2026-11-24 10:00" is before its start', line: 8, item: '1' },
  ],
  [
    'ics',
    'a series for ever',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART:20261124T100000Z', 'RRULE:FREQ=DAILY')),
    { message: 'it repeats for ever (RRULE without COUNT or UNTIL)', line: 8, item: '1' },
  ],
  [
    'ics',
    'a series without measure',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART:20261124T100000Z', 'RRULE:FREQ=DAILY;COUNT=100000000')),
    { message: 'it repeats more than 800 times', line: 8, item: '1' },
  ],
  [
    'ics',
    'a rule that is none',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART:20261124T100000Z', 'RRULE:FREQ=PARFOIS')),
    {
      message:
        'it cannot be read: invalid frequency "PARFOIS" expected: "SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY"',
      line: 8,
      item: '1',
    },
  ],
  [
    'ics',
    'a zone that nobody knows',
    ics(...GOOD, ...entry('UID:1', 'SUMMARY:T', 'DTSTART;TZID=Heure de Paris:20261124T100000')),
    { message: 'its time zone "Heure de Paris" is not known', line: 8, item: '1' },
  ],
  [
    'openagenda',
    'no id',
    oa(timing('2026-11-24T10:00:00Z'), { title: 'Sans', timings: [] }),
    { message: 'it has neither uid nor slug', line: 11, item: 'Sans' },
  ],
  [
    'openagenda',
    'the year 20008',
    oa(timing('2026-11-24T10:00:00Z'), { ...timing('20008-11-24T10:00:00Z'), uid: 2 }),
    { message: 'timing 1: its begin "20008-11-24T10:00:00Z" is no moment', line: 11, item: '2' },
  ],
  [
    'openagenda',
    'an end before its begin',
    oa(timing('2026-11-24T10:00:00Z'), { ...timing('2026-11-24T10:00:00Z', '2026-11-24T09:00:00Z'), uid: 2 }),
    { message: 'timing 1: its end "2026-11-24T09:00:00Z" is before its begin', line: 11, item: '2' },
  ],
  [
    'openagenda',
    'a thousand times',
    oa(timing('2026-11-24T10:00:00Z'), {
      uid: 2,
      title: 'T',
      timings: Array.from({ length: 1001 }, () => ({ begin: '2026-11-24T10:00:00Z' })),
    }),
    { message: 'it has 1001 times, more than 800', line: 11, item: '2' },
  ],
  [
    'openagenda',
    'no times',
    oa(timing('2026-11-24T10:00:00Z'), { uid: 2, title: 'T' }),
    { message: 'it has no timings', line: 11, item: '2' },
  ],
  [
    'openagenda',
    'one that is not published',
    oa(timing('2026-11-24T10:00:00Z'), { ...timing('2026-11-24T10:00:00Z'), uid: 2, state: 0 }),
    { message: 'it is not published (state 0)', line: 11, item: '2' },
  ],
  [
    'openagenda',
    'the same id twice',
    oa(timing('2026-11-24T10:00:00Z'), timing('2026-11-25T10:00:00Z')),
    { message: 'the same id was on line 2 already', line: 11, item: '1' },
  ],
  [
    'frab-json',
    'no guid',
    frab(TALK, [{ title: 'Sans', date: TALK.date }]),
    { message: 'it has neither guid nor id', line: 17, item: 'Sans' },
  ],
  [
    'frab-json',
    'a date that is none',
    frab(TALK, [{ ...TALK, guid: 'b', date: '2026-02-30T10:00:00+01:00' }]),
    { message: 'its date "2026-02-30T10:00:00+01:00" is none', line: 17, item: 'b' },
  ],
  [
    'frab-json',
    'something that is no event',
    frab(TALK, [7 as unknown as object]),
    { message: 'it has neither guid nor id' },
  ],
  [
    'csv',
    'a date that is none',
    'titre;date\nBon;2026-11-24\nMauvais;31/02/2026\n',
    { message: 'date: "31/02/2026" cannot be read', line: 3, item: 'Mauvais' },
  ],
  [
    'csv',
    'an hour that is none',
    'titre;date;debut\nBon;2026-11-24;10h\nMauvais;2026-11-24;25h\n',
    { message: 'debut: "25h" cannot be read', line: 3, item: 'Mauvais' },
  ],
  [
    'csv',
    'no title',
    'titre;date;ville\nBon;2026-11-24;\n;2026-11-24;Nantes\n',
    { message: 'it has no titre', line: 3 },
  ],
  [
    'csv',
    'more cells than the header',
    'titre;date\nBon;2026-11-24\nTrop;2026-11-24;x;y\n',
    { message: 'it has 4 cells, and the header 2', line: 3, item: 'Trop' },
  ],
  [
    'csv',
    'a word that means nothing',
    'titre;date;statut\nBon;2026-11-24;\nMauvais;2026-11-24;peut-être\n',
    { message: 'statut: "peut-être" cannot be read', line: 3, item: 'Mauvais' },
  ],
  [
    'csv',
    'a row after a cell with lines',
    'titre;date;resume\nBon;2026-11-24;"deux\nlignes"\nMauvais;;\n',
    { message: 'it has no date', line: 4, item: 'Mauvais' },
  ],
];
