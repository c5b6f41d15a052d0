import { useMemo } from 'react';
import { qrPath } from './qr-path.ts';
import styles from './qr-code.module.css';

/** A QR code, dark on white whatever the theme: readers want it so. `label` is what a screen reader says of it. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className={styles.light} width={size} height={size} />
      <path className={styles.dark} d={path} />
    </svg>
  );
}
