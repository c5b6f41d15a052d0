import type { BadgeField, BadgeLayout } from '#domain/door-rules.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './badge-face.module.css';
import { QrCode } from './qr-code.tsx';

/** What a badge can say of its bearer; a line that is not known is left out. */
export type BadgeTexts = Readonly<Partial<Record<BadgeField, string>>>;

interface BadgeFaceProps {
  readonly layout: BadgeLayout;
  readonly texts: BadgeTexts;
}

/** A badge in its own size: black on white whatever the theme, as it comes out of a printer. */
export function BadgeFace({ layout, texts }: BadgeFaceProps) {
  const t = useT();
  const { width, height, fields } = layout;
  return (
    <div className={styles.badge} style={{ width: `${width}mm`, height: `${height}mm` }}>
      {fields
        .filter((field) => texts[field])
        .map((field, i) =>
          field === 'qr' ? (
            <div key={field} className={styles.qr}>
              <QrCode text={texts.qr ?? ''} label={t('paper.badge.qr')} />
            </div>
          ) : (
            <p key={field} className={i === 0 ? styles.first : styles.line}>
              {texts[field]}
            </p>
          ),
        )}
    </div>
  );
}
