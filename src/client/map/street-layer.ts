import * as L from 'leaflet';
import type { PreparedTile } from 'protomaps-leaflet';
import { Labelers, TileCache, View } from 'protomaps-leaflet';
import type { Language } from '#domain/text.ts';
import type { GroundPack } from './ground.ts';
import { PackSource } from './pack-source.ts';
import { StreetPainter } from './street-painter.ts';
import type { Colours } from './street-style.ts';
import { COLOURS, labelRulesOf, paintRulesOf } from './street-style.ts';

/** Side of a tile on the screen, CSS pixels. */
const TILE = 256;
/** A tile of the data lies under four on the screen. */
const LEVEL = 1;
/** Sharper than this nobody sees on a phone in the sun, and it costs as much as all the rest. */
const SHARPEST = 2;
/** How far names reach over the edge of a tile, CSS pixels. */
const REACH = 16;
/** How long the page may be kept waiting before it has a turn, milliseconds. */
const SLICE = 8;
/** Tiles of the data whose names are remembered. */
const LABELLED = 24;
const FONTS = ['500 12px', '600 12px', '700 15px'].map((font) => `${font} 'Atkinson Hyperlegible Next Variable'`);

export interface StreetOptions {
  readonly pane: string;
  readonly language: Language;
  /** Something in the pack could not be read; called once at most. */
  readonly onFault: () => void;
}

interface Canvas extends HTMLCanvasElement {
  /** Which drawing it waits for. */
  turn?: number;
  painted?: boolean;
}

/**
 * The streets of one pack, drawn on the device: protomaps-leaflet's labels and a painter of our own, on a layer of our own that reads
 * a kept file, survives what it finds there, and lets the page breathe between two tiles.
 */
export class StreetLayer extends L.GridLayer {
  readonly #view: View;
  readonly #pack: GroundPack;
  readonly #options: StreetOptions;
  readonly #scratch = document.createElement('canvas').getContext('2d')!;
  readonly #fonts: Promise<unknown>;
  #painter: StreetPainter;
  #labelers: Labelers;
  #turns = 0;
  #queue: Promise<void> = Promise.resolve();
  #breathed = 0;
  /** Everything that was asked for so far is there. */
  #arriving: Promise<unknown> = Promise.resolve();

  constructor(pack: GroundPack, options: StreetOptions) {
    const [south, west, north, east] = pack.bounds;
    super({
      pane: options.pane,
      tileSize: TILE,
      bounds: L.latLngBounds([south, west], [north, east]),
      minZoom: Math.max(pack.minZoom + LEVEL, 9),
      keepBuffer: 1,
      updateWhenZooming: false,
    });
    this.#pack = pack;
    this.#options = options;
    this.#view = new View(new TileCache(new PackSource(pack, options.onFault), TILE << LEVEL), pack.maxZoom, LEVEL);
    const colours = coloursOf(document.documentElement);
    this.#painter = new StreetPainter(paintRulesOf(colours));
    this.#labelers = this.#makeLabelers(colours);
    // A name that is measured in another font overlaps the next.
    this.#fonts = Promise.allSettled(FONTS.map((font) => document.fonts.load(font)));
  }

  /** Draws everything anew: the theme has changed. */
  repaint(): void {
    const colours = coloursOf(this._map?.getContainer() ?? document.documentElement);
    this.#painter = new StreetPainter(paintRulesOf(colours));
    this.#labelers = this.#makeLabelers(colours);
    this.redraw();
  }

  override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas: Canvas = document.createElement('canvas');
    canvas.className = 'leaflet-tile';
    void this.#draw(coords, canvas).then(() => done(undefined, canvas));
    return canvas;
  }

  #makeLabelers(colours: Colours): Labelers {
    const rules = labelRulesOf(colours, this.#options.language);
    return new Labelers(this.#scratch, rules, LABELLED, (keys) => this.#drawAgain(keys));
  }

  /** Tiles into which a name of a later neighbour reaches. */
  #drawAgain(keys: ReadonlySet<string>): void {
    for (const { coords, el } of Object.values(this._tiles)) {
      const { x, y, z } = coords;
      const canvas = el as Canvas;
      // One that is still to be painted is painted with them.
      if (canvas.painted && keys.has(`${x}:${y}:${z}`)) void this.#draw(coords, canvas);
    }
  }

  async #draw(coords: L.Coords, canvas: Canvas): Promise<void> {
    const turn = (canvas.turn = ++this.#turns);
    const read = this.#view.getDisplayTile(coords);
    const earlier = this.#arriving;
    this.#arriving = Promise.all([earlier, read, this.#fonts]);
    const tile = await read;
    // Tiles that are asked for together wait for each other: a name that reaches out of a later one would have this one drawn twice.
    await this.#arriving;
    const isWanted = (): boolean => canvas.turn === turn && this._map !== undefined;
    await this.#inTurn(() => isWanted() && this.#labelers.add(coords.z, new Map([['', [tile]]])));
    await this.#inTurn(() => isWanted() && this.#paint(coords, canvas, tile));
  }

  /** One piece of work after the other, with room for the page in between. What fails is told, and the rest goes on. */
  #inTurn(work: () => void): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (performance.now() - this.#breathed > SLICE) {
        await breath();
        this.#breathed = performance.now();
      }
      try {
        work();
      } catch {
        this.#options.onFault();
      }
    });
    return this.#queue;
  }

  #paint({ x, y, z }: L.Coords, canvas: Canvas, tile: PreparedTile): void {
    const sharpness = Math.min(SHARPEST, devicePixelRatio);
    canvas.width = canvas.height = TILE * sharpness;
    canvas.painted = true;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    const origin = { x: x * TILE, y: y * TILE };
    this.#clip(context, origin, z);
    const box = {
      minX: origin.x - REACH,
      minY: origin.y - REACH,
      maxX: origin.x + TILE + REACH,
      maxY: origin.y + TILE + REACH,
    };
    this.#painter.paint(context, tile, box, origin);
    for (const label of this.#labelers.getIndex(z)?.searchBbox(box, Infinity) ?? []) {
      context.save();
      context.translate(label.anchor.x - origin.x, label.anchor.y - origin.y);
      label.draw(context);
      context.restore();
    }
  }

  /** What lies outside of the pack's area is not all there: the map ends at its edge, as a printed one does. */
  #clip(context: CanvasRenderingContext2D, origin: { readonly x: number; readonly y: number }, z: number): void {
    const [south, west, north, east] = this.#pack.bounds;
    const crs = L.CRS.EPSG3857;
    const topLeft = crs.latLngToPoint(L.latLng(north, west), z);
    const bottomRight = crs.latLngToPoint(L.latLng(south, east), z);
    context.beginPath();
    context.rect(topLeft.x - origin.x, topLeft.y - origin.y, bottomRight.x - topLeft.x, bottomRight.y - topLeft.y);
    context.clip();
  }
}

/** Lets the page answer a finger before the next tile. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Computed colours: canvases know no tokens. */
function coloursOf(element: HTMLElement): Colours {
  const probes = document.createElement('span');
  probes.append(
    ...COLOURS.map((name) => {
      const probe = document.createElement('i');
      probe.style.color = `var(--map-${name})`;
      return probe;
    }),
  );
  element.append(probes);
  // All are asked after all are there: the page is styled once.
  const found = COLOURS.map((name, i) => [name, getComputedStyle(probes.children[i]!).color] as const);
  probes.remove();
  return Object.fromEntries(found) as unknown as Colours;
}
