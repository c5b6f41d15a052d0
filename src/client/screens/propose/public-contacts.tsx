import { Plus, Trash2 } from 'lucide-react';
import type { PublicContact } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId, focusOn } from './fields.ts';
import styles from './propose.module.css';

type Kind = PublicContact['kind'];

/** What the protocol takes of both together. */
const MOST = 20;

const KINDS = [
  { kind: 'email', type: 'email', most: 254 },
  { kind: 'phone', type: 'tel', most: 40 },
] as const;

interface PublicContactsProps {
  readonly contacts: readonly PublicContact[];
  readonly errorOf: (field: string) => string | undefined;
  /** Undefined when none is left. */
  readonly onChange: (contacts: readonly PublicContact[] | undefined) => void;
}

/** Addresses and numbers for the public; a field of each kind is always there. */
export function PublicContacts({ contacts, errorOf, onChange }: PublicContactsProps) {
  const t = useT();
  const put = (kind: Kind, values: readonly string[]): void => {
    const others = contacts.filter((one) => one.kind !== kind);
    const own = values.map((value) => ({ kind, value }));
    const next = kind === 'email' ? [...own, ...others] : [...others, ...own];
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <>
      {KINDS.map(({ kind, type, most }) => {
        const values = contacts.filter((one) => one.kind === kind).map((one) => one.value);
        const shown = values.length > 0 ? values : [''];
        const idOf = (at: number): string => fieldId(at === 0 ? `contacts.${kind}` : `contacts.${kind}.${at}`);
        return (
          <div key={kind} className={styles.list}>
            <div className={styles.row}>
              {shown.map((value, at) => (
                // What is being typed is no identity.
                // oxlint-disable-next-line react/no-array-index-key
                <Field
                  key={at}
                  id={idOf(at)}
                  label={
                    at === 0
                      ? t(`propose.contact.public.${kind}`)
                      : t(`propose.contact.public.${kind}.other`, { n: at + 1 })
                  }
                  mark={t('form.optional')}
                  type={type}
                  inputMode={type}
                  maxLength={most}
                  value={value}
                  error={errorOf(at === 0 ? `contacts.${kind}` : `contacts.${kind}.${at}`)}
                  onChange={(event) => {
                    const next = kind === 'email' ? event.target.value.trim() : event.target.value;
                    // The only one, emptied, is none; of several an empty one keeps its place until it is taken away.
                    put(kind, next === '' && shown.length === 1 ? [] : shown.with(at, next));
                  }}
                />
              ))}
            </div>
            <div className={styles.tools}>
              {values.at(-1) && contacts.length < MOST ? (
                <Button
                  icon={Plus}
                  onClick={() => {
                    put(kind, [...values, '']);
                    focusOn(idOf(values.length));
                  }}
                >
                  {t(`propose.contact.public.${kind}.add`)}
                </Button>
              ) : null}
              {values.length > 1 ? (
                <Button variant="quiet" icon={Trash2} onClick={() => put(kind, values.slice(0, -1))}>
                  {t(`propose.contact.public.${kind}.remove`)}
                </Button>
              ) : null}
            </div>
          </div>
        );
      })}
    </>
  );
}
