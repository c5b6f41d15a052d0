import type { Venue } from '#domain/programme.ts';
import { attendanceModes } from '#domain/programme.ts';
import { departmentOfPostalCode, departmentsOf, NATIONAL, regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Choice } from '#client/components/forms/choice.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import { inZone } from './region.ts';
import type { ContentPart, SectionProps } from './section.tsx';
import { VenuesEditor } from './venues-editor.tsx';

/** On site, online or both; the places; and under which region it stands in the programme. */
export function WhereSection({ content, english, errorOf, change, replace }: SectionProps) {
  const t = useT();
  const { language } = useFormat();
  const mode = content.attendanceMode ?? 'on_site';
  const { region = '' } = content;

  const choose = (part: ContentPart): void => replace((now) => inZone({ ...now, ...part } as typeof now));
  const putVenues = (venues: readonly Venue[]): void => {
    // The first address says where in the programme it stands, until somebody says otherwise.
    const before = departmentOfPostalCode(content.venues?.[0]?.postalCode ?? '');
    const found = departmentOfPostalCode(venues[0]?.postalCode ?? '');
    const moved = found && found.code !== before?.code;
    if (moved) choose({ venues, region: found.region, department: found.code });
    else change({ venues });
  };
  return (
    <>
      <Choice
        label={t('propose.mode')}
        value={mode}
        options={attendanceModes.map((value) => ({ value, label: t(`mode.${value}`) }))}
        onChange={(attendanceMode) =>
          change({
            attendanceMode,
            ...(attendanceMode !== 'online' && !content.venues?.length ? { venues: [{ id: newId(), name: '' }] } : {}),
          })
        }
      />
      {mode === 'online' ? null : (
        <VenuesEditor
          venues={content.venues ?? []}
          region={content.region}
          english={english}
          errorOf={errorOf}
          onChange={putVenues}
        />
      )}
      {mode === 'on_site' ? null : (
        <Field
          id={fieldId('onlineUrl')}
          label={t('propose.onlineUrl')}
          hint={t('propose.onlineUrl.hint')}
          mark={t('form.optional')}
          type="url"
          inputMode="url"
          placeholder="https://"
          maxLength={2000}
          value={content.onlineUrl ?? ''}
          error={errorOf('onlineUrl')}
          onChange={(event) => change({ onlineUrl: event.target.value.trim() || undefined })}
        />
      )}
      <div className={styles.row}>
        <SelectField
          id={fieldId('region')}
          label={t('propose.region')}
          hint={t('propose.region.hint')}
          value={region}
          options={[
            { value: '', label: t('propose.choose') },
            ...regionsAndNational.map(({ code, name }) => ({ value: code, label: shownIn(name, language).text })),
          ]}
          error={errorOf('region')}
          onChange={(code) => choose({ region: code || undefined, department: undefined })}
        />
        {region && region !== NATIONAL ? (
          <SelectField
            id={fieldId('department')}
            label={t('propose.department')}
            hint={t('propose.department.hint')}
            value={content.department ?? ''}
            options={[
              { value: '', label: t('propose.choose') },
              ...departmentsOf(region).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
            ]}
            error={errorOf('department')}
            onChange={(code) => change({ department: code || undefined })}
          />
        ) : null}
      </div>
    </>
  );
}
