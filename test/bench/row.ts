/** One line of a benchmark: this project, its peers and the floor in one run, in medians. */
export interface Row {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | '/s' | 'read' | 'points';
  /** How often each was measured. */
  readonly runs: number;
  readonly ours: number;
  /** What no implementation can be faster than; null where BUDGETS names none. */
  readonly floor: number | null;
  readonly peers: Readonly<Record<string, number>>;
  /** The least and the greatest that was measured, of us, of the floor and of each peer. */
  readonly spread: Readonly<Record<string, readonly [number, number]>>;
  /** In the row's unit; where the budget is a ratio, the floor times it. */
  readonly budget: number | null;
  /** Also of what BUDGETS asks against the peers, as far as they were measured. */
  readonly within: boolean;
}

/** `quick`: a tenth of the size and fewer runs, to see that everything works. */
export type Group = (log: (line: string) => void, quick: boolean) => Promise<Row[]>;

const STANDS = { median: 0.5, p95: 0.95, p99: 0.99, worst: 1 } as const;

interface Measured {
  readonly name: string;
  readonly unit: Row['unit'];
  readonly ours: readonly number[];
  readonly floor?: readonly number[];
  readonly peers?: Readonly<Record<string, readonly number[]>>;
  /** A fixed budget, or how many times the floor; none where BUDGETS names none. */
  readonly budget?: { readonly most: number } | { readonly least: number } | { readonly timesFloor: number };
  /** How many times faster than a peer. */
  readonly ahead?: Readonly<Record<string, number>>;
  /** What stands for the measurements: the median, their 95th or 99th percentile, or the worst. */
  readonly by?: keyof typeof STANDS;
}

export function rowOf({ name, unit, ours, floor, peers = {}, budget, ahead = {}, by = 'median' }: Measured): Row {
  const value = percentile(ours, STANDS[by]);
  const low = floor ? median(floor) : null;
  const limit = limitOf(budget, low);
  const met = limit === null || (budget && 'least' in budget ? value >= limit : value <= limit);
  const others = Object.entries(peers)
    .filter(([, values]) => values.length > 0)
    .map(([peer, values]) => [peer, median(values)] as const);
  return {
    name,
    unit,
    runs: ours.length,
    ours: round(value),
    floor: low === null ? null : round(low),
    peers: Object.fromEntries(others.map(([peer, theirs]) => [peer, round(theirs)])),
    spread: Object.fromEntries(
      Object.entries({ ours, ...(floor ? { floor } : {}), ...peers })
        .filter(([, values]) => values.length > 0)
        .map(([who, values]) => [who, [round(Math.min(...values)), round(Math.max(...values))] as const]),
    ),
    budget: limit === null ? null : round(limit),
    within: met && others.every(([peer, theirs]) => value * (ahead[peer] ?? 0) <= theirs),
  };
}

function limitOf(budget: Measured['budget'], floor: number | null): number | null {
  if (!budget) return null;
  if ('most' in budget) return budget.most;
  return 'least' in budget ? budget.least : (floor ?? Number.NaN) * budget.timesFloor;
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

/** The middle of the measurements with the least and the greatest, for the log. */
export function spread(values: readonly number[]): string {
  if (values.length === 0) return 'not measured';
  return `${round(median(values))} (${round(Math.min(...values))}–${round(Math.max(...values))})`;
}

/** The rows as a person reads them, the spread in brackets; ratios are to the floor, and of the peers to us. */
export function table(rows: readonly Row[]): string {
  const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers)))];
  const head = ['', 'ours', 'floor', 'ratio', ...peers, 'budget', 'within', 'runs'];
  const around = ({ spread: of, runs }: Row, who: string): string =>
    runs > 1 && of[who] ? ` [${of[who][0]}–${of[who][1]}]` : '';
  const lines = rows.map((row) => [
    row.name,
    `${row.ours} ${row.unit}${around(row, 'ours')}`,
    row.floor === null ? '' : `${row.floor} ${row.unit}${around(row, 'floor')}`,
    row.floor === null ? '' : `${(row.ours / row.floor).toFixed(2)} ×`,
    ...peers.map((peer) => {
      const theirs = row.peers[peer];
      return theirs === undefined
        ? ''
        : `${theirs} ${row.unit}${around(row, peer)} (${(theirs / row.ours).toFixed(1)} ×)`;
    }),
    row.budget === null ? '' : `${row.budget} ${row.unit}`,
    row.within ? 'yes' : 'NO',
    String(row.runs),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  const print = (line: readonly string[]): string =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [head, ...lines].map(print).join('\n');
}
