/** One line of a benchmark: this project, its peers and the floor in one run, in medians. */
export interface Row {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | '/s';
  /** How often each was measured. */
  readonly runs: number;
  readonly ours: number;
  /** What no implementation can be faster than; null where BUDGETS names none. */
  readonly floor: number | null;
  readonly peers: Readonly<Record<string, number>>;
  /** In the row's unit; where the budget is a ratio, the floor times it. */
  readonly budget: number;
  readonly within: boolean;
}

export type Group = (log: (line: string) => void) => Promise<Row[]>;

const STANDS = { median: 0.5, p95: 0.95, p99: 0.99, worst: 1 } as const;

interface Measured {
  readonly name: string;
  readonly unit: Row['unit'];
  readonly ours: readonly number[];
  readonly floor?: readonly number[];
  /** A fixed budget, or how many times the floor. */
  readonly budget: { readonly most: number } | { readonly timesFloor: number };
  /** What stands for the measurements: the median, their 95th or 99th percentile, or the worst. */
  readonly by?: keyof typeof STANDS;
}

export function rowOf({ name, unit, ours, floor, budget, by = 'median' }: Measured): Row {
  const value = percentile(ours, STANDS[by]);
  const low = floor ? median(floor) : null;
  const most = 'most' in budget ? budget.most : (low ?? Number.NaN) * budget.timesFloor;
  return {
    name,
    unit,
    runs: ours.length,
    ours: round(value),
    floor: low === null ? null : round(low),
    peers: {},
    budget: round(most),
    within: value <= most,
  };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(0, at)] ?? Number.NaN;
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The rows as a person reads them; ratios are to the floor. */
export function table(rows: readonly Row[]): string {
  const head = ['', 'ours', 'floor', 'ratio', 'budget', 'within', 'runs'];
  const lines = rows.map((row) => [
    row.name,
    `${row.ours} ${row.unit}`,
    row.floor === null ? '' : `${row.floor} ${row.unit}`,
    row.floor === null ? '' : `${(row.ours / row.floor).toFixed(2)} ×`,
    `${row.budget} ${row.unit}`,
    row.within ? 'yes' : 'NO',
    String(row.runs),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  const print = (line: readonly string[]): string =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [head, ...lines].map(print).join('\n');
}
