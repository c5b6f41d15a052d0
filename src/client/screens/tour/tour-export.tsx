import { Download } from 'lucide-react';
import type { Tour } from '#domain/programme.ts';
import { tourToGpx } from '#interop/gpx.ts';
import { tourToGeoJson } from '#interop/tour-geojson.ts';
import { Button } from '#client/components/button.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import styles from './walk.module.css';

/** The tour for other programs and devices, made here without a network. */
export function TourExport({ tour }: { readonly tour: Tour }) {
  const t = useT();
  const language = useLanguage();
  const url = `${location.origin}/balades/${tour.slug}`;
  return (
    <section className={styles.export} aria-labelledby="tour-export">
      <h2 id="tour-export">{t('walk.export')}</h2>
      <p>{t('walk.export.text')}</p>
      <div className={styles.sendRow}>
        <Button
          icon={Download}
          onClick={() => saveFile(`${tour.slug}.gpx`, 'application/gpx+xml', tourToGpx(tour, { language, url }))}
        >
          GPX
        </Button>
        <Button
          icon={Download}
          onClick={() => saveFile(`${tour.slug}.geojson`, 'application/geo+json', tourToGeoJson(tour, url))}
        >
          GeoJSON
        </Button>
      </div>
    </section>
  );
}
