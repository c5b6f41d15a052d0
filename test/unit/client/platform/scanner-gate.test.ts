import { expect, test } from 'vitest';
import type { FoundCode } from '#client/platform/scanner-messages.ts';
import { AWAY, nearestOf, ScannerGate, STEADY } from '#client/platform/scanner-gate.ts';

const at = (text: string, distance = 0): FoundCode => ({ kind: 'ours', text, distance });
const foreign = (text: string, distance = 0): FoundCode => ({ kind: 'foreign', text, distance });
const damaged = (text: string, distance = 0): FoundCode => ({ kind: 'damaged', text, distance });

/** What is read while the same picture stands before the camera. */
function held(gate: ScannerGate, codes: readonly FoundCode[], from: number, to: number): string[] {
  const read: string[] = [];
  for (let now = from; now < to; now += 100) {
    const text = gate.pick(codes, now);
    if (text !== undefined) read.push(text);
  }
  return read;
}

test('a code is read once for as long as it stays in view', () => {
  expect(held(new ScannerGate(), [at('A')], 0, 20_000)).toEqual(['A']);
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

test('a ticket goes before a code of somebody else, wherever it stands', () => {
  const gate = new ScannerGate();
  expect(held(gate, [foreign('poster', 0), at('A', 0.7)], 0, 5000)).toEqual(['A']);
  expect(nearestOf([foreign('poster', 0), at('B', 0.8), at('A', 0.7)])?.text).toBe('A');
});

test('a code of somebody else is said to be one when it stays, once', () => {
  const gate = new ScannerGate();
  expect(held(gate, [foreign('poster')], 0, STEADY)).toEqual([]);
  expect(held(gate, [foreign('poster')], STEADY, 5000)).toEqual(['poster']);
  expect(held(gate, [foreign('other')], 5000, 6000)).toEqual(['other']);
});

test('a poster beside a ticket that is unreadable for a moment is not called a bad ticket', () => {
  const gate = new ScannerGate();
  expect(held(gate, [foreign('poster'), at('A', 0.5)], 0, 1000)).toEqual(['A']);
  expect(held(gate, [foreign('poster')], 1000, 1000 + STEADY - 100)).toEqual([]);
});

test('a code that was read wrongly once is not shown to be damaged; one that is damaged is', () => {
  const gate = new ScannerGate();
  expect(gate.pick([damaged('ESCALE1!')], 0)).toBeUndefined();
  expect(gate.pick([at('ESCALE1')], 100)).toBe('ESCALE1');
  expect(held(new ScannerGate(), [damaged('ESCALE1!')], 0, 2000)).toEqual(['ESCALE1!']);
});

test('asking for the next one lets the same code be read at once', () => {
  const gate = new ScannerGate();
  gate.pick([at('A')], 0);
  gate.clear();
  expect(gate.pick([at('A')], 100)).toBe('A');
});
