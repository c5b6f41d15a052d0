import { expect, test } from 'vitest';
import { proposalFields } from '#domain/proposal.ts';
import { sectionOf } from '#client/screens/propose/fields.ts';
import { keywordsIn, withKeywords } from '#client/screens/propose/keywords.ts';

test('keywords stand between commas, each once, none of them empty or without an end', () => {
  expect(keywordsIn(' design , données  ouvertes;design,, ')).toEqual(['design', 'données ouvertes']);
  expect(keywordsIn('')).toEqual([]);
  expect(keywordsIn('x'.repeat(200))[0]).toHaveLength(100);
  expect(keywordsIn(Array.from({ length: 80 }, (_, i) => `mot ${i}`).join(','))).toHaveLength(50);
});

test('one language is written without the others, and nothing is left of what was emptied', () => {
  expect(withKeywords({ fr: ['a'], de: ['b'] }, 'fr', ['c'])).toEqual({ de: ['b'], fr: ['c'] });
  expect(withKeywords({ fr: ['a'], de: ['b'] }, 'fr', [])).toEqual({ de: ['b'] });
  expect(withKeywords({ fr: ['a'] }, 'fr', [])).toBeUndefined();
  expect(withKeywords(undefined, 'en', ['a'])).toEqual({ en: ['a'] });
});

test('every field that moderators may ask to be another stands in a part of the form', () => {
  const about = ['title', 'summary', 'description', 'format', 'themes', 'audiences', 'keywords'];
  expect(proposalFields.filter((field) => sectionOf(field) === 'about')).toEqual(about);
});
