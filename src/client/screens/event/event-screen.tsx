import { useEffect } from 'react';
import { useParams } from 'react-router';
import { noteFirstPaint } from '#client/hooks/first-paint.ts';
import { useEvent } from '#client/hooks/use-event.ts';
import { EventAbsent } from './event-absent.tsx';
import { EventPage } from './event-page.tsx';

/** An event in full, from what the device holds. */
export function EventScreen() {
  const { slug } = useParams();
  const { event, state } = useEvent(slug);
  const settled = state !== 'loading';
  useEffect(() => {
    if (settled) noteFirstPaint();
  }, [settled]);
  if (event) return <EventPage event={event} />;
  return state === 'absent' && slug ? <EventAbsent key={slug} slug={slug} /> : null;
}
