import { audiences, eventFormats } from '#domain/programme.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { CheckGroup } from '#client/components/forms/check-group.tsx';
import { CheckField, SelectField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { fieldId } from './fields.ts';
import { KeywordsField } from './keywords-field.tsx';
import styles from './propose.module.css';
import type { SectionProps } from './section.tsx';

interface AboutSectionProps extends SectionProps {
  readonly onEnglish: (english: boolean) => void;
}

/** What it is: its words, format, themes and for whom. */
export function AboutSection({ content, edition, english, errorOf, change, onEnglish }: AboutSectionProps) {
  const t = useT();
  const { language, compare } = useFormat();
  const formats = eventFormats
    .map((value) => ({ value, label: t(`format.${value}`) }))
    .toSorted((a, b) => compare(a.label, b.label));
  return (
    <>
      <CheckField
        label={t('propose.english')}
        hint={t('propose.english.hint')}
        checked={english}
        onChange={(event) => onEnglish(event.target.checked)}
      />
      <BilingualField
        id={fieldId('title')}
        label={t('propose.title.label')}
        value={content.title}
        english={english}
        max={140}
        error={errorOf('title')}
        onChange={(title) => change({ title })}
      />
      <BilingualField
        id={fieldId('summary')}
        label={t('propose.summary')}
        hint={t('propose.summary.hint')}
        value={content.summary}
        english={english}
        max={200}
        rows={3}
        error={errorOf('summary')}
        onChange={(summary) => change({ summary })}
      />
      <BilingualField
        id={fieldId('description')}
        label={t('propose.description')}
        hint={t('propose.description.hint')}
        value={content.description}
        english={english}
        max={10_000}
        rows={9}
        markdown
        optional
        error={errorOf('description')}
        onChange={(description) => change({ description })}
      />
      <div className={styles.row}>
        <SelectField
          id={fieldId('format')}
          label={t('propose.format')}
          value={content.format ?? ''}
          options={[{ value: '', label: t('propose.choose') }, ...formats]}
          error={errorOf('format')}
          onChange={(value) => change({ format: eventFormats.find((one) => one === value) })}
        />
      </div>
      {edition && edition.themes.length > 0 ? (
        <CheckGroup
          id={fieldId('themes')}
          label={t('propose.themes')}
          values={content.themes ?? []}
          options={edition.themes.map((theme) => {
            const label = shownIn(theme.label, language);
            return { value: theme.code, label: label.text, lang: label.lang };
          })}
          error={errorOf('themes')}
          onChange={(themes) => change({ themes })}
        />
      ) : null}
      <CheckGroup
        id={fieldId('audiences')}
        label={t('propose.audiences')}
        values={content.audiences ?? []}
        options={audiences.map((value) => ({ value, label: t(`audience.${value}`) }))}
        error={errorOf('audiences')}
        onChange={(values) => change({ audiences: values })}
      />
      <KeywordsField
        value={content.keywords}
        english={english}
        error={errorOf('keywords')}
        onChange={(keywords) => change({ keywords })}
      />
    </>
  );
}
