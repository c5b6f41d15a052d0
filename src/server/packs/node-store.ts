import type { Bounds } from '#domain/bounds.ts';
import type { Point } from './rings.ts';

const FIRST = 1 << 16;

/** Positions by id, in flat arrays: ten million of them take 160 MB, where objects would take a gigabyte. */
export class NodeStore {
  #ids = new Float64Array(FIRST);
  #lons = new Float64Array(FIRST);
  #lats = new Float64Array(FIRST);
  #size = 0;
  #sorted = true;

  get size(): number {
    return this.#size;
  }

  add(id: number, lat: number, lon: number): void {
    if (this.#size === this.#ids.length) {
      this.#ids = grown(this.#ids);
      this.#lons = grown(this.#lons);
      this.#lats = grown(this.#lats);
    }
    if (this.#size > 0 && id < this.#ids[this.#size - 1]!) this.#sorted = false;
    this.#ids[this.#size] = id;
    this.#lons[this.#size] = lon;
    this.#lats[this.#size] = lat;
    this.#size += 1;
  }

  get(id: number): Point | undefined {
    if (!this.#sorted) this.#sort();
    let [low, high] = [0, this.#size - 1];
    while (low <= high) {
      const at = (low + high) >> 1;
      const found = this.#ids[at]!;
      if (found === id) return [this.#lons[at]!, this.#lats[at]!];
      if (found < id) low = at + 1;
      else high = at - 1;
    }
    return undefined;
  }

  get bounds(): Bounds | undefined {
    if (this.#size === 0) return undefined;
    let [south, west, north, east] = [90, 180, -90, -180];
    for (let i = 0; i < this.#size; i++) {
      south = Math.min(south, this.#lats[i]!);
      north = Math.max(north, this.#lats[i]!);
      west = Math.min(west, this.#lons[i]!);
      east = Math.max(east, this.#lons[i]!);
    }
    return [south, west, north, east];
  }

  /** Most extracts are in order already. */
  #sort(): void {
    const order = Uint32Array.from({ length: this.#size }, (_, i) => i).sort((a, b) => this.#ids[a]! - this.#ids[b]!);
    const reordered = (values: Float64Array): Float64Array<ArrayBuffer> => Float64Array.from(order, (i) => values[i]!);
    [this.#ids, this.#lons, this.#lats] = [reordered(this.#ids), reordered(this.#lons), reordered(this.#lats)];
    this.#sorted = true;
  }
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(values.length * 2);
  more.set(values);
  return more;
}
