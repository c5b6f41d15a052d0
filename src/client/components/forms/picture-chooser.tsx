import { ImagePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Taken } from '#client/platform/pictures.ts';
import { CHOOSABLE } from '#client/platform/pictures.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import styles from '../event/picture.module.css';

interface PictureChooserProps {
  /** Of the button. */
  readonly id?: string;
  readonly label: string;
  /** What became of the file that was chosen last. */
  readonly choice: Taken | { readonly kind: 'working' } | undefined;
  readonly onFile: (file: File) => void;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** Chooses a picture from this device, and says what became of it. */
export function PictureChooser({ id, label, choice, onFile, children }: PictureChooserProps) {
  const t = useT();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const said =
    choice?.kind === 'kept'
      ? t('propose.image.kept', { size: format.bytes(choice.bytes) })
      : choice?.kind === 'working'
        ? t('propose.image.working')
        : '';
  return (
    <div className={styles.chooser}>
      {choice?.kind === 'unreadable' || choice?.kind === 'full' ? (
        <Notice tone="problem" urgent>
          {t(`propose.image.${choice.kind}`)}
        </Notice>
      ) : null}
      <div className={styles.tools}>
        <input
          ref={input}
          type="file"
          accept={CHOOSABLE}
          className={styles.file}
          tabIndex={-1}
          aria-label={label}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) onFile(file);
            // The same file can be chosen again.
            event.target.value = '';
          }}
        />
        <Button
          {...(id === undefined ? {} : { id })}
          icon={ImagePlus}
          busy={choice?.kind === 'working'}
          onClick={() => input.current?.click()}
        >
          {label}
        </Button>
        {children}
      </div>
      <p role="status" className={styles.quiet}>
        {said}
      </p>
    </div>
  );
}
