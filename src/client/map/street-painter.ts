import type { Feature, PreparedTile } from 'protomaps-leaflet';
import type { PaintRule } from './street-style.ts';

/** A part of the screen in the zoom's pixels. */
interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/**
 * Paints the shapes of streets: protomaps-leaflet's painter asks each rule about each thing again for every tile on the screen, and
 * sets pen and colour for each. This one sorts the things of a tile of the data once for a zoom, and takes up each pen once.
 */
export class StreetPainter {
  readonly #rules: readonly PaintRule[];
  readonly #sorted = new WeakMap<PreparedTile['data'], { zoom: number; byRule: readonly (readonly Feature[])[] }>();

  constructor(rules: readonly PaintRule[]) {
    this.#rules = rules;
  }

  /** @param origin where the canvas begins, in the zoom's pixels */
  paint(
    context: CanvasRenderingContext2D,
    tile: PreparedTile,
    box: Box,
    origin: { readonly x: number; readonly y: number },
  ): void {
    const { scale, origin: from, z } = tile;
    // In the coordinates of the data.
    const seen = {
      minX: (box.minX - from.x) / scale,
      minY: (box.minY - from.y) / scale,
      maxX: (box.maxX - from.x) / scale,
      maxY: (box.maxY - from.y) / scale,
    };
    context.save();
    context.miterLimit = 2;
    context.translate(from.x - origin.x, from.y - origin.y);
    context.scale(scale, scale);
    for (const [i, features] of this.#sort(tile).entries()) {
      const near = features.filter(({ bbox }) => meet(bbox, seen));
      if (near.length > 0) draw(context, this.#rules[i]!, near, { zoom: z, scale });
    }
    context.restore();
  }

  #sort({ data, z }: PreparedTile): readonly (readonly Feature[])[] {
    const known = this.#sorted.get(data);
    if (known?.zoom === z) return known.byRule;
    const byRule = this.#rules.map(({ layer, from, takes }) =>
      z < from ? [] : (data.get(layer) ?? []).filter((feature) => takes(feature, z)),
    );
    this.#sorted.set(data, { zoom: z, byRule });
    return byRule;
  }
}

function meet(a: Box, b: Box): boolean {
  return a.maxX >= b.minX && a.minX <= b.maxX && a.maxY >= b.minY && a.minY <= b.maxY;
}

function draw(
  context: CanvasRenderingContext2D,
  { fill, stroke }: PaintRule,
  features: readonly Feature[],
  { zoom, scale }: { readonly zoom: number; readonly scale: number },
): void {
  if (fill) context.fillStyle = fill;
  if (stroke) {
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width(zoom) / scale;
    context.lineCap = stroke.round ? 'round' : 'butt';
    context.lineJoin = stroke.round ? 'round' : 'miter';
    context.setLineDash(stroke.dash?.map((length) => length / scale) ?? []);
  }
  context.globalAlpha = stroke?.opacity ?? 1;
  // One path a thing: many in one are fewer calls, and take longer to fill.
  for (const { geom } of features) {
    context.beginPath();
    trace(context, geom);
    if (fill) context.fill();
    if (stroke) context.stroke();
  }
}

function trace(context: CanvasRenderingContext2D, geom: Feature['geom']): void {
  for (const line of geom) {
    for (let i = 0; i < line.length; i++) {
      const { x, y } = line[i]!;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
}
