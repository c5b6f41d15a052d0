import { collector } from './collector.ts';
import type { Column, Row } from './csv-columns.ts';
import { bare, columns } from './csv-columns.ts';
import { rowToEvent } from './csv-row.ts';
import { columnKey, readTable } from './csv-table.ts';
import type { ImportOptions, ImportProblem, ProgrammeReader } from './imported.ts';
import { limits } from './imported.ts';
import { line, quote } from './texts.ts';

/** A table is read at once: longer ones than this are no programme. */
const MAX_TABLE = 60_000_000;

const NAMES = new Map<string, Column>(
  columns.flatMap((names) => names.map((name) => [columnKey(name), names[0]] as const)),
);

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
      const table = readTable(whole, limits.items);
      if ('message' in table) return { kind: 'refused', problem: table };
      const { header, rows } = table;
      const read = headerOf(header);
      if (typeof read === 'string') return { kind: 'refused', problem: { message: read, line: table.line } };
      const all = collector(options);
      if (read.unknown.length > 0)
        all.note(`columns left aside, not being of the documented header: ${read.unknown.map(quote).join(', ')}`);
      for (const { cells, line: at } of rows) {
        const row = cellsOf(read.names, cells);
        const named = row.id ?? row.titre ?? '';
        const many = cells.slice(header.length).some((c) => c.trim() !== '');
        all.add(
          { line: at, item: line(named, 120) },
          many ? `it has ${cells.length} cells, and the header ${header.length}` : rowToEvent(row, options),
        );
      }
      return all.finish({ title: options.editionId, dateless: 'there are no rows with dates' });
    },
  };
}

function headerOf(cells: readonly string[]): { names: (Column | undefined)[]; unknown: string[] } | string {
  const names = cells.map((cell) => NAMES.get(columnKey(cell)));
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
