import { ImagePlus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Picture } from '#domain/programme.ts';
import { BilingualField } from '#client/components/bilingual-field.tsx';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { usePicture } from '#client/hooks/use-picture.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Taken } from '#client/platform/pictures.ts';
import { CHOOSABLE, pictureAddress, takePicture } from '#client/platform/pictures.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import type { SectionProps } from './section.tsx';

/** A picture with what it shows and under which licence; kept here at once, sent when there is a network. */
export function ImageSection({ content, english, errorOf, change }: SectionProps) {
  const t = useT();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Taken | { readonly kind: 'working' }>();
  const gone = useRef(false);
  const { image } = content;
  const shown = usePicture(image?.url);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const put = (part: { [K in keyof Picture]?: Picture[K] | undefined }): void => {
    const next = Object.fromEntries(
      Object.entries({ url: '', ...image, ...part }).filter(([, value]) => value !== undefined && value !== ''),
    ) as unknown as Picture;
    change({ image: next.url ? next : undefined });
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setOutcome({ kind: 'working' });
    const taken = await takePicture(file);
    if (gone.current) return;
    setOutcome(taken);
    if (taken.kind === 'kept') put({ url: pictureAddress(taken.sha256) });
  };
  const said =
    outcome === undefined
      ? ''
      : outcome.kind === 'kept'
        ? t('propose.image.kept', { size: format.bytes(outcome.bytes) })
        : outcome.kind === 'working'
          ? t('propose.image.working')
          : '';
  return (
    <>
      <p className={styles.quiet}>{t('propose.image.hint')}</p>
      {outcome?.kind === 'unreadable' || outcome?.kind === 'full' ? (
        <Notice tone="problem" urgent>
          {t(`propose.image.${outcome.kind}`)}
        </Notice>
      ) : null}
      {shown.state === 'refused' ? (
        <Notice tone="problem" urgent>
          {t('propose.image.refused')}
        </Notice>
      ) : null}
      {image && shown.source ? (
        <div className={styles.picture}>
          <img src={shown.source} alt={image.alt?.['fr'] ?? ''} />
          {shown.state === 'waiting' ? <p className={styles.quiet}>{t('propose.image.waiting')}</p> : null}
        </div>
      ) : null}
      <div className={styles.tools}>
        <input
          ref={input}
          type="file"
          accept={CHOOSABLE}
          className={styles.file}
          tabIndex={-1}
          aria-label={t('propose.image.choose')}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file can be chosen again.
            event.target.value = '';
          }}
        />
        <Button
          id={fieldId('image')}
          icon={ImagePlus}
          busy={outcome?.kind === 'working'}
          onClick={() => input.current?.click()}
        >
          {t(image ? 'propose.image.change' : 'propose.image.choose')}
        </Button>
        {image ? (
          <Button
            variant="quiet"
            icon={Trash2}
            onClick={() => {
              setOutcome(undefined);
              change({ image: undefined });
            }}
          >
            {t('propose.image.remove')}
          </Button>
        ) : null}
      </div>
      <p role="status" className={styles.quiet}>
        {said}
      </p>
      {image ? (
        <>
          <BilingualField
            id={fieldId('image.alt')}
            label={t('propose.image.alt')}
            hint={t('propose.image.alt.hint')}
            value={image.alt}
            english={english}
            max={500}
            error={errorOf('image.alt')}
            onChange={(alt) => put({ alt })}
          />
          <div className={styles.row}>
            <Field
              label={t('propose.image.credit')}
              mark={t('form.optional')}
              value={image.credit ?? ''}
              maxLength={300}
              onChange={(event) => put({ credit: event.target.value })}
            />
            <Field
              id={fieldId('image.licence')}
              label={t('propose.image.licence')}
              hint={t('propose.image.licence.hint')}
              value={image.licence ?? ''}
              maxLength={200}
              error={errorOf('image.licence')}
              onChange={(event) => put({ licence: event.target.value })}
            />
          </div>
        </>
      ) : null}
    </>
  );
}
