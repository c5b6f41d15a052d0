import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff, wordDiff } from '#domain/text-diff.ts';

test('says which words went and which came', () => {
  expect(wordDiff('Salle B, à 9:30', 'Salle C, à 10:00')).toEqual([
    { kind: 'same', text: 'Salle ' },
    { kind: 'removed', text: 'B' },
    { kind: 'added', text: 'C' },
    { kind: 'same', text: ', à ' },
    { kind: 'removed', text: '9:30' },
    { kind: 'added', text: '10:00' },
  ]);
});

test('shows lines that share little one after the other', () => {
  const kinds = lineDiff(['Un texte sur les chats', 'Fin'], ['Toute autre chose', 'Fin']).map((line) => line.kind);
  expect(kinds).toEqual(['removed', 'added', 'same']);
  expect(lineDiff(['Salle B de la mairie'], ['Salle C de la mairie'])[0]).toMatchObject({ kind: 'changed' });
});

test('holds both texts, whatever they are', () => {
  const words = fc.array(fc.constantFrom('un', 'deux', ' ', '\n', 'trois', '.', '12:30', 'été'), { maxLength: 60 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      const [before, after] = [a.join(''), b.join('')];
      const parts = wordDiff(before, after);
      const side = (gone: string) =>
        parts
          .filter((part) => part.kind !== gone)
          .map((part) => part.text)
          .join('');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
    }),
  );
});

test('does not compare without end', () => {
  const long = (word: string): string => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`).join(' ');
  expect(wordDiff(long('a'), long('b')).map((part) => part.kind)).toEqual(['removed', 'added']);
});
