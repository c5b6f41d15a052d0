import { pictureHash } from '#domain/picture.ts';
import type { Picture, ProgrammeEvent } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { EventPattern } from './event-pattern.tsx';
import styles from './event-picture.module.css';
import { useArriving } from '../use-arriving.ts';

interface EventPictureProps {
  readonly event: Pick<ProgrammeEvent, 'id' | 'format' | 'image'>;
  /** Shown in its place: what is not on the server yet. */
  readonly source?: string | undefined;
  /** Of a proposal: its picture may still be on its author's phone, and is looked for until it comes. */
  readonly awaited?: boolean;
}

/**
 * The organiser's picture where this server has it, else the pattern that is drawn from the event's id. Pictures from elsewhere are
 * not fetched: nobody there need know who reads the programme.
 */
export function EventPicture({ event, source, awaited = false }: EventPictureProps) {
  const t = useT();
  const own = source ?? ownPicture(event.image?.url);
  const { shown, onError } = useArriving(own, awaited);
  if (shown && event.image) return <PictureFigure picture={event.image} source={own!} onError={onError} />;
  return (
    <div className={styles.figure}>
      <EventPattern id={event.id} format={event.format} />
      {awaited && own ? (
        <p role="status" className={styles.credit}>
          {t('event.picture.awaited')}
        </p>
      ) : null}
    </div>
  );
}

interface PictureFigureProps {
  readonly picture: Picture;
  readonly source: string;
  readonly onError: () => void;
  /** As tall as it is, and not cut to its frame. */
  readonly whole?: boolean;
}

/** A picture with its words for those who do not see it, whose it is and under which licence. */
export function PictureFigure({ picture, source, onError, whole = false }: PictureFigureProps) {
  const { language } = useFormat();
  const alt = shownIn(picture.alt, language);
  const said = [picture.credit, picture.licence].filter(Boolean).join(' · ');
  return (
    <figure className={whole ? styles.whole : styles.figure}>
      <img
        className={styles.picture}
        src={source}
        alt={alt.text}
        lang={alt.lang}
        decoding="async"
        loading={whole ? 'lazy' : 'eager'}
        onError={onError}
      />
      {said ? <figcaption className={styles.credit}>{said}</figcaption> : null}
    </figure>
  );
}

/** Where the app itself finds it; undefined for a picture of somebody else's server. */
export function ownPicture(url: string | undefined): string | undefined {
  const sha256 = pictureHash(url);
  return sha256 === undefined ? undefined : `/pictures/${sha256}`;
}
