import type { DepartmentCode, RegionCode } from '#domain/programme.ts';
import type { Outline, Outlines } from '#interop/outlines.ts';
import { piecesOf } from '#interop/outlines.ts';

export interface DepartmentShape {
  readonly code: DepartmentCode;
  /** Of an SVG path. */
  readonly path: string;
  /** It is drawn a second time, larger, because it is too small where it lies. */
  readonly again?: true;
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DepartmentLayout {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly DepartmentShape[];
  /** Around what does not lie where it is drawn. */
  readonly frames: readonly Frame[];
}

type Department = Outline<{ readonly region: RegionCode }>;

const WIDTH = 600;
/** The five overseas régions, each of one département, and the towns around Paris. */
const OVERSEAS = ['971', '972', '973', '974', '976'] as const;
const PARIS = ['75', '92', '93', '94'] as const;
const INSET = 92;
const GAP = 9;

/**
 * Where the départements of a country, or of one region, are drawn: near enough for being recognised. What lies overseas stands in
 * frames of its own below, and the four around Paris a second time, larger.
 */
export function layoutDepartments(outlines: Outlines, region: RegionCode | undefined): DepartmentLayout {
  const all = outlines.departments;
  if (region !== undefined) {
    const mine = all.filter((one) => one.properties.region === region);
    if (mine.length === 0) return { width: WIDTH, height: 0, shapes: [], frames: [] };
    const height = Math.min(620, Math.max(260, Math.round(WIDTH / aspectOf(mine))));
    const frame = { x: 0, y: 0, width: WIDTH, height };
    return { width: WIDTH, height, shapes: drawn(mine, frame), frames: [] };
  }
  const isOverseas = (one: Department): boolean => (OVERSEAS as readonly string[]).includes(one.id);
  const main = all.filter((one) => !isOverseas(one));
  const mainHeight = Math.round(WIDTH / aspectOf(main));
  const y = mainHeight + GAP;
  const insets = [
    ...OVERSEAS.map((code) => all.filter((one) => one.id === code)),
    all.filter((one) => (PARIS as readonly string[]).includes(one.id)),
  ];
  const frames = insets.map((_, at) => ({ x: at * (INSET + GAP) + 2, y, width: INSET, height: INSET }));
  return {
    width: WIDTH,
    height: y + INSET + 2,
    shapes: [
      ...drawn(main, { x: 0, y: 0, width: WIDTH, height: mainHeight }),
      ...insets.flatMap((group, at) =>
        drawn(group, frames[at]!).map((shape) => (at === OVERSEAS.length ? { ...shape, again: true as const } : shape)),
      ),
    ],
    frames,
  };
}

interface Box {
  west: number;
  east: number;
  south: number;
  north: number;
}

function boxOf(departments: readonly Department[]): Box {
  const box: Box = { west: 180, east: -180, south: 90, north: -90 };
  for (const one of departments)
    for (const [shore = []] of piecesOf(one))
      for (const [lon, lat] of shore) {
        box.west = Math.min(box.west, lon);
        box.east = Math.max(box.east, lon);
        box.south = Math.min(box.south, lat);
        box.north = Math.max(box.north, lat);
      }
  return box;
}

/** What a degree of longitude is worth there, beside one of latitude. */
function shrinkOf({ south, north }: Box): number {
  return Math.cos((((south + north) / 2) * Math.PI) / 180);
}

function aspectOf(departments: readonly Department[]): number {
  const box = boxOf(departments);
  return ((box.east - box.west) * shrinkOf(box)) / (box.north - box.south);
}

const MARGIN = 6;

function drawn(departments: readonly Department[], frame: Frame): DepartmentShape[] {
  const box = boxOf(departments);
  const shrink = shrinkOf(box);
  const [wide, high] = [(box.east - box.west) * shrink, box.north - box.south];
  const scale = Math.min((frame.width - 2 * MARGIN) / wide, (frame.height - 2 * MARGIN) / high);
  const [left, top] = [frame.x + (frame.width - wide * scale) / 2, frame.y + (frame.height - high * scale) / 2];
  const point = ([lon, lat]: readonly [number, number]): string =>
    `${(left + (lon - box.west) * shrink * scale).toFixed(1)} ${(top + (box.north - lat) * scale).toFixed(1)}`;
  return departments.map((one) => ({
    code: one.id,
    path: piecesOf(one)
      .flatMap((rings) => rings.map((ring) => `M${ring.map(point).join('L')}Z`))
      .join(''),
  }));
}
