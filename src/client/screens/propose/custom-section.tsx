import type { CustomField } from '#domain/proposal.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { fieldId } from './fields.ts';
import type { SectionProps } from './section.tsx';

interface CustomSectionProps extends Pick<SectionProps, 'content' | 'errorOf' | 'change'> {
  readonly fields: readonly CustomField[];
}

/** What this edition asks beside the fields that all have. The answers are for the moderators. */
export function CustomSection({ fields, content, errorOf, change }: CustomSectionProps) {
  const t = useT();
  const language = useLanguage();
  const { custom = {} } = content;
  return fields.map(({ id, label, hint, kind, options = [], required }) => {
    const path = `custom.${id}`;
    const put = (answer: string): void => {
      const { [id]: _, ...rest } = custom;
      const next = answer === '' ? rest : { ...rest, [id]: answer };
      change({ custom: Object.keys(next).length > 0 ? next : undefined });
    };
    const common = {
      id: fieldId(path),
      label: shownIn(label, language).text,
      ...(hint ? { hint: shownIn(hint, language).text } : {}),
      ...(required ? {} : { mark: t('form.optional') }),
      error: errorOf(path),
      value: custom[id] ?? '',
    };
    if (kind === 'text')
      return <TextAreaField key={id} {...common} maxLength={5000} onChange={(event) => put(event.target.value)} />;
    if (kind === 'line')
      return <Field key={id} {...common} maxLength={500} onChange={(event) => put(event.target.value)} />;
    const answers =
      kind === 'yes_no'
        ? (['yes', 'no'] as const).map((value) => ({ value, label: t(`propose.custom.${value}`) }))
        : options.map((option, n) => ({ value: String(n), label: shownIn(option, language).text }));
    return (
      <SelectField
        key={id}
        {...common}
        options={[{ value: '', label: t('propose.choose') }, ...answers]}
        onChange={put}
      />
    );
  });
}
