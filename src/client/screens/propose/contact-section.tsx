import { Plus, Trash2 } from 'lucide-react';
import type { Body, Link } from '#domain/programme.ts';
import type { PrivateContact } from '#domain/proposal.ts';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { BodiesEditor } from './bodies-editor.tsx';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import { PublicContacts } from './public-contacts.tsx';
import type { SectionProps } from './section.tsx';

/** Who organises and who takes part, whom the public may ask, whom the moderators may ask, and where to read more. */
export function ContactSection({ content, errorOf, change }: SectionProps) {
  const t = useT();
  const organisers: readonly Body[] = content.organisers?.length ? content.organisers : [{ name: '' }];
  const links = content.links ?? [];
  const putLinks = (next: readonly Link[]): void => change({ links: next.length > 0 ? next : undefined });
  return (
    <>
      <BodiesEditor
        field="organisers"
        bodies={organisers}
        errorOf={errorOf}
        onChange={(bodies) => change({ organisers: bodies })}
      />
      <fieldset className={styles.group}>
        <legend>{t('propose.bodies')}</legend>
        <p className={styles.quiet}>{t('propose.bodies.hint')}</p>
        <BodiesEditor
          field="bodies"
          bodies={content.bodies ?? []}
          errorOf={errorOf}
          onChange={(bodies) => change({ bodies: bodies.length > 0 ? bodies : undefined })}
        />
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('propose.contact.public')}</legend>
        <p className={styles.quiet}>{t('propose.contact.public.hint')}</p>
        <PublicContacts
          contacts={content.contacts ?? []}
          errorOf={errorOf}
          onChange={(contacts) => change({ contacts })}
        />
      </fieldset>
      <PrivateFields value={content.privateContact} errorOf={errorOf} onChange={change} />
      <fieldset className={styles.group}>
        <legend>{t('propose.links')}</legend>
        {links.map((link, at) => (
          // As above.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at} className={styles.row}>
            <Field
              id={fieldId(`links.${at}.label`)}
              label={t('propose.link.label', { n: at + 1 })}
              value={link.label}
              maxLength={300}
              error={errorOf(`links.${at}.label`)}
              onChange={(event) => putLinks(links.with(at, { ...link, label: event.target.value }))}
            />
            <Field
              id={fieldId(`links.${at}.url`)}
              label={t('propose.link.url', { n: at + 1 })}
              type="url"
              inputMode="url"
              placeholder="https://"
              maxLength={2000}
              value={link.url}
              error={errorOf(`links.${at}.url`)}
              onChange={(event) => putLinks(links.with(at, { ...link, url: event.target.value.trim() }))}
            />
          </div>
        ))}
        <div className={styles.tools}>
          <Button icon={Plus} onClick={() => putLinks([...links, { label: '', url: '' }])}>
            {t('propose.link.add')}
          </Button>
          {links.length > 0 ? (
            <Button variant="quiet" icon={Trash2} onClick={() => putLinks(links.slice(0, -1))}>
              {t('propose.link.remove')}
            </Button>
          ) : null}
        </div>
      </fieldset>
    </>
  );
}

interface PrivateFieldsProps {
  readonly value: PrivateContact | undefined;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: SectionProps['change'];
}

const privateParts = [
  { part: 'name', type: 'text', most: 200, complete: 'name' },
  { part: 'email', type: 'email', most: 254, complete: 'email' },
  { part: 'phone', type: 'tel', most: 40, complete: 'tel' },
] as const;

/** For the moderators alone. */
function PrivateFields({ value, errorOf, onChange }: PrivateFieldsProps) {
  const t = useT();
  return (
    <fieldset className={styles.group}>
      <legend>{t('propose.contact.private')}</legend>
      <p className={styles.quiet}>{t('propose.contact.private.hint')}</p>
      <div className={styles.row}>
        {privateParts.map(({ part, type, most, complete }) => (
          <Field
            key={part}
            id={fieldId(`privateContact.${part}`)}
            label={t(`propose.contact.private.${part}`)}
            type={type}
            maxLength={most}
            autoComplete={complete}
            value={value?.[part] ?? ''}
            error={errorOf(`privateContact.${part}`)}
            onChange={(event) => {
              const next = { ...value, [part]: event.target.value };
              const given = Object.fromEntries(Object.entries(next).filter(([, text]) => text !== ''));
              onChange({ privateContact: Object.keys(given).length > 0 ? given : undefined });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
