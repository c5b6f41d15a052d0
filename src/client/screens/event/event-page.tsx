import type { ProgrammeEvent } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import { EventView } from '#client/components/event/event-view.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useLanguage } from '#client/i18n/i18n.ts';
import { BackLink } from './back-link.tsx';
import { EventActions } from './event-actions.tsx';
import { EventQuestion } from './event-question.tsx';
import { EventStreets } from './event-streets.tsx';
import { RelatedEvents } from './related-events.tsx';
import { ShareButton } from './share-button.tsx';

export function EventPage({ event }: { readonly event: ProgrammeEvent }) {
  const language = useLanguage();
  const now = useClock();
  const { editions } = useEditions();
  const edition = editions.find((one) => one.id === event.editionId);
  const title = textIn(event.title, language).text;
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
      <RelatedEvents event={event} />
    </>
  );
}
