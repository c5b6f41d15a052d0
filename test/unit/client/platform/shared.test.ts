import { expect, test } from 'vitest';
import { sharedTo } from '#client/platform/shared.ts';

const ORIGIN = 'https://escale.example';
const to = (params: Record<string, string>): string => sharedTo(new URLSearchParams(params), ORIGIN);

test.each([
  [{ url: `${ORIGIN}/evenements/atelier` }, '/evenements/atelier'],
  [{ text: `Viens : ${ORIGIN}/evenements/angers?edition=2016 demain` }, '/evenements/angers?edition=2016'],
  [{ title: 'Balade', url: `${ORIGIN}/balades/montpellier` }, '/balades/montpellier'],
  [{ url: `${ORIGIN}/?q=budget&region=52` }, '/?q=budget&region=52'],
])('a link to a page of ours opens it: %o', (params, address) => {
  expect(to(params as Record<string, string>)).toBe(address);
});

test.each([
  [{ title: 'Budget participatif', url: 'https://openagenda.com/x/events/budget' }, '/?q=Budget+participatif'],
  [{ text: 'Budget participatif https://ailleurs.example/b' }, '/?q=Budget+participatif'],
  [
    { url: 'https://ailleurs.example/agenda/atelier-budget-participatif_123456.html' },
    '/?q=atelier+budget+participatif',
  ],
  [{ url: 'https://ailleurs.example/' }, '/'],
  [{}, '/'],
])('anything else is searched for: %o', (params, address) => {
  expect(to(params as Record<string, string>)).toBe(address);
});

test.each([
  [{ url: `${ORIGIN}/espace/evenements/1` }],
  [{ url: `${ORIGIN}/emargement#enrolement=AAAA` }],
  [{ url: `${ORIGIN}.evil.example/evenements/x` }],
  [{ url: 'javascript:alert(1)' }],
  [{ url: `${ORIGIN}//evil.example` }],
  [{ text: `https://user@escale.example:8443/evenements/x` }],
])('no link leads where nobody would be sent: %o', (params) => {
  expect(to(params)).toMatch(/^\/(\?q=[^&]*)?$/);
});

test('a long text is no longer than a search may be', () => {
  const address = new URL(to({ text: 'mot '.repeat(200) }), ORIGIN);
  expect(address.searchParams.get('q')!.length).toBeLessThanOrEqual(200);
});
