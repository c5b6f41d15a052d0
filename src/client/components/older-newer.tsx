import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useT } from '#client/i18n/i18n.ts';
import { Button } from './button.tsx';
import styles from './older-newer.module.css';

interface OlderNewerProps {
  /** The places at which the pages before this one began. */
  readonly places: readonly string[];
  /** Where the page after this one begins; undefined on the last. */
  readonly next: string | undefined;
  readonly busy: boolean;
  readonly onPlaces: (places: readonly string[]) => void;
}

/** Goes through what was written down, page by page; nothing where it fits on one. */
export function OlderNewer({ places, next, busy, onPlaces }: OlderNewerProps) {
  const t = useT();
  if (places.length === 0 && next === undefined) return null;
  return (
    <nav className={styles.pages} aria-label={t('desk.pages')}>
      <Button
        icon={ChevronLeft}
        disabled={places.length === 0}
        busy={busy}
        onClick={() => onPlaces(places.slice(0, -1))}
      >
        {t('desk.pages.newer')}
      </Button>
      <Button
        icon={ChevronRight}
        disabled={next === undefined}
        busy={busy}
        onClick={() => next !== undefined && onPlaces([...places, next])}
      >
        {t('desk.pages.older')}
      </Button>
    </nav>
  );
}
