import { useMemo, useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { roomsOf } from '#client/map/places.ts';
import type { EventCard } from '#domain/event-card.ts';
import styles from './map-screen.module.css';
import { PlaceEvents } from './place-events.tsx';

const STEP = 12;
/** Of a room, before the others are only counted. */
const EVENTS = 5;

interface UnplacedProps {
  readonly cards: readonly EventCard[];
  /** The programme with the same filters. */
  readonly listAddress: string;
}

/** What is on no map, by room or town where the programme names one. */
export function Unplaced({ cards, listAddress }: UnplacedProps) {
  const t = useT();
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  const rooms = useMemo(
    () =>
      roomsOf(cards).toSorted((a, b) => format.compare(a.city ?? '', b.city ?? '') || format.compare(a.name, b.name)),
    [cards, format],
  );
  const rest = rooms.length - shown;
  return (
    <>
      <p className={styles.muted}>
        {t('map.unplaced', { n: cards.length })}{' '}
        <LinkButton variant="quiet" to={listAddress}>
          {t('map.unplaced.link')}
        </LinkButton>
      </p>
      {rooms.length > 0 ? (
        <>
          <h3>{t('map.rooms')}</h3>
          <ul className={styles.places}>
            {rooms.slice(0, shown).map((room) => (
              <li key={`${room.city ?? ''} ${room.name}`} className={styles.place}>
                <h4>{room.name}</h4>
                {room.city ? <p className={styles.muted}>{room.city}</p> : null}
                <PlaceEvents cards={room.cards.slice(0, EVENTS)} />
                {room.cards.length > EVENTS ? (
                  <p className={styles.muted}>{t('map.rooms.more', { n: room.cards.length - EVENTS })}</p>
                ) : null}
              </li>
            ))}
          </ul>
          {rest > 0 ? (
            <Button onClick={() => setShown(shown + STEP)}>{t('map.rooms.next', { n: Math.min(STEP, rest) })}</Button>
          ) : null}
        </>
      ) : null}
    </>
  );
}
