import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRecord } from '#interop/csv-record.ts';

describe('a record of a table', () => {
  test('is RFC 4180: quoted where it must be, quotes doubled, ended by CR LF', () => {
    expect(csvRecord(['a', 'b, c', 'd "e"', 'f\ng', 3, undefined, ' h'])).toBe(
      'a,"b, c","d ""e""","f\ng",3,,"\' h"\r\n'.replace("' h", ' h'),
    );
    expect(csvRecord(['a', 'b; c', 'd, e'], ';')).toBe('a;"b; c";d, e\r\n');
  });

  test.each(['=1+1', '+33 6', '-2', '@SUM(A1)', '  =cmd', '\t=x', '\r=x', '＝1', '\n=1'])(
    'neutralises the formula %j',
    (text) => {
      const [[cell]] = parse(csvRecord([text])) as [[string]];
      expect(cell).toBe(`'${text}`);
    },
  );

  test('is read back as it was written, by either separator', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((s) => !/^\s*[=+\-@＋－＝＠]|^[\t\r]/.test(s));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 2, maxLength: 5 }),
        fc.constantFrom(',' as const, ';' as const),
        (cells, by) => {
          const [read] = parse(csvRecord(cells, by), { delimiter: by, record_delimiter: '\r\n' }) as [string[]];
          expect(read).toEqual(cells);
        },
      ),
    );
  });
});
