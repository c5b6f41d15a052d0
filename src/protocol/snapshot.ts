import * as v from 'valibot';
import { cursor, instantText } from './primitives.ts';
import { scopeName } from './scope.ts';

/**
 * First load (L2). `GET /api/v1/snapshots?scope=…&scope=…` (`scopeInAddress`) answers with a manifest a scope;
 * `GET /api/v1/snapshots/pages/{hash}?scope=…` with one page, immutable, named by the SHA-256 (hexadecimal) of its text:
 * a JSON array of `{kind, id, value}` in order of kind and id.
 */
export const manifest = v.object({
  scope: scopeName,
  epoch: v.string(),
  /** The head at which the pages were made; a pull goes on from here. */
  cursor,
  pages: v.array(
    v.object({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), items: v.number(), bytes: v.number() }),
  ),
});
export type Manifest = v.InferOutput<typeof manifest>;

export const snapshotResponse = v.object({
  protocol: v.number(),
  serverTime: instantText,
  /** A scope that the bearer may not read is absent. */
  manifests: v.array(manifest),
});

export const item = v.object({ kind: v.string(), id: v.string(), value: v.unknown() });
export type Item = v.InferOutput<typeof item>;

/** Uncompressed characters of a page, about. */
export const PAGE_SIZE = 256 * 1024;
