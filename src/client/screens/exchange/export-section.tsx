import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Edition } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { LinkButton } from '#client/components/button.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './exchange.module.css';

/** As `interop/formats.ts` names them, which a browser does not load for that. */
const FORMATS = ['csv', 'openagenda', 'ics', 'frab-xml', 'frab-json', 'geojson', 'json-ld'];

interface ExportSectionProps {
  readonly editions: readonly Edition[];
  readonly current: Edition;
}

export function ExportSection({ editions, current }: ExportSectionProps) {
  const t = useT();
  const language = useLanguage();
  const [format, setFormat] = useState('csv');
  const [edition, setEdition] = useState(current.id);
  const [region, setRegion] = useState('');
  const query = new URLSearchParams({ format, edition, ...(region ? { region } : {}) });
  return (
    <section className={styles.part} aria-labelledby="exporter">
      <h2 id="exporter">{t('exchange.export')}</h2>
      <p>{t('exchange.export.lead')}</p>
      <div className={styles.fields}>
        <SelectField
          label={t('exchange.format')}
          value={format}
          options={FORMATS.map((value) => ({ value, label: t(`exchange.format.${value}`) }))}
          onChange={setFormat}
        />
        <SelectField
          label={t('exchange.edition')}
          value={edition}
          options={editions.map((one) => ({ value: one.id, label: shownIn(one.title, language).text }))}
          onChange={setEdition}
        />
        <SelectField
          label={t('exchange.region')}
          value={region}
          options={[
            { value: '', label: t('exchange.region.all') },
            ...regionsAndNational.map((one) => ({ value: one.code, label: shownIn(one.name, language).text })),
          ]}
          onChange={setRegion}
        />
      </div>
      <div className={styles.actions}>
        <LinkButton icon={Download} href={`/api/v1/desk/exports?${query}`} download="">
          {t('exchange.download')}
        </LinkButton>
      </div>
    </section>
  );
}
