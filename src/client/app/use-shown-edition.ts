import { useMatch } from 'react-router';
import type { Edition } from '#domain/programme.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useEvent } from '#client/hooks/use-event.ts';

/** The edition of what is on the screen: an event's own, which need not be the one that is chosen; undefined until it is known. */
export function useShownEdition(): Edition | undefined {
  const slug = useMatch('/evenements/:slug/*')?.params.slug;
  const { event } = useEvent(slug);
  const { editions, current } = useEditions();
  return slug === undefined ? current : editions.find((edition) => edition.id === event?.editionId);
}
