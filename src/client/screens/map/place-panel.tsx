import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { Button } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { Place } from '#client/map/places.ts';
import styles from './map-screen.module.css';
import { PlaceDetails } from './place-details.tsx';
import { PlaceEvents } from './place-events.tsx';

interface PlacePanelProps {
  /** Several when they lie too near each other to be told apart on the map. */
  readonly places: readonly Place[];
  readonly onClose: () => void;
}

/** What takes place at the chosen marker, over the map and not instead of it. */
export function PlacePanel({ places, onClose }: PlacePanelProps) {
  const t = useT();
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  // Escape closes it from within it, and from the map that it lies on.
  useEffect(() => {
    const frame = panel.current?.parentElement;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    frame?.addEventListener('keydown', onKey);
    return () => frame?.removeEventListener('keydown', onKey);
  }, [onClose]);
  const [first] = places;
  return (
    <section ref={panel} className={styles.panel} aria-labelledby={id}>
      <div className={styles.panelHead}>
        <h2 ref={head} id={id} tabIndex={-1}>
          {places.length === 1 && first ? first.name : t('map.here')}
        </h2>
        <Button variant="quiet" icon={X} iconOnly onClick={onClose}>
          {t('shell.close')}
        </Button>
      </div>
      {places.map((place) => (
        <div key={place.id} className={styles.panelPlace}>
          {places.length > 1 ? <h3>{place.name}</h3> : null}
          <PlaceDetails place={place} />
          <PlaceEvents cards={place.cards} />
        </div>
      ))}
    </section>
  );
}
