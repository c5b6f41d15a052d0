import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import type { PackItem } from '#client/store/packs.ts';
import { readChanges, readPage } from '#client/store/packs.ts';
import { ProgrammeIndex } from '#client/store/programme-view.ts';
import { itemsOfRoster } from '#client/store/roster-packs.ts';
import { applyDeltas, beginLoad, fold, isOvergrown, land, readRosterPages, voidBase } from '#client/store/scopes.ts';
import { eventWith } from '../../../support/databases.ts';

const scope = 'programme/2026/53';
const roster = 'roster/0190a5a0-0000-7000-8000-000000000001';
let db: EscaleDatabase;
let count = 0;
beforeEach(() => {
  db = new EscaleDatabase(`escale-scopes-${++count}`);
});

const item = (event: ProgrammeEvent): PackItem => ({ kind: 'event', id: event.id, value: event });

function pageOf(items: readonly PackItem[], of = scope) {
  const text = JSON.stringify(items);
  return { scope: of, name: createHash('sha256').update(text).digest('hex'), text, items: items.length };
}

async function load(pages: ReturnType<typeof pageOf>[], cursor: number, epoch = 'a', of = scope) {
  const named = pages.map(({ name, text, items }) => ({ hash: name, items, bytes: text.length }));
  await beginLoad(db, [{ scope: of, epoch, cursor, pages: named }]);
}

async function titles(): Promise<string[]> {
  const rows = await db.scopes.where('scope').startsWith('programme/').toArray();
  return (await new ProgrammeIndex().refresh(db, rows)).map((card) => card.title['fr']!).sort();
}

const titled = (fr: string, more: Partial<ProgrammeEvent> = {}) =>
  eventWith({ mode: 'none' }, { title: { fr }, ...more });

describe('first load', () => {
  test('L2 is visible only when every page is there, and then at once', async () => {
    const pages = [pageOf([item(titled('A'))]), pageOf([item(titled('B'))])];
    await load(pages, 7);
    await land(db, [pages[0]!], [], 1);
    expect(await titles()).toEqual([]);
    await land(db, [pages[1]!], [], 1);
    expect(await titles()).toEqual(['A', 'B']);
    expect(await db.scopes.get(scope)).toMatchObject({ epoch: 'a', cursor: 7 });
    expect(await db.loads.count()).toBe(0);
  });

  test('L1 a new life of the log takes the place of the old one whole, and what it left out is gone', async () => {
    const [a, b] = [titled('A'), titled('B')];
    await load([pageOf([item(a), item(b)])], 9);
    await land(db, [pageOf([item(a), item(b)])], [], 1);
    await voidBase(db, scope);
    expect(await titles()).toEqual(['A', 'B']);
    await load([pageOf([item(a)])], 2, 'b');
    await land(db, [pageOf([item(a)])], [], 2);
    expect(await titles()).toEqual(['A']);
    expect(await db.scopes.get(scope)).toMatchObject({ epoch: 'b', cursor: 2 });
    expect(await db.pages.count()).toBe(1);
    expect(await db.cards.count()).toBe(1);
  });

  test('L1 cursors only grow: a snapshot that is older than what is here goes below the deltas', async () => {
    const [a, b, c] = [titled('A'), titled('B'), titled('C')];
    await load([pageOf([item(a)])], 1);
    await land(db, [pageOf([item(a)])], [], 1);
    const from = { epoch: 'a', cursor: 1 };
    await applyDeltas(db, [{ scope, from, cursor: 5, items: [item(b)] }], 2);
    await applyDeltas(db, [{ scope, from: { epoch: 'a', cursor: 5 }, cursor: 8, items: [item(c)] }], 3);
    await load([pageOf([item(a), item(b)])], 6);
    await land(db, [pageOf([item(a), item(b)])], [], 4);
    const row = await db.scopes.get(scope);
    expect(row).toMatchObject({ cursor: 8, base: 6 });
    expect(row?.pages).toHaveLength(2);
    expect(await titles()).toEqual(['A', 'B', 'C']);
  });

  test('a text that is no page is refused, an item that is none is left out', async () => {
    const page = pageOf([item(titled('A')), { kind: 'event', id: 'x', value: { title: {} } }]);
    expect(readPage(page.text)).toHaveLength(1);
    expect(readPage('<html>')).toBeUndefined();
    await load([{ ...page, text: '{}' }], 1);
    await expect(land(db, [{ ...page, text: '{}' }], [], 1)).rejects.toThrow(RangeError);
    expect(await db.scopes.count()).toBe(0);
  });
});

