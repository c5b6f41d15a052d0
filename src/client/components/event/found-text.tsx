import type { Found } from '#domain/found.ts';
import { stretchesOf } from '#domain/found.ts';
import styles from './found-text.module.css';

/** A text with the words that were searched for marked in it. */
export function FoundText({ text, found }: { readonly text: string; readonly found: Found | undefined }) {
  if (!found) return text;
  let at = 0;
  return stretchesOf(text, found).map((stretch) => {
    const key = at;
    at += stretch.text.length;
    return stretch.marked ? (
      <mark key={key} className={styles.mark}>
        {stretch.text}
      </mark>
    ) : (
      stretch.text
    );
  });
}
