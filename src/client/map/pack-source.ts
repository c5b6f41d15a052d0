import Point from '@mapbox/point-geometry';
import type { RangeResponse, Source } from 'pmtiles';
import { Compression, PMTiles } from 'pmtiles';
import type { Feature, TileSource, Zxy } from 'protomaps-leaflet';
import { readVectorTile } from '#interop/vector-tile.ts';
import type { GroundPack } from './ground.ts';
import { unzip } from './unzip.ts';

/** What the largest tiles of a dense city come to is a tenth of it. */
const LARGEST_TILE = 8 * 1024 * 1024;
const LARGEST_DIRECTORY = 16 * 1024 * 1024;

/** Reads a kept archive part by part: it is never in memory as a whole. */
class BlobSource implements Source {
  readonly #pack: GroundPack;

  constructor(pack: GroundPack) {
    this.#pack = pack;
  }

  getKey(): string {
    return this.#pack.sha256;
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: await this.#pack.blob.slice(offset, offset + length).arrayBuffer() };
  }
}

/** By the blob that they read: what was read of one before the map stood is not read again. */
const archives = new WeakMap<Blob, PMTiles>();

function archiveOf(pack: GroundPack): PMTiles {
  let archive = archives.get(pack.blob);
  if (!archive) archives.set(pack.blob, (archive = new PMTiles(new BlobSource(pack), undefined, decompress)));
  return archive;
}

/** Reads where the tiles of a pack are, before they are asked for. What cannot be read is told when they are. */
export async function readAhead(pack: GroundPack): Promise<void> {
  await archiveOf(pack)
    .getHeader()
    .catch(() => undefined);
}

/** The tiles of a pack, ready to be drawn. One that cannot be read is empty, and is told of once. */
export class PackSource implements TileSource {
  readonly #archive: PMTiles;
  readonly #onFault: () => void;
  readonly #decoder = new TextDecoder();
  #faulty = false;

  constructor(pack: GroundPack, onFault: () => void) {
    this.#archive = archiveOf(pack);
    this.#onFault = onFault;
  }

  async get({ z, x, y }: Zxy, tileSize: number): Promise<Map<string, Feature[]>> {
    try {
      const tile = await this.#archive.getZxy(z, x, y);
      if (!tile) return new Map();
      return readVectorTile(
        new Uint8Array(tile.data),
        tileSize,
        (px, py) => new Point(px, py),
        (bytes) => this.#decoder.decode(bytes),
      );
    } catch {
      if (!this.#faulty) this.#onFault();
      this.#faulty = true;
      return new Map();
    }
  }
}

async function decompress(packed: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None) return packed;
  if (compression !== Compression.Gzip) throw new Error('compressed in a way that is not known');
  // Directories and tiles come the same way; the header said how long each may be packed, not unpacked.
  return (await unzip(new Uint8Array(packed), Math.max(LARGEST_TILE, LARGEST_DIRECTORY))).buffer;
}
