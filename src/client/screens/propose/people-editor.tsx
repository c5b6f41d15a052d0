import { Plus, Trash2 } from 'lucide-react';
import type { Person } from '#domain/programme.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId, focusOn } from './fields.ts';
import styles from './propose.module.css';

/** What the protocol takes. */
const MOST = 100;

interface PeopleEditorProps {
  /** Of the session: `sessions.0`. */
  readonly path: string;
  readonly people: readonly Person[];
  readonly english: boolean;
  /** Undefined when nobody is left. */
  readonly onChange: (people: readonly Person[] | undefined) => void;
}

/** Who speaks or leads, in the order in which they are to be named. */
export function PeopleEditor({ path, people, english, onChange }: PeopleEditorProps) {
  const t = useT();
  const idOf = (at: number): string => fieldId(`${path}.people.${at}.name`);
  const put = (next: readonly Person[]): void => onChange(next.length > 0 ? next : undefined);
  return (
    <fieldset className={styles.group}>
      <legend>{t('propose.people')}</legend>
      <p className={styles.quiet}>{t('propose.people.hint')}</p>
      {people.map((person, at) => (
        // A name that is being typed is no identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.list}>
          <Field
            id={idOf(at)}
            label={t('propose.person.name', { n: at + 1 })}
            autoComplete="off"
            maxLength={200}
            value={person.name}
            onChange={(event) => put(people.with(at, { ...person, name: event.target.value }))}
          />
          <BilingualField
            id={fieldId(`${path}.people.${at}.role`)}
            label={t('propose.person.role', { n: at + 1 })}
            value={person.role}
            english={english}
            max={300}
            optional
            onChange={(role) => put(people.with(at, { name: person.name, ...(role ? { role } : {}) }))}
          />
          <div className={styles.tools}>
            <Button
              variant="quiet"
              icon={Trash2}
              onClick={() => {
                put(people.filter((one) => one !== person));
                focusOn(people.length > 1 ? idOf(Math.max(0, at - 1)) : fieldId(`${path}.people`));
              }}
            >
              {t('propose.person.remove', { n: at + 1 })}
            </Button>
          </div>
        </div>
      ))}
      {people.length < MOST ? (
        <div>
          <Button
            id={fieldId(`${path}.people`)}
            icon={Plus}
            onClick={() => {
              put([...people, { name: '' }]);
              focusOn(idOf(people.length));
            }}
          >
            {t('propose.person.add')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
