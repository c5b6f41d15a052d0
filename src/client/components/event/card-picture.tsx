import type { EventCard } from '#domain/event-card.ts';
import styles from './card-picture.module.css';
import { EventPattern } from './event-pattern.tsx';
import { useArriving } from '../use-arriving.ts';

/** Beside a card: the event's picture where it is at hand, else its pattern. The title says what it would: it adds nothing to hear. */
export function CardPicture({ card }: { readonly card: Pick<EventCard, 'id' | 'format' | 'picture'> }) {
  const source = card.picture === undefined ? undefined : `/pictures/${card.picture}`;
  const { shown, onError } = useArriving(source);
  if (!shown) return <EventPattern id={card.id} format={card.format} />;
  return <img className={styles.picture} src={source} alt="" loading="lazy" decoding="async" onError={onError} />;
}
