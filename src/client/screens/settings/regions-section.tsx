import type { Edition, RegionCode } from '#domain/programme.ts';
import { NATIONAL, regions } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import { Choice } from '#client/components/choice.tsx';
import { CheckField } from '#client/components/field.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { keepRegions } from '#client/store/choices.ts';
import styles from './settings.module.css';

/** Which regions of the edition that is shown are kept on the device. */
export function RegionsSection() {
  const t = useT();
  const { current, loaded } = useEditions();
  return (
    <section className={styles.part} id="regions" aria-labelledby="regions-titre">
      <h2 id="regions-titre">{t('settings.regions')}</h2>
      <p className={styles.text}>{t('settings.regions.lead')}</p>
      {current ? <EditionRegions edition={current} /> : loaded ? <p>{t('settings.regions.none')}</p> : null}
    </section>
  );
}

function EditionRegions({ edition }: { readonly edition: Edition }) {
  const t = useT();
  const { language } = useFormat();
  const [chosen] = useSetting('regions');
  const kept = chosen?.[edition.id];
  // The national part belongs to every choice: it is small, and what is online is for everyone.
  const keep = (codes: readonly RegionCode[]) => keepRegions(edition.id, [NATIONAL, ...codes]);
  const own = regions.map((region) => region.code).filter((code) => kept?.includes(code));

  return (
    <>
      <Choice
        label={textIn(edition.title, language).text}
        value={kept ? 'some' : 'all'}
        options={[
          { value: 'all', label: t('settings.regions.all') },
          { value: 'some', label: t('settings.regions.some') },
        ]}
        onChange={(value) => (value === 'all' ? keepRegions(edition.id, undefined) : keep([]))}
      />
      {kept ? (
        <fieldset className={styles.regions}>
          <legend>{t('settings.regions.which')}</legend>
          <p className={styles.quiet}>{t('settings.regions.national')}</p>
          <div className={styles.columns}>
            {regions.map((region) => (
              <CheckField
                key={region.code}
                label={textIn(region.name, language).text}
                checked={own.includes(region.code)}
                onChange={(event) =>
                  keep(event.target.checked ? [...own, region.code] : own.filter((code) => code !== region.code))
                }
              />
            ))}
          </div>
        </fieldset>
      ) : null}
    </>
  );
}
