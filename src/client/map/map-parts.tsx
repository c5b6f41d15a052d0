import { apart } from '#client/components/apart.ts';
import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';

/** The maps, whose code is large: a page stands without it, and says so where it cannot be had. */
export const ProgrammeMap = apart(async () => {
  try {
    return (await import('./programme-map.tsx')).ProgrammeMap;
  } catch {
    return NoProgrammeMap;
  }
});

export const TourMap = apart(async () => {
  try {
    return (await import('./tour-map.tsx')).TourMap;
  } catch {
    return NoTourMap;
  }
});

/** The list says it all without the map. */
function NoProgrammeMap() {
  const t = useT();
  return <Notice tone="problem">{t('map.failed')}</Notice>;
}

/** So do the steps. */
function NoTourMap() {
  const t = useT();
  return <Notice tone="problem">{t('walk.map.failed')}</Notice>;
}
