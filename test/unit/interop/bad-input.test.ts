import { describe, expect, test } from 'vitest';
import type { ImportFormat } from '#interop/formats.ts';
import { importFormats, readable } from '#interop/formats.ts';
import { meaningOf } from '#interop/import-messages.ts';
import { limits } from '#interop/imported.ts';
import type { Imported, ImportProblem } from '#interop/imported.ts';
import { importOptions, readAll } from '../../support/programmes.ts';
import { entry, frab, ics, ITEMS, oa, TALK, timing, WHOLE } from './bad-files.ts';

const read = (format: ImportFormat, text: string): Imported => readAll(readable[format].reader, text);

/** What is refused of a file, or why it is refused whole. */
function problems(imported: Imported): readonly ImportProblem[] {
  return imported.kind === 'refused' ? [imported.problem] : imported.refused;
}

describe('a file that is none of the format', () => {
  test.each(WHOLE)('%s: %s is refused with what is wrong and where', (format, _what, text, problem) => {
    expect(read(format, text)).toEqual({ kind: 'refused', problem });
    expect(meaningOf(problem.message)).toBeDefined();
  });
  test.each(importFormats)('%s: nothing at all', (format) => {
    for (const text of ['', '  \n\n']) expect(read(format, text).kind).toBe('refused');
  });
});

describe('an item that cannot be an event', () => {
  test.each(ITEMS)('%s: %s is named, and the others stand', (format, _what, text, problem) => {
    const imported = read(format, text);
    expect(problems(imported)).toEqual([problem]);
    expect(imported.kind === 'programme' && imported.items).toHaveLength(1);
    expect(meaningOf(problem.message), problem.message).toBeDefined();
  });
});

describe('too much', () => {
  const long = 'x'.repeat(3_000_000);
  test.each<[ImportFormat, string]>([
    ['ics', ics(...entry('UID:1', `SUMMARY:${long}`, 'DTSTART:20261124T100000Z'))],
    ['ics', ics(...entry('UID:1', 'SUMMARY:T', ...Array.from({ length: 60_000 }, () => ` ${'x'.repeat(70)}`)))],
    ['openagenda', oa({ ...timing('2026-11-24T10:00:00Z'), title: long })],
    ['frab-json', frab({ ...TALK, description: long })],
    ['csv', `titre;date\n${long};2026-11-24\n`],
    ['frab-xml', `<schedule><conference><title>${long}</title></conference></schedule>`],
  ])('%s: megabytes in one field are refused or left out, and never kept', (format, text) => {
    const imported = read(format, text);
    if (imported.kind === 'refused') expect(imported.problem.message).toMatch(/more than \d+ characters/);
    else expect(JSON.stringify(imported).length).toBeLessThan(200_000);
  });
  test.each(importFormats)('%s: a file without measure is given up as soon as it is known', (format) => {
    const problem = readable[format].reader(importOptions).write('x'.repeat(limits.file + 1));
    expect(problem?.message).toMatch(/^more than \d+ characters$/);
  });
  test('many short items are counted, and stop at the limit', () => {
    const many = ics(
      ...Array.from({ length: limits.items + 1 }, (_, i) =>
        entry(`UID:${i}`, 'SUMMARY:T', 'DTSTART:20261124T100000Z').join('\r\n'),
      ),
    );
    expect(read('ics', many)).toMatchObject({ kind: 'refused', problem: { message: 'more than 50000 events' } });
  });
});

describe('what is hostile', () => {
  test('no text becomes HTML, and no address of another kind a link', () => {
    const nasty = '<img src=x onerror=alert(1)>Bonjour <a href="javascript:alert(1)">ici</a>';
    for (const [format, text] of [
      [
        'openagenda',
        oa({
          ...timing('2026-11-24T10:00:00Z'),
          longDescription: { fr: nasty },
          onlineAccessLink: 'javascript:alert(1)',
        }),
      ],
      [
        'ics',
        ics(
          ...entry('UID:1', 'SUMMARY:T', 'DTSTART:20261124T100000Z', `DESCRIPTION:${nasty}`, 'URL:javascript:alert(1)'),
        ),
      ],
      ['frab-json', frab({ ...TALK, description: nasty, url: 'javascript:alert(1)' })],
      ['csv', `titre;date;description\nT;2026-11-24;"${nasty.replaceAll('"', '""')}"\n`],
    ] as const) {
      const imported = read(format, text);
      expect(JSON.stringify(imported)).toContain('Bonjour');
      expect(JSON.stringify(imported)).not.toMatch(/<img|onerror|javascript:/);
    }
  });
  test('names of objects are no names of fields', () => {
    const file =
      '[{"uid":1,"title":{"__proto__":"x","constructor":"y","fr":"T"},"timings":[{"begin":"2026-11-24T10:00:00Z"}],"__proto__":{"state":2}}]';
    const imported = read('openagenda', file);
    expect(imported.kind === 'programme' && imported.items[0]!.event.title).toEqual({ fr: 'T' });
    expect(({} as { state?: number }).state).toBeUndefined();
  });
  test('a formula in a table is a text, and goes out as one', () => {
    const imported = read('csv', 'titre;date\n"=HYPERLINK(""http://x"";""y"")";2026-11-24\n');
    expect(imported.kind === 'programme' && imported.items[0]!.event.title['fr']).toBe('=HYPERLINK("http://x";"y")');
  });
});
