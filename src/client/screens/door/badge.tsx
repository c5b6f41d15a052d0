import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { BadgeLayout } from '#domain/door-rules.ts';
import type { BadgeTexts } from '#client/components/paper/badge-face.tsx';
import { BadgeFace } from '#client/components/paper/badge-face.tsx';
import styles from './badge.module.css';

interface BadgeProps {
  readonly layout: BadgeLayout;
  readonly texts: BadgeTexts;
  /** The printer's dialog is closed. */
  readonly onDone: () => void;
}

/** Prints one badge in the organiser's layout, alone on its paper, and shows nothing of it on the screen. */
export function Badge({ layout, texts, onDone }: BadgeProps) {
  const { width, height } = layout;
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
  return createPortal(
    <div className={styles.paper} data-badge>
      <BadgeFace layout={layout} texts={texts} />
    </div>,
    document.body,
  );
}
