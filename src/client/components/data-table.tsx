/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- on a phone the table is laid out
   with `display: block`, which takes its roles away in some browsers: they are written out */
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  /** Nothing (`null`, `undefined`) is a dash in the table and no line in the card. */
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** What can be done with the row: its head is read out only, and where no row has any the column is left out. */
  readonly action?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds; read out, and seen above it. */
  readonly caption: string;
  readonly captionHidden?: boolean;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** A table on a wide screen, a card a row on a phone; a table for screen readers in both. */
export function DataTable<Row>({ caption, captionHidden = false, columns: all, rows, rowKey }: DataTableProps<Row>) {
  const columns = all.filter((column) => !column.action || rows.some((row) => !isNothing(column.cell(row))));
  return (
    <table className={styles.table} role="table">
      <caption className={classNames(styles.caption, captionHidden && styles.unseen)}>{caption}</caption>
      <thead className={styles.head} role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              role="columnheader"
              className={column.numeric ? styles.numeric : undefined}
            >
              {column.action ? <span className={styles.unseen}>{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} className={styles.row} role="row">
            {columns.map((column, at) =>
              at === 0 ? (
                <th key={column.key} scope="row" role="rowheader" className={styles.name}>
                  {column.cell(row)}
                </th>
              ) : (
                <Cell key={column.key} column={column}>
                  {column.cell(row)}
                </Cell>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly column: Pick<Column<never>, 'head' | 'numeric' | 'action'>;
  readonly children: ReactNode;
}

function Cell({ column, children }: CellProps) {
  const nothing = isNothing(children);
  return (
    <td
      role="cell"
      data-head={column.action ? undefined : column.head}
      className={classNames(
        styles.cell,
        column.numeric && styles.numeric,
        column.action && styles.action,
        nothing && styles.nothing,
      )}
    >
      <span>{nothing && !column.action ? '—' : children}</span>
    </td>
  );
}

const isNothing = (content: ReactNode): boolean => content === null || content === undefined || content === '';
