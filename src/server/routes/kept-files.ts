import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A file that is made from the programme and is another one only when its version is. */
export interface MadeFile {
  /** Of the same file in other versions and for other hosts. */
  readonly name: string;
  readonly version: string;
  /** With its character set. */
  readonly type: string;
  readonly pieces: () => Promise<AsyncIterable<string>>;
}

interface Kept {
  readonly version: string;
  readonly packed: Promise<Buffer>;
  size: number;
}

/** What all files together may take of the memory, packed. */
const ROOM = 24_000_000;

/**
 * Sends files that many ask for and few changes make anew: made once a version, kept packed, and told apart by strong ETags, one
 * for the packed and one for the plain bytes (RFC 9110, section 8.8.3.3). Who has it already is told so without a look at it. Its routes
 * say `compress: false`, or others' packing would go by the plain bytes' tag.
 */
export class KeptFiles {
  private readonly kept = new Map<string, Kept>();

  async send(request: FastifyRequest, reply: FastifyReply, file: MadeFile, maxAge: number): Promise<FastifyReply> {
    const packs = /(^|[\s,])(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[\d.]+)?\s*(,|$)/i.test(
      request.headers['accept-encoding'] ?? '',
    );
    const tag = `"${file.version}${packs ? '-gz' : ''}"`;
    void reply
      .header('etag', tag)
      .header('vary', 'accept-encoding')
      .header('cache-control', `public, max-age=${maxAge}, stale-while-revalidate=86400`)
      // Anybody's page or program may read what is public anyway.
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .type(file.type);
    if (isNamed(request.headers['if-none-match'], file.version)) return reply.code(304).send();
    const packed = await this.packed(file);
    if (packs) return reply.header('content-encoding', 'gzip').header('content-length', packed.length).send(packed);
    return reply.send(Readable.from([packed]).pipe(createGunzip()));
  }

  private async packed(file: MadeFile): Promise<Buffer> {
    const known = this.kept.get(file.name);
    if (known?.version === file.version) {
      // The last one used is the last to go.
      this.kept.delete(file.name);
      this.kept.set(file.name, known);
      return known.packed;
    }
    const made: Kept = { version: file.version, packed: pack(file), size: 0 };
    this.kept.set(file.name, made);
    try {
      made.size = (await made.packed).length;
    } catch (error) {
      if (this.kept.get(file.name) === made) this.kept.delete(file.name);
      throw error;
    }
    let total = [...this.kept.values()].reduce((sum, one) => sum + one.size, 0);
    for (const [name, one] of this.kept) {
      if (total <= ROOM) break;
      this.kept.delete(name);
      total -= one.size;
    }
    return made.packed;
  }
}

async function pack(file: MadeFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const gzip = createGzip({ level: 6 });
  await pipeline(Readable.from(inParts(await file.pieces())), gzip, async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}

/** Larger pieces than a writer's, so that each is worth a turn. */
async function* inParts(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let part = '';
  for await (const piece of pieces) {
    part += piece;
    if (part.length < 60_000) continue;
    yield part;
    part = '';
  }
  if (part !== '') yield part;
}

/** Either form of the version: the bytes that somebody has are of this version all the same. */
function isNamed(header: string | undefined, version: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.some((tag) => tag === '*' || tag === `"${version}"` || tag === `"${version}-gz"`);
}
