import { useEditions } from '#client/hooks/use-editions.ts';
import { useEvent } from '#client/hooks/use-event.ts';
import { DemoStrip } from './demo-strip.tsx';

/** On the page of an event its own edition counts, which need not be the one that is chosen. */
export function EventDemoBanner({ slug }: { readonly slug: string }) {
  const { event } = useEvent(slug);
  const { editions } = useEditions();
  const edition = editions.find((one) => one.id === event?.editionId);
  return edition?.kind === 'demo' ? <DemoStrip /> : null;
}
