import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClockOffset } from '#domain/clock.ts';
import { betterOffset, offsetBy } from '#domain/clock.ts';

const NOW = Date.UTC(2026, 10, 17, 18);
const known: ClockOffset = { offset: 5000, error: 20, at: NOW };

describe("P4 a device's clock against the server's", () => {
  test('the server spoke in the middle, give or take half of the exchange', () => {
    const exchange = { sent: NOW, received: NOW + 400, elapsed: 400, server: NOW + 60_200 };
    expect(offsetBy(exchange)).toEqual({ offset: 60_000, error: 200, at: NOW + 400 });
  });

  test('is never farther off than it says, however the way there and back shared the time, and though it was set meanwhile', () => {
    const milliseconds = fc.integer({ min: 0, max: 30_000 });
    const step = fc.oneof(fc.constant(0), fc.integer({ min: -1e10, max: 1e10 }));
    fc.assert(
      fc.property(
        milliseconds,
        milliseconds,
        fc.integer({ min: -1e11, max: 1e11 }),
        step,
        (there, back, offset, set) => {
          const sent = NOW;
          const received = NOW + there + back + set;
          const measured = offsetBy({ sent, received, elapsed: there + back, server: NOW + there + offset });
          const right = offset - set;
          expect(Math.abs(measured.offset - right)).toBeLessThanOrEqual(measured.error);
        },
      ),
    );
  });

  test('the shortest exchange wins, until it is old', () => {
    expect(betterOffset(undefined, known)).toBe(known);
    const slow = { offset: 5300, error: 400, at: NOW + 60_000 };
    expect(betterOffset(known, slow)).toBe(known);
    expect(betterOffset(slow, { ...known, at: slow.at })).toMatchObject({ offset: 5000 });
    const later = { ...slow, at: NOW + 3_600_000 * 2 };
    expect(betterOffset(known, later)).toBe(later);
  });

  test('as good a one as is known is not written down again and again', () => {
    expect(betterOffset(known, { offset: 5001, error: 19, at: NOW + 1000 })).toBe(known);
  });

  test('two that cannot both be right say that the clock was set: only the new one counts', () => {
    const fresh = { offset: 90_000, error: 3000, at: NOW + 1000 };
    expect(betterOffset(known, fresh)).toBe(fresh);
    const years = { offset: -3 * 365 * 86_400_000, error: 50, at: NOW + 3 * 365 * 86_400_000 };
    expect(betterOffset(known, years)).toBe(years);
  });
});
