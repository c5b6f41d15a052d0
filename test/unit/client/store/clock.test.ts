import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const HOUR = 3_600_000;

describe("P4 the corrected clock, while the device's is set", () => {
  let signals: string[] = [];
  let correctedNow = (): number => 0;
  /** Writes what an exchange with the server has measured; resolves with the corrected moment once it is known. */
  let measured = (_offset: number): Promise<number> => Promise.resolve(0);
  beforeEach(async () => {
    // A tab that has seen nothing of the clock yet.
    vi.resetModules();
    const { database } = await import('#client/store/database.ts');
    const { writeSetting } = await import('#client/store/settings.ts');
    const { onSignal } = await import('#client/store/signals.ts');
    ({ correctedNow } = await import('#client/store/clock.ts'));
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    measured = async (offset) => {
      await writeSetting(database(), 'clockOffset', offset);
      await vi.waitUntil(() => Math.abs(correctedNow() - (Date.now() + offset)) < 1);
      return correctedNow();
    };
    signals = [];
    onSignal((what) => signals.push(what));
  });
  afterEach(() => vi.useRealTimers());
  const pass = (milliseconds: number): unknown => vi.advanceTimersByTime(milliseconds);
  const set = (by: number): unknown => vi.setSystemTime(Date.now() + by);

  test('goes with it by the offset that was measured', async () => {
    const at = await measured(-2 * HOUR);
    pass(10_000);
    expect(correctedNow()).toBe(at + 10_000);
    expect(correctedNow()).toBe(Date.now() - 2 * HOUR);
    expect(signals).toEqual([]);
  });

  test('is not moved when it is set back, and the server is asked once', async () => {
    const at = await measured(500);
    pass(5000);
    set(-10 * HOUR);
    expect(correctedNow()).toBe(at + 5000);
    pass(1000);
    expect(correctedNow()).toBe(at + 6000);
    expect(signals).toEqual(['clock']);
    const then = await measured(10 * HOUR + 700);
    pass(1000);
    expect(correctedNow()).toBe(then + 1000);
    expect(correctedNow()).toBeLessThan(at + 9000);
    expect(signals).toEqual(['clock']);
    set(-HOUR);
    expect(correctedNow()).toBe(then + 1000);
    expect(signals).toEqual(['clock', 'clock']);
  });

  test('goes on with it when it goes forward, for the device may have slept, and asks the server', async () => {
    const at = await measured(100);
    set(3 * HOUR);
    expect(correctedNow()).toBe(at + 3 * HOUR);
    pass(1000);
    expect(correctedNow()).toBe(at + 3 * HOUR + 1000);
    expect(signals).toEqual(['clock']);
  });

  test('takes no notice of a clock that is put right little by little', async () => {
    await measured(100);
    for (let second = 0; second < 60; second++) {
      pass(1000);
      set(-40);
      correctedNow();
    }
    expect(signals).toEqual([]);
    expect(correctedNow()).toBe(Date.now() + 100);
  });
});
