import { expect, test } from 'vitest';
import { byWorth, isFixed, sideOf, zoomSteps } from '#client/platform/camera-lens.ts';

const lenses = (...labels: string[]) => labels.map((label, i) => ({ id: String(i), label }));
const order = (...labels: string[]) => byWorth(lenses(...labels)).map(({ label }) => label);

test('of an Android phone the main camera at the back, not the ultra-wide one that some browsers open', () => {
  expect(
    order('camera2 3, facing front', 'camera2 2, facing back', 'camera2 1, facing front', 'camera2 0, facing back'),
  ).toEqual(['camera2 0, facing back', 'camera2 2, facing back', 'camera2 1, facing front', 'camera2 3, facing front']);
  expect(order('Facing front:1', 'Facing back:0')[0]).toBe('Facing back:0');
});

test('of an iPhone the lens that focuses close by itself, then the ordinary one, in English and French', () => {
  expect(
    order('Front Camera', 'Back Ultra Wide Camera', 'Back Telephoto Camera', 'Back Camera', 'Back Triple Camera').slice(
      0,
      2,
    ),
  ).toEqual(['Back Triple Camera', 'Back Camera']);
  expect(
    order('Caméra avant', 'Caméra ultra grand angle arrière', 'Caméra arrière', 'Caméra téléobjectif arrière')[0],
  ).toBe('Caméra arrière');
  expect(order('Back Ultra Wide Camera', 'Front Camera')[0]).toBe('Back Ultra Wide Camera');
});

test('of a computer the camera that was plugged in before its own, and none of the special ones', () => {
  expect(order('FaceTime HD Camera', 'Logitech C920', 'Desk View Camera')[0]).toBe('Logitech C920');
  expect(order('Integrated IR Camera', 'Integrated Camera')[0]).toBe('Integrated Camera');
});

test('cameras without a name keep their order', () => {
  expect(byWorth(lenses('', '')).map(({ id }) => id)).toEqual(['0', '1']);
  expect(sideOf({ id: 'x', label: '' })).toBe('unknown');
});

test('a lens that cannot focus is told from one that does not say', () => {
  expect(isFixed({ focusMode: ['manual'] })).toBe(true);
  expect(isFixed({ focusMode: ['manual', 'continuous'] })).toBe(false);
  expect(isFixed({ focusMode: [] })).toBe(false);
  expect(isFixed({})).toBe(false);
});

test('zoom is offered in steps that the camera has, from where it starts', () => {
  expect(zoomSteps({ zoom: { min: 1, max: 8 } })).toEqual([1, 2, 3, 5]);
  expect(zoomSteps({ zoom: { min: 0.5, max: 3 } })).toEqual([1, 2, 3]);
  expect(zoomSteps({ zoom: { min: 100, max: 400 } })).toEqual([100, 200, 300]);
  expect(zoomSteps({ zoom: { min: 1, max: 1 } })).toEqual([]);
  expect(zoomSteps({})).toEqual([]);
});
