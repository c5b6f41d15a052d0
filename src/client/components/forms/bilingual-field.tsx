import type { LocalizedText } from '#domain/text.ts';
import { languages } from '#domain/text.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './bilingual-field.module.css';
import { Field, TextAreaField } from './field.tsx';
import { RichText } from '../rich-text.tsx';

interface BilingualFieldProps {
  /** Of the French one; the English one's ends in `-en`. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: LocalizedText | undefined;
  /** English stands beside French; without it French stands alone. */
  readonly english: boolean;
  /** Characters that are allowed, counted beside the label. More can be typed, and is said. */
  readonly max: number;
  readonly optional?: boolean;
  /** Of a text area; a single line without it. */
  readonly rows?: number;
  /** Markdown, with what it will look like below. */
  readonly markdown?: boolean;
  /** Undefined when nothing is left in any language. */
  readonly onChange: (value: LocalizedText | undefined) => void;
}

/** One text in French and, where it is wanted, in English; other languages that are there stay. */
export function BilingualField(props: BilingualFieldProps) {
  const { id, label, hint, error, value, english, max, optional = false, rows, markdown = false, onChange } = props;
  const t = useT();
  const shown = languages.filter((language) => language === 'fr' || english);
  return (
    <div className={styles.pair}>
      {shown.map((language) => {
        const text = value?.[language] ?? '';
        const put = (next: string): void => {
          const { [language]: _, ...rest } = value ?? {};
          const all = next === '' ? rest : { ...rest, [language]: next };
          onChange(Object.keys(all).length === 0 ? undefined : all);
        };
        const over = text.length > max ? t('form.tooLong', { n: text.length - max }) : undefined;
        const first = language === 'fr';
        const common = {
          id: first ? id : `${id}-${language}`,
          label: english ? t(`form.in.${language}`, { label }) : label,
          lang: language,
          mark: t(optional || !first ? 'form.count.optional' : 'form.count', { n: text.length, max }),
          error: over ?? (first ? error : undefined),
          value: text,
          ...(hint && first ? { hint } : {}),
        };
        if (rows === undefined)
          return <Field key={language} {...common} onChange={(event) => put(event.target.value)} />;
        return (
          <div key={language} className={styles.one}>
            <TextAreaField {...common} rows={rows} onChange={(event) => put(event.target.value)} />
            {markdown && text.trim() !== '' ? (
              <details className={styles.look}>
                <summary>{t('form.look')}</summary>
                <div className={styles.looked}>
                  <RichText source={text} lang={language} />
                </div>
              </details>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
