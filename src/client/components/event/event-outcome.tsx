import type { ProgrammeEvent } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './event-outcome.module.css';
import { ownPicture, PictureFigure } from './event-picture.tsx';
import { RichText } from '../rich-text.tsx';
import { useArriving } from '../use-arriving.ts';

/** What came out of an event: the organiser's words, and pictures. */
export function EventOutcome({ event }: { readonly event: Pick<ProgrammeEvent, 'afterwards' | 'afterwardsPictures'> }) {
  const t = useT();
  const { language } = useFormat();
  const text = shownIn(event.afterwards, language);
  const pictures = (event.afterwardsPictures ?? []).filter(({ url }) => ownPicture(url) !== undefined);
  if (!text.text && pictures.length === 0) return null;
  return (
    <section className={styles.outcome}>
      <h2>{t('event.afterwards')}</h2>
      {text.text ? <RichText source={text.text} lang={text.lang === language ? undefined : text.lang} /> : null}
      {pictures.length > 0 ? (
        <ul className={styles.pictures}>
          {pictures.map((picture) => (
            <OutcomePicture key={picture.url} picture={picture} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

type Shown = NonNullable<ProgrammeEvent['afterwardsPictures']>[number];

/** Where a picture is not at hand its words stand alone. */
function OutcomePicture({ picture }: { readonly picture: Shown }) {
  const t = useT();
  const { language } = useFormat();
  const source = ownPicture(picture.url)!;
  const { shown, onError } = useArriving(source);
  const alt = shownIn(picture.alt, language);
  return (
    <li>
      {shown ? (
        <PictureFigure picture={picture} source={source} onError={onError} whole />
      ) : (
        <p className={styles.absent}>
          {t('event.picture.absent')} <span lang={alt.lang}>{alt.text}</span>
        </p>
      )}
    </li>
  );
}
