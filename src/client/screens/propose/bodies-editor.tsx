import { Plus, Trash2 } from 'lucide-react';
import type { Body } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId, focusOn } from './fields.ts';
import styles from './propose.module.css';

/** What the protocol takes. */
const MOST = 100;

interface BodiesEditorProps {
  readonly field: 'organisers' | 'bodies';
  readonly bodies: readonly Body[];
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (bodies: readonly Body[]) => void;
}

/** Names and addresses of bodies; who organises is the first of them, who takes part may be nobody. */
export function BodiesEditor({ field, bodies, errorOf, onChange }: BodiesEditorProps) {
  const t = useT();
  const needed = field === 'organisers';
  const put = (at: number, part: { name?: string; url?: string }): void => {
    const next = { name: '', ...bodies[at], ...part };
    onChange(bodies.with(at, { name: next.name, ...(next.url ? { url: next.url } : {}) }));
  };
  const words = needed ? 'organiser' : 'body';
  return (
    <>
      {bodies.map((body, at) => (
        // A body has no identity but its place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.row}>
          <Field
            id={fieldId(at === 0 ? field : `${field}.${at}`)}
            label={needed && at === 0 ? t('propose.organiser') : t(`propose.${words}.other`, { n: at + 1 })}
            value={body.name}
            maxLength={300}
            autoComplete={needed ? 'organization' : 'off'}
            error={at === 0 ? (errorOf(field) ?? errorOf(`${field}.0.name`)) : errorOf(`${field}.${at}.name`)}
            onChange={(event) => put(at, { name: event.target.value })}
          />
          <Field
            id={fieldId(`${field}.${at}.url`)}
            label={needed && at === 0 ? t(`propose.${words}.url`) : t(`propose.${words}.url.other`, { n: at + 1 })}
            mark={t('form.optional')}
            type="url"
            inputMode="url"
            placeholder="https://"
            maxLength={2000}
            value={body.url ?? ''}
            error={errorOf(`${field}.${at}.url`)}
            onChange={(event) => put(at, { url: event.target.value.trim() })}
          />
        </div>
      ))}
      <div className={styles.tools}>
        {bodies.length < MOST ? (
          <Button
            {...(bodies.length === 0 ? { id: fieldId(field) } : {})}
            icon={Plus}
            onClick={() => {
              onChange([...bodies, { name: '' }]);
              focusOn(fieldId(bodies.length === 0 ? field : `${field}.${bodies.length}`));
            }}
          >
            {t(`propose.${words}.add`)}
          </Button>
        ) : null}
        {bodies.length > (needed ? 1 : 0) ? (
          <Button variant="quiet" icon={Trash2} onClick={() => onChange(bodies.slice(0, -1))}>
            {t(`propose.${words}.remove`)}
          </Button>
        ) : null}
      </div>
    </>
  );
}
