import { useParams } from 'react-router';
import { useEvent } from '#client/hooks/use-event.ts';
import { EventAbsent } from './event-absent.tsx';
import { EventPage } from './event-page.tsx';

/** An event in full, from what the device holds. */
export function EventScreen() {
  const { slug } = useParams();
  const { event, state } = useEvent(slug);
  if (event) return <EventPage event={event} />;
  return state === 'absent' && slug ? <EventAbsent key={slug} slug={slug} /> : null;
}
