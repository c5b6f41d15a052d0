import { useState } from 'react';
import type { LocalizedText } from '#domain/text.ts';
import { languages } from '#domain/text.ts';
import { CheckField, Field, TextAreaField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { DraftStop } from './draft.ts';
import styles from './tour-editor.module.css';

interface StopFormProps {
  readonly stop: DraftStop;
  readonly number: number;
  readonly onChange: (change: Partial<DraftStop>) => void;
}

/** Everything that is said of one stop: in both languages, where it is, how long. */
export function StopForm({ stop, number, onChange }: StopFormProps) {
  const t = useT();
  const put = (text: LocalizedText, language: string, words: string): LocalizedText => ({ ...text, [language]: words });
  return (
    <fieldset className={styles.stopForm}>
      <legend className={styles.unseen}>{t('tour-edit.stop', { n: number })}</legend>
      {languages.map((language) => (
        <div key={language} className={styles.language}>
          <Field
            label={t(`tour-edit.title.${language}`)}
            lang={language}
            maxLength={300}
            value={stop.title[language] ?? ''}
            onChange={(event) => onChange({ title: put(stop.title, language, event.target.value) })}
          />
          <TextAreaField
            label={t(`tour-edit.text.${language}`)}
            lang={language}
            rows={4}
            maxLength={5000}
            value={stop.text[language] ?? ''}
            onChange={(event) => onChange({ text: put(stop.text, language, event.target.value) })}
          />
        </div>
      ))}
      <Field
        label={t('tour-edit.address')}
        maxLength={300}
        value={stop.address}
        onChange={(event) => onChange({ address: event.target.value })}
      />
      <div className={styles.pair}>
        <Degrees label={t('tour-edit.lat')} value={stop.lat} onChange={(lat) => onChange({ lat })} />
        <Degrees label={t('tour-edit.lon')} value={stop.lon} onChange={(lon) => onChange({ lon })} />
      </div>
      <div className={styles.pair}>
        <Minutes
          label={t('tour-edit.dwell')}
          hint={t('tour-edit.dwell.hint')}
          value={stop.dwell}
          onChange={(dwell) => onChange(dwell === undefined ? without(stop, 'dwell') : { dwell })}
        />
        <Minutes
          label={t('tour-edit.after')}
          hint={t('tour-edit.after.hint')}
          value={stop.after}
          onChange={(after) => onChange(after === undefined ? without(stop, 'after') : { after })}
        />
      </div>
      <CheckField
        label={t('tour-edit.approximate.stop')}
        checked={stop.approximate}
        onChange={(event) => onChange({ approximate: event.target.checked })}
      />
    </fieldset>
  );
}

/** A change that takes a number away is the whole stop without it. */
function without(stop: DraftStop, key: 'dwell' | 'after'): Partial<DraftStop> {
  return { ...stop, [key]: undefined };
}

interface DegreesProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** What is typed stays as it is typed until it is a number. */
function Degrees({ label, value, onChange }: DegreesProps) {
  const [typed, setTyped] = useState<{ text: string; value: number }>();
  const shown = typed && Object.is(typed.value, value) ? typed.text : Number.isNaN(value) ? '' : String(value);
  return (
    <Field
      label={label}
      inputMode="decimal"
      value={shown}
      maxLength={24}
      onChange={(event) => {
        const text = event.target.value;
        const next = /^\s*-?\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
        setTyped({ text, value: next });
        onChange(next);
      }}
    />
  );
}

interface MinutesProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

function Minutes({ label, hint, value, onChange }: MinutesProps) {
  return (
    <Field
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      min={0}
      max={1440}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
    />
  );
}
