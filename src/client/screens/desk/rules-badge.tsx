import { ArrowDown, ArrowUp } from 'lucide-react';
import type { BadgeField, BadgeLayout } from '#domain/door-rules.ts';
import { badgeFields } from '#domain/door-rules.ts';
import type { LocalizedText } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { BadgeFace } from '#client/components/paper/badge-face.tsx';
import { Button } from '#client/components/button.tsx';
import { CheckField, Field } from '#client/components/forms/field.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';

interface BadgeEditorProps {
  readonly layout: BadgeLayout | undefined;
  readonly title: LocalizedText;
  readonly onChange: (layout: BadgeLayout | undefined) => void;
}

const FIRST: BadgeLayout = { width: 86, height: 54, fields: ['name', 'session', 'event'] };

/** What a badge holds and how large it is, seen as it will be printed. */
export function BadgeEditor({ layout, title, onChange }: BadgeEditorProps) {
  const t = useT();
  const language = useLanguage();
  return (
    <fieldset className={rulesStyles.rulesGroup}>
      <legend>{t('desk.rules.badge')}</legend>
      <CheckField
        label={t('desk.rules.badge.print')}
        hint={t('desk.rules.badge.hint')}
        checked={layout !== undefined}
        onChange={(event) => onChange(event.target.checked ? FIRST : undefined)}
      />
      {layout ? (
        <div className={rulesStyles.badge}>
          <div className={rulesStyles.badgeForm}>
            <div className={rulesStyles.pair}>
              {(['width', 'height'] as const).map((side) => (
                <Field
                  key={side}
                  label={t(`desk.rules.badge.${side}`)}
                  type="number"
                  min={20}
                  max={300}
                  value={Number.isNaN(layout[side]) ? '' : layout[side]}
                  onChange={(event) => onChange({ ...layout, [side]: event.target.valueAsNumber })}
                />
              ))}
            </div>
            <Fields layout={layout} onChange={onChange} />
          </div>
          <figure className={rulesStyles.badgeSeen} style={{ zoom: Math.min(1, 86 / (layout.width || 86)) }}>
            <BadgeFace
              layout={layout}
              texts={{
                name: 'Camille Martin',
                first_name: 'Camille',
                session: t('desk.rules.badge.sample'),
                event: shownIn(title, language).text,
                code: 'K7PM-3QXD',
                qr: 'K7PM3QXD',
              }}
            />
            <figcaption className={styles.count}>{t('desk.rules.badge.preview')}</figcaption>
          </figure>
        </div>
      ) : null}
    </fieldset>
  );
}

interface FieldsProps {
  readonly layout: BadgeLayout;
  readonly onChange: (layout: BadgeLayout) => void;
}

/** The lines of the badge, chosen and put in order. */
function Fields({ layout, onChange }: FieldsProps) {
  const t = useT();
  const { fields } = layout;
  const rest = badgeFields.filter((field) => !fields.includes(field));
  const move = (at: number, by: number): void => {
    const [field] = fields.slice(at, at + 1);
    if (field) onChange({ ...layout, fields: fields.toSpliced(at, 1).toSpliced(at + by, 0, field) });
  };
  const toggle = (field: BadgeField, on: boolean): void => {
    const next = on ? [...fields, field] : fields.filter((one) => one !== field);
    // A badge holds something.
    if (next.length > 0) onChange({ ...layout, fields: next });
  };
  return (
    <ul className={rulesStyles.badgeFields}>
      {[...fields, ...rest].map((field, at) => {
        const name = t(`desk.rules.badge.${field}`);
        const on = at < fields.length;
        return (
          <li key={field}>
            <CheckField label={name} checked={on} onChange={(event) => toggle(field, event.target.checked)} />
            {on ? (
              <span className={styles.actions}>
                <Button variant="quiet" icon={ArrowUp} iconOnly disabled={at === 0} onClick={() => move(at, -1)}>
                  {t('desk.rules.up', { what: name })}
                </Button>
                <Button
                  variant="quiet"
                  icon={ArrowDown}
                  iconOnly
                  disabled={at === fields.length - 1}
                  onClick={() => move(at, 1)}
                >
                  {t('desk.rules.down', { what: name })}
                </Button>
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
