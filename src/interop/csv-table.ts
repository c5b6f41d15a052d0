import type { Info } from 'csv-parse';
import { CsvError, parse } from 'csv-parse/sync';
import { fold } from '#domain/text.ts';
import type { ImportProblem } from './imported.ts';
import { limits } from './imported.ts';
import { line } from './texts.ts';

interface TableRow {
  readonly cells: readonly string[];
  /** Where it begins. */
  readonly line: number;
}

/** A table as text: `;`, `,` or tabs between the cells, told by its first line. */
export interface Table {
  readonly header: readonly string[];
  /** The header's line. */
  readonly line: number;
  /** None of them empty. */
  readonly rows: readonly TableRow[];
}

/** Reads a whole table, or says what is wrong with it. @param most rows beside the header */
export function readTable(whole: string, most: number): Table | ImportProblem {
  const text = whole.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '');
  const skipped = whole.length - text.length > 1 ? 1 : 0;
  if (text.trim() === '') return { message: 'the file is empty', line: 1 };
  if (text.includes('\0')) return { message: 'it holds NUL characters: not a text' };
  const table = rowsOf(text, skipped, most);
  if ('message' in table) return table;
  const [header, ...rows] = table;
  return {
    header: header?.cells ?? [],
    line: 1 + skipped,
    rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
  };
}

/** A column's name without case, accents and signs. */
export function columnKey(name: string): string {
  return fold(name).replaceAll(' ', '_');
}

function rowsOf(text: string, skipped: number, most: number): TableRow[] | ImportProblem {
  let before = skipped;
  try {
    const found = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      info: true,
      max_record_size: limits.item,
      to: most + 2,
    }) as unknown as { record: string[]; info: Info }[];
    if (found.length > most + 1) return { message: `more than ${most} rows` };
    return found.map(({ record, info }) => {
      const row = { cells: record, line: before + 1 };
      before = skipped + info.lines;
      return row;
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = (error as { lines?: unknown }).lines;
    const what =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark is never closed'
        : error.code === 'CSV_MAX_RECORD_SIZE'
          ? `a row of more than ${limits.item} characters`
          : line(error.message.replace(/ at line.*$/, ''), 120);
    return { message: what, ...(typeof at === 'number' ? { line: at + skipped } : {}) };
  }
}

/** What the first line has most of, outside of quotation marks. */
function delimiterOf(text: string): string {
  const first = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 20_000))?.[0] ?? '';
  const outside = first.replace(/"(?:[^"]|"")*"/g, '');
  const count = (sign: string): number => outside.split(sign).length;
  return [';', ',', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
