import { useState } from 'react';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import { useFormat } from '#client/i18n/format.ts';
import { EventPattern } from './event-pattern.tsx';
import styles from './event-picture.module.css';

interface EventPictureProps {
  readonly event: Pick<ProgrammeEvent, 'id' | 'format' | 'image'>;
  /** Shown in its place: what is not on the server yet. */
  readonly source?: string | undefined;
}

/**
 * The organiser's picture where this server has it, else the pattern that is drawn from the event's id. Pictures from elsewhere are
 * not fetched: nobody there need know who reads the programme.
 */
export function EventPicture({ event, source }: EventPictureProps) {
  const { language } = useFormat();
  const own = source ?? ownPicture(event.image?.url);
  const [failed, setFailed] = useState<string>();
  if (own === undefined || failed === own) return <EventPattern id={event.id} format={event.format} />;
  const alt = textIn(event.image?.alt, language);
  const said = [event.image?.credit, event.image?.licence].filter(Boolean).join(' · ');
  return (
    <figure className={styles.figure}>
      <img
        className={styles.picture}
        src={own}
        alt={alt.text}
        lang={alt.lang}
        decoding="async"
        onError={() => setFailed(own)}
      />
      {said ? <figcaption className={styles.credit}>{said}</figcaption> : null}
    </figure>
  );
}

/** Where the app itself finds it; undefined for a picture of somebody else's server. */
export function ownPicture(url: string | undefined): string | undefined {
  return /\/pictures\/[0-9a-f]{64}$/.exec(url ?? '')?.[0];
}
