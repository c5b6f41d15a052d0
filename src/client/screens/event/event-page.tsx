import { Suspense } from 'react';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { beside } from '#client/components/beside.ts';
import { EventView } from '#client/components/event/event-view.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { firstPaint } from '#client/hooks/first-paint.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useLanguage } from '#client/i18n/i18n.ts';
import { BackLink } from './back-link.tsx';
import { EventActions } from './event-actions.tsx';
import { EventQuestion } from './event-question.tsx';
import { EventStreets } from './event-streets.tsx';
import { ShareButton } from './share-button.tsx';

/** It reads the whole programme, which an event that somebody opened does not wait for. */
const RelatedEvents = beside(async () => {
  await firstPaint(3000);
  return (await import('./related-events.tsx')).RelatedEvents;
});

export function EventPage({ event }: { readonly event: ProgrammeEvent }) {
  const language = useLanguage();
  const now = useClock();
  const { editions } = useEditions();
  const edition = editions.find((one) => one.id === event.editionId);
  const title = shownIn(event.title, language).text;
  usePageTitle(title);
  return (
    <>
      <EventView
        event={event}
        edition={edition}
        now={now}
        present={editions.find((one) => one.current)}
        top={
          <>
            <BackLink />
            <ShareButton title={title} edition={edition} />
          </>
        }
        actions={<EventActions event={event} />}
        more={
          <>
            <EventStreets event={event} />
            {event.question ? <EventQuestion event={{ ...event, question: event.question }} /> : null}
          </>
        }
      />
      <Suspense>
        <RelatedEvents event={event} />
      </Suspense>
    </>
  );
}
