import type { Picture } from '#domain/programme.ts';
import { useT } from '#client/i18n/i18n.ts';
import { BilingualField } from './bilingual-field.tsx';
import { Field } from './field.tsx';
import { Notice } from '../notice.tsx';
import styles from '../event/picture.module.css';
import { useArriving } from '../use-arriving.ts';

interface PictureWordsProps {
  /** The ids of its fields begin with it. */
  readonly id: string;
  readonly picture: Picture;
  /** Where it is shown from, and whether the server has it. */
  readonly shown: { readonly source: string | undefined; readonly state: 'waiting' | 'sent' | 'refused' };
  /** Said of one that is not sent yet. */
  readonly waiting: string;
  readonly english: boolean;
  readonly errorOf: (part: 'alt' | 'licence') => string | undefined;
  readonly onChange: (picture: Picture) => void;
}

/** A picture that was chosen, with what it shows, whose it is and under which licence. */
export function PictureWords({ id, picture, shown, waiting, english, errorOf, onChange }: PictureWordsProps) {
  const t = useT();
  const here = useArriving(shown.source, true);
  const put = (part: { [K in keyof Picture]?: Picture[K] | undefined }): void =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...picture, ...part }).filter(([, value]) => value !== undefined && value !== ''),
      ) as unknown as Picture,
    );
  return (
    <>
      {shown.state === 'refused' ? (
        <Notice tone="problem" urgent>
          {t('propose.image.refused')}
        </Notice>
      ) : null}
      {here.shown ? (
        <div className={styles.shown}>
          <img src={shown.source} alt={picture.alt?.['fr'] ?? ''} onError={here.onError} />
          {shown.state === 'waiting' ? <p className={styles.quiet}>{waiting}</p> : null}
        </div>
      ) : shown.source ? (
        <p role="status" className={styles.quiet}>
          {t('event.picture.awaited')}
        </p>
      ) : null}
      <BilingualField
        id={`${id}-alt`}
        label={t('propose.image.alt')}
        hint={t('propose.image.alt.hint')}
        value={picture.alt}
        english={english}
        max={500}
        error={errorOf('alt')}
        onChange={(alt) => put({ alt })}
      />
      <div className={styles.row}>
        <Field
          label={t('propose.image.credit')}
          mark={t('form.optional')}
          value={picture.credit ?? ''}
          maxLength={300}
          onChange={(event) => put({ credit: event.target.value })}
        />
        <Field
          id={`${id}-licence`}
          label={t('propose.image.licence')}
          hint={t('propose.image.licence.hint')}
          value={picture.licence ?? ''}
          maxLength={200}
          error={errorOf('licence')}
          onChange={(event) => put({ licence: event.target.value })}
        />
      </div>
    </>
  );
}
