import { Accessibility, BusFront, Route } from 'lucide-react';
import { LinkButton } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Localized } from '#client/components/localized.tsx';
import { useEventById } from '#client/hooks/use-event.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Place } from '#client/map/places.ts';
import { directionsTo } from '#client/platform/directions.ts';
import { placeIdOf } from '#domain/place-id.ts';
import styles from './map-screen.module.css';

/** Address, the way in and the way there; read from the first event that takes place there. */
export function PlaceDetails({ place }: { readonly place: Place }) {
  const t = useT();
  const { event } = useEventById(place.cards[0]?.id);
  const venue = event?.venues.find(({ position }) => position && placeIdOf(position) === place.id);
  const town = [venue?.postalCode, venue?.city ?? place.city].filter(Boolean).join(' ');
  const address = [venue?.address, town].filter(Boolean).join(', ');
  const full = [place.name, place.city].filter(Boolean).join(', ');
  return (
    <div className={styles.details}>
      <p className={styles.muted}>
        {[address, place.position.approximate ? t('map.approximate') : ''].filter(Boolean).join(' · ')}
      </p>
      {venue?.transport ? (
        <p className={styles.access}>
          <Icon of={BusFront} label={t('event.transport')} />
          <span>
            <Localized of={venue.transport} />
          </span>
        </p>
      ) : null}
      {venue?.access ? (
        <p className={styles.access}>
          <Icon of={Accessibility} />
          <span>
            <Localized prose of={venue.access} />
          </span>
        </p>
      ) : null}
      <LinkButton icon={Route} href={directionsTo(place.position.lat, place.position.lon, full)}>
        {t('map.directions')}
      </LinkButton>
    </div>
  );
}
