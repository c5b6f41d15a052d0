import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '#client/components/button.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './desk.module.css';

interface PagerProps {
  readonly offset: number;
  readonly page: number;
  readonly total: number;
  readonly busy: boolean;
  readonly onOffset: (offset: number) => void;
}

/** Goes through a long list; nothing where it fits on one page. */
export function Pager({ offset, page, total, busy, onOffset }: PagerProps) {
  const t = useT();
  const format = useFormat();
  if (total <= page && offset === 0) return null;
  return (
    <nav className={styles.pager} aria-label={t('desk.pages')}>
      <Button
        icon={ChevronLeft}
        disabled={offset === 0}
        busy={busy}
        onClick={() => onOffset(Math.max(0, offset - page))}
      >
        {t('desk.pages.before')}
      </Button>
      <span className={styles.count} role="status">
        {t('desk.pages.range', {
          from: format.number(Math.min(total, offset + 1)),
          to: format.number(Math.min(total, offset + page)),
          total: format.number(total),
        })}
      </span>
      <Button icon={ChevronRight} disabled={offset + page >= total} busy={busy} onClick={() => onOffset(offset + page)}>
        {t('desk.pages.next')}
      </Button>
    </nav>
  );
}
