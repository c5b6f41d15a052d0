import { expect, test } from 'vitest';
import { AWAY, ScannerGate } from '#client/platform/scanner-gate.ts';

const at = (text: string, distance = 0) => ({ text, distance });

test('a code is read once for as long as it stays in view', () => {
  const gate = new ScannerGate();
  expect(gate.pick([at('A')], 0)).toBe('A');
  for (let now = 100; now < 20_000; now += 100) expect(gate.pick([at('A')], now)).toBeUndefined();
});

test('a code is read again once it has been away, and not after a blurred picture or two', () => {
  const gate = new ScannerGate();
  gate.pick([at('A')], 0);
  expect(gate.pick([], 500)).toBeUndefined();
  expect(gate.pick([at('A')], AWAY - 1)).toBeUndefined();
  expect(gate.pick([at('A')], 2 * AWAY - 1)).toBe('A');
});

test('of several codes the nearest to the centre is read, its neighbour when it gets there', () => {
  const gate = new ScannerGate();
  expect(gate.pick([at('B', 0.6), at('A', 0.1)], 0)).toBe('A');
  expect(gate.pick([at('B', 0.6), at('A', 0.1)], 100)).toBeUndefined();
  expect(gate.pick([at('B', 0.1), at('A', 0.6)], 200)).toBe('B');
  expect(gate.pick([at('A', 0.1)], 300)).toBeUndefined();
});

test('asking for the next one lets the same code be read at once', () => {
  const gate = new ScannerGate();
  gate.pick([at('A')], 0);
  gate.clear();
  expect(gate.pick([at('A')], 100)).toBe('A');
});
