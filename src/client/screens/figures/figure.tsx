import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useMemo } from 'react';
import { BYTE_ORDER_MARK, csvRecord } from '#interop/csv-record.ts';
import { Button } from '#client/components/button.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import styles from './figures.module.css';

/** A column of a table and of its file. */
export interface FigureColumn<Row> {
  /** Its name in the file, the same in every language: README, "Dashboards". */
  readonly key: string;
  readonly head: string;
  readonly value: (row: Row) => string | number;
  /** What the page shows for it; `false` where only the file has it. */
  readonly shown?: ((row: Row) => ReactNode) | false;
}

interface FigureProps<Row> {
  readonly title: string;
  readonly hint?: ReactNode;
  /** Of the file: `escale-2026-regions.csv`. */
  readonly name: string;
  readonly columns: readonly FigureColumn<Row>[];
  readonly rows: readonly Row[];
  /** Said instead of the plot when there is nothing to be seen. */
  readonly empty?: string | undefined;
  readonly children: ReactNode;
}

/** A plot with the table that says the same, and its file. */
export function Figure<Row>({ title, hint, name, columns, rows, empty, children }: FigureProps<Row>) {
  const t = useT();
  const { language, number } = useFormat();
  const id = useId();
  const shown = useMemo(
    () =>
      columns.flatMap((column, at): Column<Row & { index: number }>[] => {
        const { key, head, value, shown: show } = column;
        if (show === false) return [];
        const cell = (row: Row): ReactNode => {
          const said = value(row);
          return show ? show(row) : typeof said === 'number' ? number(said) : said;
        };
        return [{ key, head, cell, numeric: at > 0 && rows[0] !== undefined && typeof value(rows[0]) === 'number' }];
      }),
    [columns, number, rows],
  );
  const numbered = useMemo(() => rows.map((row, index) => ({ ...row, index })), [rows]);
  const save = (): void => {
    const separator = language === 'fr' ? ';' : ',';
    const lines = [columns.map((column) => column.key), ...rows.map((row) => columns.map((one) => one.value(row)))];
    saveFile(name, 'text/csv', BYTE_ORDER_MARK + lines.map((line) => csvRecord(line, separator)).join(''));
  };
  return (
    <section className={styles.figure} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      {empty === undefined ? children : <p className={styles.nothing}>{empty}</p>}
      {rows.length > 0 ? (
        <details className={styles.details}>
          <summary>{t('figures.table')}</summary>
          <DataTable
            caption={title}
            captionHidden
            columns={shown}
            rows={numbered}
            rowKey={(row) => String(row.index)}
          />
          <Button icon={Download} onClick={save} aria-label={t('figures.csv.of', { title })}>
            {t('figures.csv')}
          </Button>
        </details>
      ) : null}
    </section>
  );
}
