import { Trash2 } from 'lucide-react';
import { Button } from '#client/components/button.tsx';
import { PictureChooser } from '#client/components/forms/picture-chooser.tsx';
import { PictureWords } from '#client/components/forms/picture-words.tsx';
import { usePictureChoice } from '#client/hooks/use-picture-choice.ts';
import { usePicture } from '#client/hooks/use-picture.ts';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';
import type { SectionProps } from './section.tsx';

/** A picture with what it shows and under which licence; kept here at once, sent when there is a network. */
export function ImageSection({ content, english, errorOf, change, replace }: SectionProps) {
  const t = useT();
  const { image } = content;
  const shown = usePicture(image?.url);
  const { choice, take, forget } = usePictureChoice((url) =>
    replace((now) => ({ ...now, image: { ...now.image, url } })),
  );
  return (
    <>
      <p className={styles.quiet}>{t('propose.image.hint')}</p>
      <PictureChooser
        id={fieldId('image')}
        label={t(image ? 'propose.image.change' : 'propose.image.choose')}
        choice={choice}
        onFile={(file) => void take(file)}
      >
        {image ? (
          <Button
            variant="quiet"
            icon={Trash2}
            onClick={() => {
              forget();
              change({ image: undefined });
            }}
          >
            {t('propose.image.remove')}
          </Button>
        ) : null}
      </PictureChooser>
      {image ? (
        <PictureWords
          id={fieldId('image')}
          picture={image}
          shown={shown}
          waiting={t('propose.image.waiting')}
          english={english}
          errorOf={(part) => errorOf(`image.${part}`)}
          onChange={(picture) => change({ image: picture })}
        />
      ) : null}
    </>
  );
}
