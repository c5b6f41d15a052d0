import { MapPin, Route } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import type { Format } from '#client/i18n/format.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Place } from '#client/map/places.ts';
import { directionsTo } from '#client/platform/directions.ts';
import { distanceBetween } from '#domain/bearing.ts';
import styles from './map-screen.module.css';
import { PlaceEvents } from './place-events.tsx';

/** Places that are in the page at first, and that each press adds. */
const STEP = 30;

interface PlaceListProps {
  readonly places: readonly Place[];
  /** Where the person is: the nearest first. */
  readonly from?: { readonly lat: number; readonly lon: number } | undefined;
  readonly chosen?: string | undefined;
  readonly onShow: (place: Place) => void;
}

/** The same places as on the map, by town or by distance; the one that is chosen there is marked here. */
export const PlaceList = memo(function PlaceList({ places, from, chosen, onShow }: PlaceListProps) {
  const t = useT();
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  const marked = useRef<HTMLLIElement>(null);
  const inOrder = useMemo(() => (from ? byDistance(places, from) : byTown(places, format)), [places, format, from]);
  const sorted = inOrder(shown);
  const found = chosen === undefined ? undefined : places.find((place) => place.id === chosen);
  // One that stands thousands of places down comes to the top: all before it need not be drawn for it.
  const down = found && !sorted.some(({ place }) => place === found);
  const listed = down ? [{ place: found, distance: from && distanceBetween(from, found.position) }, ...sorted] : sorted;
  useEffect(() => {
    const item = marked.current;
    const list = item?.closest('[data-scrolls]');
    // Beside the map it is brought into sight; under it, the page stays where the person looks.
    if (item && list && getComputedStyle(list).overflowY === 'auto') {
      list.scrollTop += item.getBoundingClientRect().top - list.getBoundingClientRect().top;
    }
  }, [found]);
  const rest = places.length - shown;
  return (
    <>
      <ul className={styles.places}>
        {listed.map(({ place, distance }) => {
          const full = [place.name, place.city].filter(Boolean).join(', ');
          const current = place.id === chosen;
          return (
            <li
              key={place.id}
              {...(current ? { ref: marked, 'aria-current': 'true' as const } : {})}
              className={classNames(styles.place, current && styles.placeChosen)}
            >
              <div className={styles.placeHead}>
                <h3>{place.city ?? place.name}</h3>
                <span className={styles.placeActions}>
                  <LinkButton
                    variant="quiet"
                    icon={Route}
                    iconOnly
                    href={directionsTo(place.position.lat, place.position.lon, full)}
                  >
                    {t('map.directions.to', { place: full })}
                  </LinkButton>
                  <Button variant="quiet" icon={MapPin} iconOnly onClick={() => onShow(place)}>
                    {t('map.show.of', { place: full })}
                  </Button>
                </span>
              </div>
              <p className={styles.muted}>
                {[
                  distance === undefined ? '' : t('map.distance', { distance: format.distance(distance) }),
                  place.city ? place.name : '',
                  place.position.approximate ? t('map.approximate') : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <PlaceEvents cards={place.cards} />
            </li>
          );
        })}
      </ul>
      {rest > 0 ? (
        <Button onClick={() => setShown(shown + STEP)}>{t('map.more', { n: Math.min(STEP, rest) })}</Button>
      ) : null}
    </>
  );
});

interface Listed {
  readonly place: Place;
  /** Metres. */
  readonly distance: number | undefined;
}

/** The first so many places in their order; asked for more, it goes on where it was. */
type InOrder = (count: number) => readonly Listed[];

function byDistance(places: readonly Place[], from: { readonly lat: number; readonly lon: number }): InOrder {
  const sorted = places
    .map((place) => ({ place, distance: distanceBetween(from, place.position) }))
    .toSorted((a, b) => a.distance - b.distance);
  return (count) => sorted.slice(0, count);
}

/** Comparing names the way of a language is dear: ten thousand places are put in order only as far as they are listed. */
function byTown(places: readonly Place[], format: Format): InOrder {
  const towns = Map.groupBy(places, (place) => place.city ?? place.name);
  const left = [...towns].toSorted(([a], [b]) => format.compare(a, b)).map(([, list]) => list);
  const sorted: Listed[] = [];
  let next = 0;
  return (count) => {
    while (sorted.length < count && next < left.length) {
      const town = left[next++]!.toSorted((a, b) => format.compare(a.name, b.name));
      sorted.push(...town.map((place) => ({ place, distance: undefined })));
    }
    return sorted.slice(0, count);
  };
}
