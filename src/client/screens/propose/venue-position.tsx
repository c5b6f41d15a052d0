import { CircleAlert, Crosshair, LocateFixed, MapPin, MapPinOff, Search } from 'lucide-react';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Venue } from '#domain/programme.ts';
import { boundsOfRegion, METROPOLITAN } from '#domain/region-bounds.ts';
import type { LatLon } from '#domain/tour-route.ts';
import type { FoundAddress } from '#protocol/geocode.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useGround } from '#client/hooks/use-ground.ts';
import { useLive } from '#client/hooks/use-live.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { useMapTexts } from '#client/map/map-texts.ts';
import type { TourEditHandle } from '#client/map/tour-edit-map.tsx';
import { findAddress } from '#client/platform/geocode.ts';
import { locateOnce } from '#client/platform/locate.ts';
import { setting } from '#client/store/settings.ts';
import styles from './propose.module.css';

const TourEditMap = lazy(async () => ({ default: (await import('#client/map/tour-edit-map.tsx')).TourEditMap }));

interface VenuePositionProps {
  readonly id: string;
  readonly venue: Venue;
  readonly region: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<Venue>) => void;
}

const offer = setting('mapOffer');
const nowhere = (): void => undefined;
/** About a metre: nobody places a door more exactly by hand. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** Puts a venue on the map: by a touch, by keyboard, by where the person stands, or by its address where addresses can be searched. */
export function VenuePosition({ id, venue, region, error, onChange }: VenuePositionProps) {
  const t = useT();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<readonly FoundAddress[]>();
  const map = useRef<TourEditHandle>(null);
  const ground = useGround();
  const searchable = useLive(offer)?.geocoder === true;
  const labels = useMapTexts(t('propose.position.map'));
  const texts = useMemo(() => ({ ...labels, pointName: () => '' }), [labels]);
  const { position } = venue;
  const name = venue.name || t('propose.venue.only');
  const stops = useMemo(() => (position ? [{ id: 'venue', ...position, name }] : []), [position, name]);

  const place = (at: LatLon): void => {
    onChange({ position: { lat: round(at.lat), lon: round(at.lon) } });
    setSaid(t('propose.position.placed'));
  };
  const here = async (): Promise<void> => {
    setBusy(true);
    const located = await locateOnce();
    setBusy(false);
    if (located.kind !== 'found') return setSaid(t('propose.position.notLocated'));
    place(located);
    setOpen(true);
    map.current?.lookAt(located);
  };
  const search = async (): Promise<void> => {
    const words = [venue.address ?? venue.name, venue.postalCode, venue.city].filter(Boolean).join(' ').trim();
    if (words.length < 3) return setSaid(t('propose.position.noAddress'));
    setBusy(true);
    const called = await findAddress(words);
    setBusy(false);
    if (called.kind === 'failed')
      return setSaid(t(called.reason === 'offline' ? 'propose.position.offline' : 'propose.position.failed'));
    setFound(called.value.addresses);
    setSaid(t('propose.position.found', { n: called.value.addresses.length }));
  };
  const take = (one: FoundAddress): void => {
    onChange({
      position: { lat: round(one.lat), lon: round(one.lon) },
      ...(one.address ? { address: one.address } : {}),
      ...(one.postalCode ? { postalCode: one.postalCode } : {}),
      ...(one.city ? { city: one.city } : {}),
    });
    setFound(undefined);
    setSaid(t('propose.position.placed'));
    setOpen(true);
    map.current?.lookAt(one);
  };

  return (
    <div className={styles.position} id={id} tabIndex={-1}>
      <p className={position ? undefined : styles.quiet}>
        {position
          ? t('propose.position.is', { lat: position.lat.toFixed(5), lon: position.lon.toFixed(5) })
          : t('propose.position.none')}
      </p>
      {error ? (
        <p className={styles.error} role="alert">
          <Icon of={CircleAlert} /> <span>{error}</span>
        </p>
      ) : null}
      <div className={styles.tools}>
        {searchable ? (
          <Button icon={Search} busy={busy} onClick={() => void search()}>
            {t('propose.position.search')}
          </Button>
        ) : null}
        <Button icon={MapPin} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'propose.position.close' : 'propose.position.open')}
        </Button>
        <Button icon={LocateFixed} busy={busy} onClick={() => void here()}>
          {t('propose.position.here')}
        </Button>
        {position ? (
          <Button
            variant="quiet"
            icon={MapPinOff}
            onClick={() => {
              onChange({ position: undefined } as unknown as Partial<Venue>);
              setSaid(t('propose.position.removed'));
            }}
          >
            {t('propose.position.remove')}
          </Button>
        ) : null}
      </div>
      <p className={styles.quiet} role="status">
        {said}
      </p>
      {found && found.length > 0 ? (
        <ul className={styles.found} aria-label={t('propose.position.addresses')}>
          {found.map((one) => (
            <li key={`${one.label} ${one.lat} ${one.lon}`}>
              <Button wide onClick={() => take(one)}>
                {one.label}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {open ? (
        <>
          <div className={styles.map}>
            <Suspense fallback={<p>{t('map.loading')}</p>}>
              <TourEditMap
                key={language}
                ref={map}
                stops={stops}
                route={[]}
                chosen={undefined}
                start={undefined}
                area={(region ? boundsOfRegion(region) : undefined) ?? METROPOLITAN}
                texts={texts}
                ground={ground}
                adds
                onTap={place}
                onStop={nowhere}
                onStopMoved={(_, to) => place(to)}
                onPointMoved={nowhere}
                onPointRemoved={nowhere}
              />
            </Suspense>
          </div>
          <p className={styles.quiet}>{t('propose.position.how')}</p>
          <div className={styles.tools}>
            <Button
              icon={Crosshair}
              onClick={() => {
                const at = map.current?.centre();
                if (at) place(at);
              }}
            >
              {t('propose.position.cross')}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}