describe('deltas', () => {
  test('L1 a delta is laid over the base that it was asked for and over no other', async () => {
    const a = titled('A');
    await load([pageOf([item(a)])], 4);
    await land(db, [pageOf([item(a)])], [], 1);
    const changed = { ...a, title: { fr: 'A2' } };
    await applyDeltas(db, [{ scope, from: { epoch: 'a', cursor: 3 }, cursor: 6, items: [item(changed)] }], 2);
    await applyDeltas(db, [{ scope, from: { epoch: 'z', cursor: 4 }, cursor: 6, items: [item(changed)] }], 2);
    expect(await titles()).toEqual(['A']);
    await applyDeltas(db, [{ scope, from: { epoch: 'a', cursor: 4 }, cursor: 6, items: [item(changed)] }], 2);
    expect(await titles()).toEqual(['A2']);
    await applyDeltas(
      db,
      [{ scope, from: { epoch: 'a', cursor: 6 }, cursor: 7, items: [{ kind: 'event', id: a.id }] }],
      3,
    );
    expect(await titles()).toEqual([]);
  });

  test('C2 many small deltas are folded into one that says the same', async () => {
    const page = pageOf([item(titled('A'))]);
    await load([page], 0);
    await land(db, [page], [], 1);
    const gone = titled('gone');
    for (let i = 0; i < 20; i++) {
      const items: PackItem[] =
        i === 3 ? [item(gone)] : i === 9 ? [{ kind: 'event', id: gone.id }] : [item(titled(`B${i}`))];
      await applyDeltas(db, [{ scope, from: { epoch: 'a', cursor: i }, cursor: i + 1, items }], 2);
    }
    const before = await titles();
    await fold(db, scope);
    const row = await db.scopes.get(scope);
    expect(row?.pages).toHaveLength(2);
    expect(row?.pages[1]).toMatchObject({ upTo: 20 });
    expect(await titles()).toEqual(before);
    expect(before).not.toContain('gone');
    expect(await db.cards.count()).toBe(2);
    expect(isOvergrown(row!)).toBe(false);
  });

  test('one bad item of a pull spoils nothing else, and the latest of an item counts', () => {
    const event = titled('A');
    const items = readChanges([
      { cursor: 1, kind: 'event', id: event.id, value: event },
      { cursor: 2, kind: 'event', id: 'bad', value: { id: 'bad' } },
      { cursor: 3, kind: 'of another version', id: 'x', value: {} },
      { cursor: 4, kind: 'event', id: event.id },
    ]);
    expect(items).toEqual([{ kind: 'event', id: event.id }]);
  });
});

describe('a roster at rest', () => {
  test('L3 is sealed with a key that the device cannot export', async () => {
    const entry = {
      registrationId: '0190a5a0-0000-7000-8000-0000000000aa',
      subjectId: '0190a5a0-0000-7000-8000-0000000000ab',
      firstName: 'Zoé',
      lastName: 'Kervella',
      party: 1,
      state: 'confirmed',
    };
    const page = pageOf([{ kind: 'entry', id: entry.registrationId, value: entry }], roster);
    await load([page], 3, 'a', roster);
    await land(db, [page], [], 1);
    const delta = { kind: 'entry' as const, id: 'b', value: { ...entry, firstName: 'Maëlle' } };
    await applyDeltas(db, [{ scope: roster, from: { epoch: 'a', cursor: 3 }, cursor: 4, items: [delta] }], 2);
    for (const row of await db.pages.toArray()) {
      const { text } = row;
      if (typeof text === 'string') throw new Error('not sealed');
      expect(new TextDecoder('latin1').decode(text.data)).not.toMatch(/Kervella|firstName/);
    }
    const key = (await db.keys.get(roster))!.key;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    const row = await db.scopes.get(roster);
    const stored = async (name: string): Promise<PackItem[]> =>
      (await readRosterPages(db, roster, [name])).flatMap(({ page: stored }) => itemsOfRoster(stored));
    expect((await stored(row!.pages[0]!.name))[0]?.value).toEqual(entry);
    expect((await stored(row!.pages[1]!.name))[0]).toEqual(delta);
  });
});
