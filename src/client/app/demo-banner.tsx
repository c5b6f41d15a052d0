import { useMatch } from 'react-router';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useEvent } from '#client/hooks/use-event.ts';
import { DemoStrip } from './demo-strip.tsx';

/** Says on every page that what it shows is made up, where it is. */
export function DemoBanner() {
  const slug = useMatch('/evenements/:slug/*')?.params.slug;
  const { editions, current } = useEditions();
  const { event } = useEvent(slug);
  // On the page of an event its own edition counts, which need not be the one that is chosen.
  const edition = slug === undefined ? current : editions.find((one) => one.id === event?.editionId);
  return edition?.kind === 'demo' ? <DemoStrip /> : null;
}
