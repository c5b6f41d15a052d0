import { useMemo } from 'react';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { departmentOf, regionOf } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import type { MapTexts } from './base-map.ts';

/** What a map says by itself. Without Leaflet, so that a page can have it before the map is there. */
export function useMapTexts(label: string): MapTexts {
  const t = useT();
  const language = useLanguage();
  return useMemo(
    () => ({
      label,
      language,
      zoomIn: t('map.zoomIn'),
      zoomOut: t('map.zoomOut'),
      attribution: t('map.attribution'),
      regionName: (code) => textIn(regionOf(code)?.name, language).text,
      departmentName: (code) => departmentOf(code)?.name ?? '',
    }),
    [label, language, t],
  );
}
