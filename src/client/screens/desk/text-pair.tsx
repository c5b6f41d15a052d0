import type { LocalizedText } from '#domain/text.ts';
import { languages } from '#domain/text.ts';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './rules.module.css';

interface TextPairProps {
  readonly label: string;
  readonly value: LocalizedText;
  readonly onChange: (value: LocalizedText) => void;
}

/** A short text in both languages; the other one stands in where one is empty. */
export function TextPair({ label, value, onChange }: TextPairProps) {
  const t = useT();
  return (
    <div className={styles.pair}>
      {languages.map((language) => (
        <Field
          key={language}
          label={t(`desk.rules.in.${language}`, { label })}
          lang={language}
          value={value[language] ?? ''}
          maxLength={200}
          onChange={(event) => {
            const { [language]: _, ...rest } = value;
            const text = event.target.value;
            const next = text === '' ? rest : { ...rest, [language]: text };
            // French stays, empty, so that there is something to fill in.
            onChange(Object.keys(next).length === 0 ? { fr: '' } : next);
          }}
        />
      ))}
    </div>
  );
}
