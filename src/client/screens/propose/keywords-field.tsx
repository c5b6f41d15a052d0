import { useState } from 'react';
import type { ProposalContent } from '#domain/proposal.ts';
import { languages } from '#domain/text.ts';
import { Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId } from './fields.ts';
import { keywordsIn, withKeywords } from './keywords.ts';
import styles from './propose.module.css';

interface KeywordsFieldProps {
  readonly value: ProposalContent['keywords'];
  readonly english: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: ProposalContent['keywords']) => void;
}

/** Words under which it can be found beside those of its texts; those of other languages stay. */
export function KeywordsField({ value, english, error, onChange }: KeywordsFieldProps) {
  const t = useT();
  return (
    <div className={styles.row}>
      {languages
        .filter((language) => language === 'fr' || english)
        .map((language) => (
          <OneLanguage
            key={language}
            id={fieldId(language === 'fr' ? 'keywords' : `keywords.${language}`)}
            label={
              english ? t(`form.in.${language}`, { label: t('propose.name.keywords') }) : t('propose.name.keywords')
            }
            language={language}
            words={value?.[language] ?? []}
            error={language === 'fr' ? error : undefined}
            onChange={(words) => onChange(withKeywords(value, language, words))}
          />
        ))}
    </div>
  );
}

interface OneLanguageProps {
  readonly id: string;
  readonly label: string;
  readonly language: string;
  readonly words: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (words: readonly string[]) => void;
}

function OneLanguage({ id, label, language, words, error, onChange }: OneLanguageProps) {
  const t = useT();
  const said = words.join(', ');
  const [typed, setTyped] = useState(said);
  // A comma that was just typed is no keyword yet: the text stays as it is for as long as it says the same words.
  const shown = keywordsIn(typed).join(', ') === said ? typed : said;
  return (
    <Field
      id={id}
      label={label}
      hint={t('propose.keywords.hint')}
      mark={t('form.optional')}
      lang={language}
      autoCapitalize="none"
      maxLength={2000}
      value={shown}
      error={error}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(keywordsIn(target.value));
      }}
      onBlur={() => setTyped(said)}
    />
  );
}
