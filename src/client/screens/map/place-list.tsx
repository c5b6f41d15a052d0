import { MapPin } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Place } from '#client/map/places.ts';
import styles from './map-screen.module.css';
import { PlaceEvents } from './place-events.tsx';

/** Places that are in the page at first, and that each press adds. */
const STEP = 30;

interface PlaceListProps {
  readonly places: readonly Place[];
  readonly onShow: (place: Place) => void;
}

/** The same places as on the map, by town. */
export function PlaceList({ places, onShow }: PlaceListProps) {
  const t = useT();
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  const sorted = useMemo(
    () =>
      places.toSorted((a, b) => format.compare(a.city ?? a.name, b.city ?? b.name) || format.compare(a.name, b.name)),
    [places, format],
  );
  const rest = sorted.length - shown;
  return (
    <>
      <ul className={styles.places}>
        {sorted.slice(0, shown).map((place) => (
          <li key={place.id} className={styles.place}>
            <div className={styles.placeHead}>
              <h3>{place.city ?? place.name}</h3>
              <Button variant="quiet" icon={MapPin} iconOnly onClick={() => onShow(place)}>
                {t('map.show.of', { place: [place.name, place.city].filter(Boolean).join(', ') })}
              </Button>
            </div>
            <p className={styles.muted}>
              {[place.city ? place.name : '', place.position.approximate ? t('map.approximate') : '']
                .filter(Boolean)
                .join(' · ')}
            </p>
            <PlaceEvents cards={place.cards} />
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Button onClick={() => setShown(shown + STEP)}>{t('map.more', { n: Math.min(STEP, rest) })}</Button>
      ) : null}
    </>
  );
}
