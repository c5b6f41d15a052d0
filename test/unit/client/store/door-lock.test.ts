import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { isObviousPin, isPin, waitAfter } from '#domain/pin.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { changeLock, passWait, readLock, removeLock, setLock, tryPin } from '#client/store/door-lock.ts';

let db: EscaleDatabase;
let count = 0;
const door = randomUUID();
beforeEach(() => {
  db = new EscaleDatabase(`escale-lock-${++count}`);
});

describe("the lock of a door's phone", () => {
  test('opens by its PIN, which is not in the store, and by no other', async () => {
    await setLock(db, door, '48261', 5);
    expect(JSON.stringify(await readLock(db, door))).not.toContain('48261');
    expect(await tryPin(db, door, '48262')).toEqual({ kind: 'wrong', wait: 0 });
    expect(await tryPin(db, door, '48261')).toEqual({ kind: 'open' });
    expect(await readLock(db, door)).toMatchObject({ failures: 0, wait: 0, minutes: 5 });
    await expect(setLock(db, door, '12a4', 5)).rejects.toThrow(RangeError);
  });

  test('makes who guesses wait longer each time, also after a reload and with the right PIN', async () => {
    await setLock(db, door, '4826', 1);
    for (const wait of [0, 0, 10_000]) expect(await tryPin(db, door, '0001')).toEqual({ kind: 'wrong', wait });
    db.close();
    db = new EscaleDatabase(db.name);
    expect(await tryPin(db, door, '4826')).toEqual({ kind: 'wait', wait: 10_000 });
    expect(await passWait(db, door, 4000)).toBe(6000);
    expect(await tryPin(db, door, '4826')).toEqual({ kind: 'wait', wait: 6000 });
    expect(await passWait(db, door, 7000)).toBe(0);
    expect(await tryPin(db, door, '0002')).toEqual({ kind: 'wrong', wait: 20_000 });
    await passWait(db, door, 20_000);
    expect(await tryPin(db, door, '4826')).toEqual({ kind: 'open' });
    expect(await tryPin(db, door, '0003')).toEqual({ kind: 'wrong', wait: 0 });
  });

  test('counts an attempt before it is compared: of many at once no more are looked at than one after the other', async () => {
    await setLock(db, door, '4826', 1);
    const attempts = await Promise.all(Array.from({ length: 8 }, (_, i) => tryPin(db, door, `900${i}`)));
    expect(attempts.filter((attempt) => attempt.kind === 'wrong')).toHaveLength(3);
    expect(attempts.filter((attempt) => attempt.kind === 'wait')).toHaveLength(5);
  });

  test('belongs to one enrolment: another one is not held by it, and it can be changed and taken away', async () => {
    await setLock(db, door, '4826', 1);
    expect(await tryPin(db, randomUUID(), 'nothing')).toEqual({ kind: 'open' });
    await changeLock(db, door, { minutes: 15, passkey: { id: 'a', publicKey: 'b' } });
    expect(await readLock(db, door)).toMatchObject({ minutes: 15, passkey: { id: 'a' } });
    await changeLock(db, door, { passkey: undefined });
    expect(await readLock(db, door)).not.toHaveProperty('passkey');
    await removeLock(db, randomUUID());
    expect(await readLock(db, door)).toBeDefined();
    await removeLock(db, door);
    expect(await readLock(db, door)).toBeUndefined();
  });
});

describe('a PIN', () => {
  test('is four to eight digits, and not what everybody tries first', () => {
    expect(['4826', '48260000'].every(isPin)).toBe(true);
    expect(['482', '482600001', '48 6', '４８２６'].some(isPin)).toBe(false);
    expect(['0000', '1234', '87654321'].every(isObviousPin)).toBe(true);
    expect(['1235', '4826', '1122', '2468'].some(isObviousPin)).toBe(false);
  });

  test('that is guessed at 15 minutes an attempt holds for months', () => {
    expect([1, 2, 3, 4, 5].map(waitAfter)).toEqual([0, 0, 10_000, 20_000, 40_000]);
    expect(waitAfter(100)).toBe(15 * 60_000);
  });
});
