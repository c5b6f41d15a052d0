import { expect, test } from 'vitest';
import type { EventCard } from '#domain/event-card.ts';
import { relatedTo } from '#domain/related.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const card = (id: string, more: Partial<EventCard> = {}): EventCard => ({
  id,
  slug: id,
  editionId: 'e',
  region: '52',
  title: { fr: id },
  format: 'workshop',
  themes: ['design'],
  audiences: [],
  accessibility: [],
  attendanceMode: 'on_site',
  status: 'scheduled',
  slots: [{ date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' }],
  venues: [],
  tour: false,
  ...more,
});
const over = [{ date: '2026-11-18', zone: 'Europe/Paris' }];
const ids = (event: EventCard, cards: EventCard[], most = 9): string[] =>
  relatedTo(event, cards, NOW, most).map((one) => one.id);

test('the most alike come first, and what has nothing in common does not come at all', () => {
  const event = card('this', { city: 'Nantes', organiser: 'Ville de Nantes' });
  const cards = [
    card('theme'),
    card('other', { themes: ['ia'], format: 'talk' }),
    card('town', { city: 'Nantes' }),
    event,
    card('all', { city: 'Nantes', organiser: 'Ville de Nantes' }),
  ];
  expect(ids(event, cards)).toEqual(['all', 'town', 'theme']);
  expect(ids(event, cards, 1)).toEqual(['all']);
});

test('what is cancelled is not proposed, and what is over only beside what is over', () => {
  const cards = [card('gone', { status: 'cancelled' }), card('past', { slots: over }), card('next')];
  expect(ids(card('this'), cards)).toEqual(['next']);
  expect(ids(card('this', { slots: over }), cards)).toEqual(['past', 'next']);
});
