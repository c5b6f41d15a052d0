import type { LocalDate } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { Edition } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import type { FrontPage } from '#client/hooks/front-page.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { Day } from './entries.ts';
import { daysOf, entriesOf, foldPast } from './entries.ts';

/** More than a phone shows at once. */
const LINES = 8;
/** The app is opened again within so many days of the programme, or waits for its store once. */
const DAYS = 7;

/** The beginning of a programme on each of its next days, to be shown at once at the next launch. */
export function frontOf(
  edition: Edition,
  beside: { readonly others: boolean; readonly featured: boolean },
  cards: readonly EventCard[],
  days: readonly Day[],
  today: LocalDate,
  say: { readonly t: Translate; readonly language: Language },
): FrontPage {
  const { past, rest } = foldPast(days, today);
  const next = rest.slice(0, DAYS);
  const first = new Map(next.flatMap((day) => day.entries.slice(0, LINES).map(({ card }) => [card.id, card] as const)));
  const over = new Set(past.flatMap((day) => day.entries.map(({ card }) => card.id)));
  const dated = next.flatMap((day) => day.date ?? []);
  // What is wholly over, or has no dates, begins the same on every day to come.
  const until = dated.findLast((date) => date >= today);
  return {
    edition,
    cards: [...first.values()],
    total: cards.length,
    past: over.size,
    ...beside,
    said: {
      language: say.language,
      total: say.t('programme.count', { count: cards.length }),
      past: say.t('programme.past.show', { count: over.size }),
    },
    ...(until === undefined ? {} : { until }),
  };
}

/** The lines that stand at the top on a day; undefined when what was kept is too old to know them. */
export function frontDays(front: FrontPage, today: LocalDate): readonly Day[] | undefined {
  if (front.cards.length === 0 || (front.until !== undefined && today > front.until)) return undefined;
  const { rest } = foldPast(daysOf(entriesOf(front.cards, today)), today);
  let left = LINES;
  return rest.flatMap((day) => {
    const entries = day.entries.slice(0, left);
    left -= entries.length;
    return entries.length > 0 ? [{ ...day, entries }] : [];
  });
}
