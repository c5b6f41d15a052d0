import { useEffect } from 'react';
import { useLive } from '#client/hooks/use-live.ts';
import { useT } from '#client/i18n/i18n.ts';
import { setting } from '#client/store/settings.ts';
import { lookForPacks } from '#client/sync/pack-loop.ts';

const offer = setting('mapOffer');

/**
 * Whom the map asks for pictures, where the operator has chosen some: whoever writes the page of privacy need not know it.
 * @returns Markdown to be put behind the page's own, or nothing
 */
export function useMapSource(): string {
  const t = useT();
  const raster = useLive(offer)?.raster;
  useEffect(() => void lookForPacks(), []);
  if (!raster) return '';
  const { host } = new URL(raster.url);
  return `\n\n## ${t('content.map')}\n\n${t('content.map.text', { host })}\n`;
}
