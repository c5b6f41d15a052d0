import { LocateFixed } from 'lucide-react';
import type { EventCard } from '#domain/event-card.ts';
import { Chip } from '#client/components/chip.tsx';
import type { AroundView } from '#client/hooks/use-around.ts';
import { toggleNearMe } from '#client/hooks/use-around.ts';
import { useT } from '#client/i18n/i18n.ts';

/** Asks for the position when it is tapped, and at no other time. */
export function NearChip({ cards, kind }: { readonly cards: readonly EventCard[]; readonly kind: AroundView['kind'] }) {
  const t = useT();
  return (
    <Chip
      text={t(kind === 'asking' ? 'programme.near.asking' : 'programme.near')}
      icon={LocateFixed}
      pressed={kind === 'found'}
      onPress={() => void toggleNearMe(cards)}
    />
  );
}

/** Whether anything of a programme is nearer than the rest of it. */
export function isSpread(cards: readonly EventCard[]): boolean {
  let first: string | undefined;
  for (const { venues } of cards) {
    for (const { city } of venues) {
      if (city === undefined) continue;
      first ??= city;
      if (city !== first) return true;
    }
  }
  return false;
}
