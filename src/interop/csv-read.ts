import type { Info } from 'csv-parse';
import { CsvError, parse } from 'csv-parse/sync';
import { fold } from '#domain/text.ts';
import { collector } from './collector.ts';
import type { Column, Row } from './csv-columns.ts';
import { bare, columns } from './csv-columns.ts';
import { rowToEvent } from './csv-row.ts';
import type { ImportOptions, ImportProblem, ProgrammeReader } from './imported.ts';
import { limits } from './imported.ts';
import { line, quote } from './texts.ts';

/** A table is read at once: longer ones than this are no programme. */
const MAX_TABLE = 60_000_000;

const NAMES = new Map<string, Column>(
  columns.flatMap((names) => names.map((name) => [keyOf(name), names[0]] as const)),
);

function keyOf(name: string): string {
  return fold(name).replaceAll(' ', '_');
}

/**
 * Reads a table with the header of `csv-columns.ts`, in any order and not all of it; `;`, `,` or tabs between the cells.
 * A column that is not known is left aside and told of.
 */
export function csvReader(options: ImportOptions): ProgrammeReader {
  let whole = '';
  let problem: ImportProblem | undefined;
  return {
    write(chunk) {
      if (whole.length + chunk.length > MAX_TABLE) problem ??= { message: `more than ${MAX_TABLE} characters` };
      else whole += chunk;
      return problem;
    },
    end() {
      if (problem) return { kind: 'refused', problem };
      const text = whole.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '');
      const skipped = whole.length - text.length > 1 ? 1 : 0;
      if (text.trim() === '') return { kind: 'refused', problem: { message: 'the file is empty', line: 1 } };
      if (text.includes('\0')) return { kind: 'refused', problem: { message: 'it holds NUL characters: not a text' } };
      const table = rowsOf(text, skipped);
      if ('message' in table) return { kind: 'refused', problem: table };
      const [header, ...rows] = table;
      const read = headerOf(header?.cells ?? []);
      if (typeof read === 'string') return { kind: 'refused', problem: { message: read, line: 1 + skipped } };
      const all = collector(options);
      if (read.unknown.length > 0)
        all.note(`columns left aside, not being of the documented header: ${read.unknown.map(quote).join(', ')}`);
      for (const { cells, line: at } of rows) {
        if (cells.every((cell) => cell.trim() === '')) continue;
        const row = cellsOf(read.names, cells);
        const named = row.id ?? row.titre ?? '';
        const many =
          cells.length > (header?.cells.length ?? 0) && cells.slice(header?.cells.length).some((c) => c.trim() !== '');
        all.add(
          { line: at, item: line(named, 120) },
          many ? `it has ${cells.length} cells, and the header ${header?.cells.length}` : rowToEvent(row, options),
        );
      }
      return all.finish({ title: options.editionId, dateless: 'there are no rows with dates' });
    },
  };
}

interface TableRow {
  readonly cells: readonly string[];
  /** Where it begins. */
  readonly line: number;
}

function rowsOf(text: string, skipped: number): TableRow[] | ImportProblem {
  let before = skipped;
  try {
    const found = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      info: true,
      max_record_size: limits.item,
      to: limits.items + 2,
    }) as unknown as { record: string[]; info: Info }[];
    if (found.length > limits.items + 1) return { message: `more than ${limits.items} rows` };
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

function headerOf(cells: readonly string[]): { names: (Column | undefined)[]; unknown: string[] } | string {
  const names = cells.map((cell) => NAMES.get(keyOf(cell)));
  const twice = names.find((name, i) => name !== undefined && names.indexOf(name) !== i);
  if (twice !== undefined) return `the column ${twice} is there twice`;
  if (!names.includes('titre')) {
    const found = cells.slice(0, 5).map((cell) => quote(cell));
    return `the header has no column titre; it begins with ${found.join(', ')}`;
  }
  return { names, unknown: cells.filter((cell, i) => names[i] === undefined && cell.trim() !== '') };
}

function cellsOf(names: readonly (Column | undefined)[], cells: readonly string[]): Row {
  const row: Partial<Record<Column, string>> = {};
  for (const [i, name] of names.entries()) {
    const cell = bare(cells[i]?.trim() ?? '');
    if (name !== undefined && cell !== '') row[name] = cell;
  }
  return row;
}
