import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { BadgeField, BadgeLayout } from '#domain/door-rules.ts';
import { QrCode } from '#client/components/qr-code.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './badge.module.css';

/** What a badge can say of its bearer; a line that is not known is left out. */
export type BadgeTexts = Readonly<Partial<Record<BadgeField, string>>>;

interface BadgeProps {
  readonly layout: BadgeLayout;
  readonly texts: BadgeTexts;
  /** The printer's dialog is closed. */
  readonly onDone: () => void;
}

/** Prints one badge in the organiser's layout, alone on its paper, and shows nothing of it on the screen. */
export function Badge({ layout, texts, onDone }: BadgeProps) {
  const t = useT();
  const { width, height, fields } = layout;
  useEffect(() => {
    // A sheet made by the page itself: the paper's size is the organiser's, and the policy allows no style in the document.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0 }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.documentElement.dataset['printing'] = 'badge';
    addEventListener('afterprint', onDone);
    const timer = setTimeout(() => print(), 50);
    return () => {
      clearTimeout(timer);
      removeEventListener('afterprint', onDone);
      delete document.documentElement.dataset['printing'];
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [width, height, onDone]);
  const known = fields.filter((field) => texts[field]);
  return createPortal(
    <div className={styles.badge} data-badge style={{ width: `${width}mm`, height: `${height}mm` }}>
      {known.map((field, i) =>
        field === 'qr' ? (
          <div key={field} className={styles.qr}>
            <QrCode text={texts.qr ?? ''} label={t('door.badge.qr')} />
          </div>
        ) : (
          <p key={field} className={i === 0 ? styles.first : styles.line}>
            {texts[field]}
          </p>
        ),
      )}
    </div>,
    document.body,
  );
}
