/** How the fields of a table are set apart: RFC 4180's comma, or what a French spreadsheet opens by a double click. */
export const csvSeparators = [',', ';'] as const;
export type CsvSeparator = (typeof csvSeparators)[number];

/** Excel takes a file without it for one of its own old code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * One record of RFC 4180 with its line end. Text that a spreadsheet would run as a formula gets an apostrophe in front
 * (OWASP, CSV injection); numbers are written as they are.
 */
export function csvRecord(fields: readonly (string | number | undefined)[], separator: CsvSeparator = ','): string {
  return `${fields.map((field) => cell(field, separator)).join(separator)}\r\n`;
}

function cell(field: string | number | undefined, separator: CsvSeparator): string {
  if (field === undefined) return '';
  if (typeof field === 'number') return String(field);
  const safe = FORMULA.test(field) ? `'${field}` : field;
  const quoted = safe.includes(separator) || /["\r\n\t]/.test(safe) || safe !== safe.trim();
  return quoted ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The signs that begin a formula, the wide ones of East Asian keyboards among them, with or without blanks in front. */
const FORMULA = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r]/;
