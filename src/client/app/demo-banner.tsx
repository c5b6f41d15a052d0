import { Suspense } from 'react';
import { useMatch } from 'react-router';
import { beside } from '#client/components/beside.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { DemoStrip } from './demo-strip.tsx';

const EventDemoBanner = beside(async () => (await import('./event-demo-banner.tsx')).EventDemoBanner);

/** Says on every page that what it shows is made up, where it is. */
export function DemoBanner() {
  const slug = useMatch('/evenements/:slug/*')?.params.slug;
  const { current } = useEditions();
  if (slug === undefined) return current?.kind === 'demo' ? <DemoStrip /> : null;
  return (
    <Suspense>
      <EventDemoBanner slug={slug} />
    </Suspense>
  );
}
