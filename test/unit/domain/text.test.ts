import { expect, test } from 'vitest';
import { fold, slugOf, textIn } from '#domain/text.ts';

test('a text is given in the wanted language, else French, else English, else what there is, and says which', () => {
  expect(textIn({ fr: 'un', en: 'one' }, 'en')).toEqual({ text: 'one', lang: 'en' });
  expect(textIn({ fr: 'un', en: 'one' }, 'de')).toEqual({ text: 'un', lang: 'fr' });
  expect(textIn({ en: 'one', de: 'eins' }, 'fr')).toEqual({ text: 'one', lang: 'en' });
  expect(textIn({ de: 'eins' }, 'fr')).toEqual({ text: 'eins', lang: 'de' });
  expect(textIn({ fr: '', de: 'eins' }, 'fr')).toEqual({ text: 'eins', lang: 'de' });
  expect(textIn(undefined, 'fr')).toEqual({ text: '', lang: 'fr' });
});

test.each([
  ['Œuvre d’Hélène', 'oeuvre d helene'],
  ["L'Hôpital", 'l hopital'],
  ['Kœnig-Sørensen', 'koenig sorensen'],
  ['Łukasz', 'lukasz'],
  ['Straße', 'strasse'],
  ['Yıldız', 'yildiz'],
  ['Đặng Þór', 'dang thor'],
  ['İstanbul', 'istanbul'],
  ['NGUYỄN  thị', 'nguyen thi'],
  ['  a — b  ', 'a b'],
  ['Ελλάδα', 'ελλαδα'],
  ['№ 5', 'no 5'],
  ['!!!', ''],
])('%s is found as %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(fold(text))).toBe(folded);
});

test.each([
  ["Journée de l'innovation publique à Montpellier", 'journee-de-l-innovation-publique-a-montpellier'],
  ['', 'evenement'],
  ['日本', 'evenement'],
  ['--a--', 'a'],
])('%s becomes the address %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test('an address has at most 80 characters and no dash at its ends', () => {
  const slug = slugOf(`${'a'.repeat(79)} ${'b'.repeat(40)}`);
  expect(slug).toBe('a'.repeat(79));
});
