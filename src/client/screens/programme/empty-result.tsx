import { SearchX } from 'lucide-react';
import type { EventCard } from '#domain/event-card.ts';
import type { FilterKey, ProgrammeFilter } from '#domain/programme-filter.ts';
import { filterKeys, matcherOf, withoutPart } from '#domain/programme-filter.ts';
import { Button } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';

export interface EmptyResultProps {
  readonly cards: readonly EventCard[];
  readonly filter: ProgrammeFilter;
  /** What the search found, whatever the filters. */
  readonly found: ReadonlySet<string> | undefined;
  readonly onChange: (filter: ProgrammeFilter) => void;
}

/** Nothing matches: says which filter to take away, and what that would show. */
export function EmptyResult({ cards, filter, found, onChange }: EmptyResultProps) {
  const t = useT();
  const format = useFormat();
  const best = bestRemoval(cards, filter, found);
  const name = best ? t(`programme.filter.${best.key}`) : '';
  return (
    <EmptyState
      icon={SearchX}
      text={
        <>
          {t('programme.empty')}{' '}
          {best
            ? t(best.key === 'q' ? 'programme.empty.search' : 'programme.empty.remove', {
                filter: name,
                count: best.count,
              })
            : t('programme.empty.all', { n: format.number(cards.length) })}
        </>
      }
      action={
        <Button variant="primary" onClick={() => onChange(best ? best.filter : {})}>
          {best?.key === 'q'
            ? t('programme.empty.search.action')
            : best
              ? t('programme.empty.remove.action', { filter: name })
              : t('programme.filters.clear')}
        </Button>
      }
    />
  );
}

/** The one part whose removal shows the most; undefined when none alone shows anything. */
function bestRemoval(
  cards: readonly EventCard[],
  filter: ProgrammeFilter,
  found: ReadonlySet<string> | undefined,
): { key: FilterKey; filter: ProgrammeFilter; count: number } | undefined {
  let best: { key: FilterKey; filter: ProgrammeFilter; count: number } | undefined;
  for (const key of filterKeys) {
    if (!filter[key] || key === 'to') continue;
    const rest = key === 'from' ? withoutPart(withoutPart(filter, 'from'), 'to') : withoutPart(filter, key);
    const ids = rest.q ? found : undefined;
    const count = cards.filter(matcherOf(rest, ids)).length;
    if (count > (best?.count ?? 0)) best = { key, filter: rest, count };
  }
  return best;
}
