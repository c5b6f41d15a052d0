import { expect, test } from 'vitest';
import { frenchSpaces, proseApostrophes } from '#client/i18n/typesetting.ts';

test('no line of French begins with a sign', () => {
  expect(frenchSpaces('Qui vient ? Tous : « oui » !')).toBe('Qui vient\u00a0? Tous\u00a0: «\u00a0oui\u00a0»\u00a0!');
});

test('what is no French punctuation stays as it is', () => {
  const text = 'à 10:00, https://example.org/?a=1; fin';
  expect(frenchSpaces(text)).toBe(text);
});

test('the apostrophes of prose are set, and what only looks like one is not', () => {
  expect(proseApostrophes("L'été d'Hélène : aujourd'hui")).toBe('L’été d’Hélène : aujourd’hui');
  expect(proseApostrophes("'quoted' and 5' long")).toBe("'quoted' and 5' long");
});
