import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EscaleDatabase } from '#client/store/database.ts';
import { giveUpEventPictures } from '#client/store/event-picture-room.ts';
import { countPictures, keepEventPicture, pictureToShow, rankEventPictures } from '#client/store/event-pictures.ts';

const DAY = 86_400_000;
const blob = (size: number): Blob => new Blob([new Uint8Array(size)], { type: 'image/png' });

describe('pictures of events on this device', () => {
  let db: EscaleDatabase;
  beforeEach(() => {
    db = new EscaleDatabase(`pictures-${Math.random()}`);
  });
  afterEach(() => db.delete());
  const keep = (sha256: string, rank: 'followed' | 'kept' | 'seen', now = 0, size = 40) =>
    keepEventPicture(db, { sha256, blob: blob(size), rank }, now, 100);
  const here = async (): Promise<string[]> => (await db.eventPictures.toCollection().primaryKeys()).toSorted();

  test('never take more than their limit: what was seen longest ago gives way to what is seen, and both to what is followed', async () => {
    expect(await keep('a', 'seen', 1)).toBe(true);
    expect(await keep('b', 'seen', 2)).toBe(true);
    expect(await keep('c', 'seen', 3)).toBe(true);
    expect(await here()).toEqual(['b', 'c']);
    expect(await keep('d', 'kept', 4)).toBe(true);
    expect(await here()).toEqual(['c', 'd']);
    expect(await keep('e', 'followed', 5, 90)).toBe(true);
    expect(await here()).toEqual(['e']);
    expect(await countPictures(db)).toEqual({ count: 1, bytes: 90, followed: 1 });
  });

  test('what does not fit leaves everything as it was', async () => {
    await keep('a', 'kept');
    await keep('b', 'followed');
    expect(await keep('c', 'seen')).toBe(false);
    expect(await keep('c', 'kept')).toBe(false);
    expect(await keep('c', 'followed', 0, 61)).toBe(false);
    expect(await here()).toEqual(['a', 'b']);
    expect(await keep('a', 'kept', 0, 50)).toBe(true);
  });

  test('what belongs to nothing any more stays as seen, and goes a month after it was looked at', async () => {
    await keep('a', 'followed', 0);
    await keep('b', 'kept', 0);
    await rankEventPictures(db, new Map([['b', 'followed']]), DAY);
    expect((await db.eventPictures.get('a'))?.rank).toBe('seen');
    expect((await db.eventPictures.get('b'))?.rank).toBe('followed');
    expect((await pictureToShow(db, 'a', 20 * DAY))?.size).toBe(40);
    await rankEventPictures(db, new Map(), 40 * DAY);
    expect(await here()).toEqual(['a']);
    await rankEventPictures(db, new Map(), 51 * DAY);
    expect(await here()).toEqual([]);
  });

  test('when the disk is full all go but those of the agenda', async () => {
    await keep('a', 'followed', 0, 20);
    await keep('b', 'kept', 0, 20);
    await keep('c', 'seen', 0, 20);
    expect(await giveUpEventPictures(db)).toBe(true);
    expect(await giveUpEventPictures(db)).toBe(false);
    expect(await here()).toEqual(['a']);
  });

  test('one that was chosen for a proposal is shown before it was sent', async () => {
    await db.pictures.put({ sha256: 'a', blob: blob(5), state: 'waiting', keptAt: 0 });
    expect((await pictureToShow(db, 'a', 0))?.size).toBe(5);
    expect(await pictureToShow(db, 'b', 0)).toBeUndefined();
  });
});
