import { useState } from 'react';
import { meet } from '#domain/bounds.ts';
import type { Edition, RegionCode } from '#domain/programme.ts';
import { boundsOfRegion } from '#domain/region-bounds.ts';
import { NATIONAL, regions } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { CheckField } from '#client/components/forms/field.tsx';
import { PackList } from '#client/components/maps/pack-list.tsx';
import { chooseEdition, useEditions } from '#client/hooks/use-editions.ts';
import { useLive } from '#client/hooks/use-live.ts';
import { dropPackHere, keepPackHere, usePacks } from '#client/hooks/use-packs.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { closeEdition, keepRegions } from '#client/store/choices.ts';
import { setting } from '#client/store/settings.ts';
import styles from './settings.module.css';

/** Which regions of the edition that is shown are kept on the device. */
export function RegionsSection() {
  const t = useT();
  const { current, loaded } = useEditions();
  return (
    <section className={styles.part} id="regions" aria-labelledby="regions-titre">
      <h2 id="regions-titre">{t('settings.regions')}</h2>
      <p className={styles.text}>{t('settings.regions.lead')}</p>
      {current ? (
        <EditionRegions key={current.id} edition={current} />
      ) : loaded ? (
        <p>{t('settings.regions.none')}</p>
      ) : null}
      {current ? <RegionPacks editionId={current.id} /> : null}
      <OtherEditions />
    </section>
  );
}

/** Street-level maps of the regions that are kept, which can be kept as well. */
function RegionPacks({ editionId }: { readonly editionId: string }) {
  const t = useT();
  const [chosen] = useSetting('regions');
  const { packs } = usePacks();
  const kept = chosen?.[editionId] ?? regions.map((region) => region.code);
  const areas = kept.map(boundsOfRegion).filter((area) => area !== undefined);
  const around = packs.filter(({ pack }) => areas.some((area) => meet(area, pack.bounds)));
  if (around.length === 0) return null;
  return (
    <>
      <h3>{t('pack.title')}</h3>
      <p className={styles.text}>{t('pack.lead')}</p>
      <PackList packs={around} onKeep={(wanted) => keepPackHere(wanted)} onDrop={dropPackHere} />
    </>
  );
}

/** Editions that are kept because they were opened once. */
function OtherEditions() {
  const t = useT();
  const { language } = useFormat();
  const { editions, current } = useEditions();
  const opened = useLive(setting('editions')) ?? [];
  const others = editions.filter((edition) => opened.includes(edition.id) && !edition.current);
  if (others.length === 0) return null;
  return (
    <>
      <h3>{t('settings.editions')}</h3>
      <ul className={styles.editions}>
        {others.map((edition) => {
          const title = shownIn(edition.title, language).text;
          return (
            <li key={edition.id} className={styles.edition}>
              <span>{title}</span>
              <Button
                aria-label={t('settings.editions.close.named', { edition: title })}
                onClick={async () => {
                  if (edition.id === current?.id) chooseEdition(undefined);
                  await closeEdition(edition.id);
                }}
              >
                {t('settings.editions.close')}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function EditionRegions({ edition }: { readonly edition: Edition }) {
  const t = useT();
  const { language } = useFormat();
  const [chosen] = useSetting('regions');
  // What is ticked shows at once, while it is still being written down.
  const [picked, setPicked] = useState<{ readonly codes: readonly RegionCode[] | undefined }>();
  const kept = picked ? picked.codes : chosen?.[edition.id];
  const keep = async (codes: readonly RegionCode[] | undefined): Promise<void> => {
    // The national part belongs to every choice: it is small, and what is online is for everyone.
    const all = codes && [NATIONAL, ...codes];
    setPicked({ codes: all });
    await keepRegions(edition.id, all);
  };
  const own = regions.map((region) => region.code).filter((code) => kept?.includes(code));

  return (
    <>
      <Choice
        label={shownIn(edition.title, language).text}
        value={kept ? 'some' : 'all'}
        options={[
          { value: 'all', label: t('settings.regions.all') },
          { value: 'some', label: t('settings.regions.some') },
        ]}
        onChange={(value) => keep(value === 'all' ? undefined : [])}
      />
      {kept ? (
        <fieldset className={styles.regions}>
          <legend>{t('settings.regions.which')}</legend>
          <p className={styles.quiet}>{t('settings.regions.national')}</p>
          <div className={styles.columns}>
            {regions.map((region) => (
              <CheckField
                key={region.code}
                label={shownIn(region.name, language).text}
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
