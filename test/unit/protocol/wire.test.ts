import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { OLDEST_PROTOCOL, PROTOCOL } from '#protocol/version.ts';
import { sources } from '../../support/sources.ts';

/**
 * What travels cannot change unnoticed: everything that the protocol's files export (schemas as JSON Schemas, lists, limits)
 * is hashed, and the newest line of the history in `src/protocol/version.ts` carries the hash. To change the protocol on
 * purpose, add a line there, or, when the newest one is not released yet, put its hash right; the failing test prints it.
 */
const VERSION = 'src/protocol/version.ts';
const LINE = /^ \* (\d+) \((\d{4}-\d{2})\): (.+) \[([0-9a-f]{12})\]$/gm;

const names = sources('src/protocol/*.ts')
  .filter(({ path }) => path !== VERSION)
  .map(({ path }) => basename(path, '.ts'));
const history = [...sources(VERSION)[0]!.text.matchAll(LINE)].map(([, version, , , hash]) => ({
  version: Number(version),
  hash: hash!,
}));

/** An export without what is code alone, its keys in order, so that only a change of meaning changes the text. */
function shape(value: unknown): unknown {
  if (typeof value === 'function') return undefined;
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value;
  if ('~standard' in value) {
    const schema = value as unknown as v.GenericSchema;
    return sorted(toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' }));
  }
  return sorted(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)])));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => order(a, b));
  return Object.fromEntries(
    entries.map(([key, one]) => {
      if (key === 'required' && Array.isArray(one)) return [key, (one as string[]).toSorted(order)];
      return [key, sorted(one)];
    }),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}

async function wire(): Promise<string> {
  const all: Record<string, unknown> = {};
  for (const name of names) {
    const exported = (await import(`../../../src/protocol/${name}.ts`)) as Record<string, unknown>;
    for (const [key, value] of Object.entries(exported)) all[`${name} ${key}`] = shape(value);
  }
  return JSON.stringify(sorted(all));
}

test('O2 what travels changes only with a line in the history of the protocol', async () => {
  const text = await wire();
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const newest = history.at(-1);
  const month = new Date().toISOString().slice(0, 7);
  const advice = `What travels between device and server has changed. In ${VERSION}, add at the end of the history, or put
right if the newest line is not released yet:

 * ${PROTOCOL} (${month}): what is new, in a few words. [${hash}]

The number stays when an older device or server does not need to know: a field that is optional, a new mutation, a new
route. Anything else raises PROTOCOL; OLDEST_PROTOCOL follows only when the server can no longer answer the older ones.`;
  expect(newest?.hash, advice).toBe(hash);
});

test('the history ends with the version that is spoken and knows the oldest that is answered', () => {
  const versions = history.map(({ version }) => version);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(versions.at(-1)).toBe(PROTOCOL);
  expect(versions).toContain(OLDEST_PROTOCOL);
});

test('the hash sees a field, a limit, a reason and an order that matters', async () => {
  const schema = v.object({ a: v.string(), b: v.exactOptional(v.number()) });
  const text = (value: unknown) => JSON.stringify(shape(value));
  expect(text(v.object({ b: v.exactOptional(v.number()), a: v.string() }))).toBe(text(schema));
  expect(text(v.object({ b: v.string(), a: v.string() }))).toBe(text(v.object({ a: v.string(), b: v.string() })));
  expect(text(v.object({ a: v.string(), b: v.number() }))).not.toBe(text(schema));
  expect(text(v.object({ a: v.string(), b: v.exactOptional(v.number()), c: v.string() }))).not.toBe(text(schema));
  expect(text(v.picklist(['a', 'b']))).not.toBe(text(v.picklist(['a', 'b', 'c'])));
  expect(text(v.pipe(v.string(), v.maxLength(3)))).not.toBe(text(v.pipe(v.string(), v.maxLength(4))));
  expect(text({ register: { version: 1, args: schema } })).not.toBe(text({ register: { version: 2, args: schema } }));
  const travels = await wire();
  for (const word of ['check-in', 'replica_gap', 'access_withdrawn', 'firstName', 'ticket-key']) {
    expect(travels).toContain(`"${word}"`);
  }
});
