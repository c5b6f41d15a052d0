import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Venue } from '#domain/programme.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import { VenuePosition } from './venue-position.tsx';

interface VenuesEditorProps {
  readonly venues: readonly Venue[];
  readonly region: string | undefined;
  readonly english: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (venues: readonly Venue[]) => void;
}

/** Where it takes place: name, address, position and how to get in. */
export function VenuesEditor({ venues, region, english, errorOf, onChange }: VenuesEditorProps) {
  const t = useT();
  return (
    <div className={styles.list}>
      {venues.map((venue, at) => (
        <VenueFields
          key={venue.id}
          venue={venue}
          at={at}
          alone={venues.length === 1}
          region={region}
          english={english}
          errorOf={errorOf}
          onChange={(changed) => onChange(venues.with(at, changed))}
          onRemove={() => onChange(venues.filter((one) => one.id !== venue.id))}
        />
      ))}
      <div>
        <Button id={fieldId('venues')} icon={Plus} onClick={() => onChange([...venues, { id: newId(), name: '' }])}>
          {t(venues.length === 0 ? 'propose.venue.add' : 'propose.venue.another')}
        </Button>
      </div>
    </div>
  );
}

interface VenueFieldsProps extends Pick<VenuesEditorProps, 'region' | 'english' | 'errorOf'> {
  readonly venue: Venue;
  readonly at: number;
  readonly alone: boolean;
  readonly onChange: (venue: Venue) => void;
  readonly onRemove: () => void;
}

function VenueFields({ venue, at, alone, region, english, errorOf, onChange, onRemove }: VenueFieldsProps) {
  const t = useT();
  const [detailed] = useState(() => venue.access !== undefined || venue.transport !== undefined);
  const path = (part: string): string => `venues.${at}.${part}`;
  const put = (part: Partial<Record<keyof Venue, unknown>>): void =>
    onChange(
      // The name stays, empty, so that there is something to fill in.
      Object.fromEntries(
        Object.entries({ ...venue, ...part }).filter(
          ([key, value]) => key === 'name' || (value !== undefined && value !== ''),
        ),
      ) as unknown as Venue,
    );
  return (
    <fieldset className={styles.item}>
      <legend>{alone ? t('propose.venue.only') : t('propose.venue', { n: at + 1 })}</legend>
      <Field
        id={fieldId(path('name'))}
        label={t('propose.venue.name')}
        hint={t('propose.venue.name.hint')}
        value={venue.name}
        maxLength={300}
        error={errorOf(path('name'))}
        onChange={(event) => put({ name: event.target.value })}
      />
      <Field
        id={fieldId(path('address'))}
        label={t('propose.venue.address')}
        value={venue.address ?? ''}
        maxLength={300}
        error={errorOf(path('address'))}
        onChange={(event) => put({ address: event.target.value })}
      />
      <div className={styles.row}>
        <Field
          id={fieldId(path('postalCode'))}
          className={styles.short ?? ''}
          label={t('propose.venue.postalCode')}
          value={venue.postalCode ?? ''}
          inputMode="numeric"
          maxLength={20}
          error={errorOf(path('postalCode'))}
          onChange={(event) => put({ postalCode: event.target.value.trim() })}
        />
        <Field
          id={fieldId(path('city'))}
          label={t('propose.venue.city')}
          value={venue.city ?? ''}
          maxLength={120}
          error={errorOf(path('city'))}
          onChange={(event) => put({ city: event.target.value })}
        />
      </div>
      <VenuePosition
        id={fieldId(path('position'))}
        venue={venue}
        region={region}
        error={errorOf(path('position'))}
        onChange={put}
      />
      <details className={styles.more} open={detailed}>
        <summary>{t('propose.venue.way')}</summary>
        <BilingualField
          id={fieldId(path('transport'))}
          label={t('propose.venue.transport')}
          hint={t('propose.venue.transport.hint')}
          value={venue.transport}
          english={english}
          max={2000}
          rows={3}
          optional
          error={errorOf(path('transport'))}
          onChange={(transport) => put({ transport })}
        />
        <BilingualField
          id={fieldId(path('access'))}
          label={t('propose.venue.access')}
          hint={t('propose.venue.access.hint')}
          value={venue.access}
          english={english}
          max={2000}
          rows={3}
          optional
          error={errorOf(path('access'))}
          onChange={(access) => put({ access })}
        />
      </details>
      {alone ? null : (
        <div className={styles.tools}>
          <Button variant="quiet" icon={Trash2} onClick={onRemove}>
            {t('propose.venue.remove', { n: at + 1 })}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
